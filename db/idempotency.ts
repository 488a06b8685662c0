/** Hides how the first answer to a command is found again when the command is repeated (PRODUCT rule 25). */
import { and, eq, lt } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write } from '@/db/write'

/** The first answer under this actor's key, wrapped so that an answer of null can be told from none. */
export async function firstAnswer(store: Store, actorId: string, key: string): Promise<{ readonly answer: unknown } | null> {
  const { idempotency } = store.t
  const [row] = await store.db
    .select({ answer: idempotency.answer })
    .from(idempotency)
    .where(and(eq(idempotency.actorId, actorId), eq(idempotency.key, key)))
  return row ?? null
}

/** Forgets answers from before an instant; a repeat after that is decided as a new command. */
export async function forgetAnswers(store: Store, before: Date): Promise<void> {
  await store.commit({
    writes: [write((tx, t) => tx.delete(t.idempotency).where(lt(t.idempotency.at, before)).returning({ key: t.idempotency.key }), 'any')],
  })
}

/** Hides how states and lists are made anew from the log, when an upgrade changed what `apply` or a projection writes. */
import { and, eq } from 'drizzle-orm'
import { replay } from '@/db/log'
import { type Projection, projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { write } from '@/db/write'
import type { AggregateKind } from '@/lib/domain/aggregate'
import { type Folding, registry } from '@/lib/domain/registry'

interface Rules {
  readonly foldings: Partial<Record<AggregateKind, Folding>>
  readonly projections: Partial<Record<AggregateKind, Projection>>
}

/**
 * Replays every aggregate and writes its state and its list rows again, one aggregate per transaction, guarded by its version.
 * Versions and the log stay. Out: how many aggregates were written. Projections must therefore be able to write over their own rows.
 */
export async function rebuild(store: Store, rules: Rules = { foldings: registry, projections }): Promise<number> {
  const { aggregate } = store.t
  let written = 0
  for (const kind of Object.keys(rules.foldings).filter((one): one is AggregateKind => one in rules.foldings)) {
    const rows = await store.db.select({ id: aggregate.id, at: aggregate.updatedAt }).from(aggregate).where(eq(aggregate.kind, kind))
    for (const { id, at } of rows) {
      const { version, state } = await replay(store, kind, id, rules.foldings)
      const text = JSON.stringify(state)
      const replaced = write((tx, t) =>
        tx
          .update(t.aggregate)
          .set({ state: text })
          .where(and(eq(t.aggregate.kind, kind), eq(t.aggregate.id, id), eq(t.aggregate.version, version)))
          .returning({ id: t.aggregate.id }),
      )
      await store.commit({ writes: [replaced, ...(rules.projections[kind]?.project(id, state, null, at) ?? [])] })
      written += 1
    }
  }
  return written
}

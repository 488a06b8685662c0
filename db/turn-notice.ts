/** Hides which facts made by time (overdue, expired, soaked) were already told, so that each is told once. */
import { inArray } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'

/** The write that claims a fact; told before, it is a conflict and nothing of the plan is sent again. */
export function turnNoticeWrite(key: string, releaseId: string | null, at: Date): Write {
  return write((tx, { turnNotice }) => tx.insert(turnNotice).values({ key, releaseId, at }).onConflictDoNothing().returning({ key: turnNotice.key }))
}

/** Which of these facts were told already. */
export async function toldTurns(store: Store, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await store.db.select({ key: store.t.turnNotice.key }).from(store.t.turnNotice).where(inArray(store.t.turnNotice.key, [...keys]))
  return new Set(rows.map((row) => row.key))
}

/** A release's row for the time charts: written when it finishes, taken away when a roll-back makes it move again. */
import { eq } from 'drizzle-orm'
import { type Write, write } from '@/db/write'
import { finishedOf } from '@/lib/domain/flow/finished'
import type { ReleaseState } from '@/lib/domain/release/state'

/** The writes after a change of a release; none while nothing of it changed that the charts count. */
export function finishedWrites(state: ReleaseState, previous: ReleaseState | null): readonly Write[] {
  const now = finishedOf(state)
  const before = previous && finishedOf(previous)
  if (previous && JSON.stringify(now) === JSON.stringify(before)) return []
  if (now === null) return [write((tx, { finishedRow: t }) => tx.delete(t).where(eq(t.releaseId, state.id)).returning({ id: t.releaseId }), 'any')]
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms))
  const row = { ...now, openedAt: new Date(now.openedAt), goAt: instant(now.goAt), stableAt: instant(now.stableAt), finishedAt: new Date(now.finishedAt) }
  const { releaseId: _id, ...changing } = row
  return [write((tx, { finishedRow: t }) => tx.insert(t).values(row).onConflictDoUpdate({ target: t.releaseId, set: changing }).returning({ id: t.releaseId }))]
}

/** What releases ask a second person to agree to, as rows beside the actions: open while it waits, answered when it has gone. */
import { type Write, write } from '@/db/write'
import type { ReleaseState } from '@/lib/domain/release/state'
import { asksOf } from '@/lib/domain/work/asks'

/** Writes of what is newly asked, and of what was answered or fell away. */
export function askWrites(state: ReleaseState, previous: ReleaseState | null): readonly Write[] {
  const now = asksOf(state)
  const before = previous ? asksOf(previous) : []
  const fresh = now.filter((ask) => JSON.stringify(ask) !== JSON.stringify(before.find((old) => old.id === ask.id)))
  const gone = before.filter((old) => !now.some((ask) => ask.id === old.id))
  return [...fresh.map((ask) => [ask, 'ask'] as const), ...gone.map((ask) => [ask, 'answered'] as const)].map(([ask, asked]) => {
    const own = { state: asked, dueAt: ask.until === null ? null : new Date(ask.until), body: { ...ask, code: state.code, modelName: state.modelName } }
    const row = { id: `${state.id}:${ask.id}`, releaseId: state.id, checkInId: null, liveId: null, ownerPersonId: null, team: null, ...own }
    return write((tx, { actionRow }) => tx.insert(actionRow).values(row).onConflictDoUpdate({ target: actionRow.id, set: own }).returning({ id: actionRow.id }))
  })
}

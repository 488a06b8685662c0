/** The actions that live versions keep themselves: those that a turn of a watch opened where no release stands behind the version. */
import { type Write, write } from '@/db/write'
import type { LiveState } from '@/lib/domain/live/state'

export const liveProjection = {
  project(id: string, state: LiveState, previous: LiveState | null): readonly Write[] {
    return (state.actions ?? []).filter((action) => JSON.stringify(action) !== JSON.stringify(previous?.actions?.find((old) => old.id === action.id))).map((action) => {
      const own = { state: action.done ? 'done' : 'open', ownerPersonId: action.ownerId, team: action.team, dueAt: action.dueAt ? new Date(action.dueAt) : null, body: { ...action, code: '', modelName: '' } }
      const row = { id: `${id}:${action.id}`, releaseId: null, checkInId: null, liveId: id, ...own }
      return write((tx, { actionRow }) => tx.insert(actionRow).values(row).onConflictDoUpdate({ target: actionRow.id, set: own }).returning({ id: actionRow.id }))
    })
  },
}

/** The list of check-ins, and the actions that they keep themselves. */
import { type Write, write } from '@/db/write'
import { isLeft, type CheckInState } from '@/lib/domain/check-in/state'

export const checkInProjection = {
  project(id: string, state: CheckInState, previous: CheckInState | null): readonly Write[] {
    const body = {
      title: state.title, durationMinutes: state.durationMinutes, releaseIds: state.releaseIds, previousId: state.previousId, ...(state.answerBy ? { answerBy: state.answerBy } : {}),
      teams: state.teams, zone: state.zone, sequence: state.sequence ?? 0, scheduledAt: state.scheduledAt, ...(state.series ? { series: state.series } : {}),
      topics: state.topics.length, open: state.topics.filter(isLeft).length,
      decisions: state.taken.filter((one) => one.kind === 'decision').length, actions: state.taken.filter((one) => one.kind === 'action').length + state.actions.length,
    }
    const row = {
      state: state.status, startsAt: new Date(state.startsAt), closedAt: state.closedAt ? new Date(state.closedAt) : null,
      releases: state.releaseIds === 'all' ? 'all' : `,${state.releaseIds.join(',')},`, body,
    }
    const list = write((tx, { checkInRow }) => tx.insert(checkInRow).values({ id, ...row }).onConflictDoUpdate({ target: checkInRow.id, set: row }).returning({ id: checkInRow.id }))
    return [list, ...actionWrites(id, state, previous)]
  },
}

function actionWrites(id: string, state: CheckInState, previous: CheckInState | null): readonly Write[] {
  return state.actions.filter((action) => !previous?.actions.includes(action) && JSON.stringify(action) !== JSON.stringify(previous?.actions.find((old) => old.id === action.id))).map((action) => {
    const own = { state: action.done ? 'done' : 'open', ownerPersonId: action.ownerId, team: action.team, dueAt: action.dueAt ? new Date(action.dueAt) : null, body: { ...action, source: 'check-in', code: '', modelName: '' } }
    const row = { id: `${id}:${action.id}`, releaseId: null, checkInId: id, liveId: null, ...own }
    return write((tx, { actionRow }) => tx.insert(actionRow).values(row).onConflictDoUpdate({ target: actionRow.id, set: own }).returning({ id: actionRow.id }))
  })
}

/** The lists that follow a release: its row on the board, its decisions, documents, actions and mentions. */
import { eq } from 'drizzle-orm'
import { finishedWrites } from '@/db/projections/finished'
import { askWrites } from '@/db/projections/asks'
import { decisionWrites } from '@/db/projections/decision'
import type { Write } from '@/db/write'
import { write } from '@/db/write'
import { briefOf, CARD_SHAPE, cardOf, nextTurn, type ReleaseCard } from '@/lib/domain/release/card'
import { isReleased } from '@/lib/domain/release/released'
import type { ReleaseState } from '@/lib/domain/release/state'

function set(words: readonly string[]): string {
  return `,${[...new Set(words)].join(',')},`
}

function peopleOf(state: ReleaseState): readonly string[] {
  const items = Object.values(state.items).flatMap((item) => item.assigneeId ?? [])
  return [...items, ...Object.values(state.owners), ...(state.onCallId ? [state.onCallId] : []), state.openedBy]
}

/** The one write that replaces a release's row, also when only the clock turned it. */
export function cardWrite(state: ReleaseState, at: Date): Write {
  const card: ReleaseCard = cardOf(state, at)
  const row = {
    releaseId: state.id, code: state.code, modelId: state.modelId, environmentId: state.environmentId, phase: card.phase,
    isInFlight: card.isInFlight, risk: state.risk, targetAt: state.targetAt ? new Date(state.targetAt) : null,
    overdueAt: card.overdueAt ? new Date(card.overdueAt) : null, teamsWaiting: set(card.balls.map((ball) => ball.on)), people: set(peopleOf(state)),
    card, brief: card.isInFlight ? briefOf(card) : null, shape: CARD_SHAPE, turnAt: nextTurn(state, at), openedAt: new Date(state.openedAt), closedAt: state.end ? new Date(state.end.at) : null,
  }
  const { releaseId: _id, code: _code, ...changing } = row
  return write((tx, t) => tx.insert(t.releaseCard).values(row).onConflictDoUpdate({ target: t.releaseCard.releaseId, set: changing }).returning({ id: t.releaseCard.releaseId }))
}

function documentWrites(state: ReleaseState, previous: ReleaseState | null): readonly Write[] {
  const gone = (previous?.documents ?? []).filter((old) => !state.documents.some((d) => d.id === old.id))
  const moved = state.documents.filter((d) => JSON.stringify(d) !== JSON.stringify(previous?.documents.find((old) => old.id === d.id)))
  return [
    ...gone.map((d) => write((tx, t) => tx.delete(t.documentRow).where(eq(t.documentRow.id, d.id)).returning({ id: t.documentRow.id }), 'any')),
    ...moved.map((d) => {
      const row = { id: d.id, ownerKind: 'release', ownerId: state.id, modelId: state.modelId, kind: d.kind, team: d.ownerTeam, at: new Date(d.at), body: { ...d, code: state.code } }
      return write((tx, t) => tx.insert(t.documentRow).values(row).onConflictDoUpdate({ target: t.documentRow.id, set: { body: row.body, kind: row.kind, team: row.team } }).returning({ id: t.documentRow.id }))
    }),
  ]
}

/** What a row says of an action; a decision that is superseded, or the end of the release, sets its conditions free without touching them. */
function actionBodies(state: ReleaseState): ReadonlyMap<string, object> {
  return new Map(state.actions.map((a) => [a.id, { ...a, code: state.code, modelName: state.modelName, ...(isReleased(state, a) ? { isReleased: true } : {}) }]))
}

function actionWrites(state: ReleaseState, previous: ReleaseState | null): readonly Write[] {
  const bodies = actionBodies(state)
  const before = previous && actionBodies(previous)
  return state.actions.filter((a) => JSON.stringify(bodies.get(a.id)) !== JSON.stringify(before?.get(a.id))).map((a) => {
    // Actions that a template leaves for later share their id between releases; the row's id is the release's own.
    const row = {
      id: `${state.id}:${a.id}`, releaseId: state.id, checkInId: a.source === 'check-in' ? a.sourceId : null, liveId: null, ownerPersonId: a.ownerId, team: a.team,
      dueAt: a.dueAt ? new Date(a.dueAt) : null, state: a.done ? 'done' : 'open', body: bodies.get(a.id),
    }
    return write((tx, t) => tx.insert(t.actionRow).values(row).onConflictDoUpdate({ target: t.actionRow.id, set: { state: row.state, body: row.body, dueAt: row.dueAt, ownerPersonId: row.ownerPersonId, team: row.team } }).returning({ id: t.actionRow.id }))
  })
}

function mentionWrites(state: ReleaseState, previous: ReleaseState | null): readonly Write[] {
  const fresh = state.comments.slice(previous?.comments.length ?? 0)
  return fresh.flatMap((c) => [...new Set(c.mentions)].map((personId) => {
    const row = { id: `${c.id}:${personId}`, personId, releaseId: state.id, commentId: c.id, at: new Date(c.at), body: { text: c.text, name: c.name, gateId: c.gateId, itemId: c.itemId, code: state.code } }
    return write((tx, t) => tx.insert(t.mentionRow).values(row).onConflictDoNothing().returning({ id: t.mentionRow.id }), 'any')
  }))
}

/** The projection of a release. */
export const releaseProjection = {
  project(_id: string, state: ReleaseState, previous: ReleaseState | null, at: Date): readonly Write[] {
    return [
      cardWrite(state, at), ...decisionWrites(state, previous), ...documentWrites(state, previous), ...actionWrites(state, previous), ...mentionWrites(state, previous), ...askWrites(state, previous),
      ...finishedWrites(state, previous),
    ]
  },
}

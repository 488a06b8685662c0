/** Incidents by rule: who may do what, what is refused with which words, and that nothing of the told is lost. */
import { expect, test } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import { applyIncident } from './apply'
import { incidentCommand, type IncidentCommand } from './commands'
import { decideIncident, type IncidentContext } from './decide'
import type { IncidentEvent } from './events'
import { incidentResolvedAt, incidentStatus, type IncidentState } from './state'

const [id, modelId, environmentId] = ['0193b3c0-0000-7000-8000-000000000001', '0193b3c0-0000-7000-8000-000000000002', '0193b3c0-0000-7000-8000-000000000003']
const person = (isAdmin: boolean, ...memberships: { team: string; role: 'member' | 'lead' }[]): Actor =>
  ({ kind: 'person', personId: 'p1', name: 'Mara', memberships, isAdmin, delegatedBy: [] })
const ops = person(false, { team: 'ops', role: 'member' })
const lead = person(false, { team: 'product', role: 'lead' })
const scientist = person(false, { team: 'data-science', role: 'member' })
const NOW = '2026-11-22T10:00:00.000Z'

const open: IncidentCommand = { type: 'open-incident', about: null, audience: 'public', title: 'Slow answers', impact: 'minor', status: 'investigating', text: 'We look into it.', places: [{ modelId, environmentId }], startedAt: null }
const tell: IncidentCommand = { type: 'update-incident', status: 'resolved', text: 'It is over.' }
const decide = (state: IncidentState | null, command: IncidentCommand, actor: Actor = ops, more: Partial<IncidentContext> = {}) =>
  decideIncident(state, command, { actor, id, now: NOW, modelIds: [modelId], environmentIds: [environmentId], othersAbout: [], ...more })

function isEvent(event: unknown): event is IncidentEvent {
  return typeof event === 'object' && event !== null && 'type' in event && 'by' in event
}
function after(state: IncidentState | null, command: IncidentCommand, actor: Actor = ops): IncidentState {
  const outcome = decide(state, command, actor)
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  let next = state
  for (const event of outcome.changes.flatMap((change) => change.events)) if (isEvent(event)) next = applyIncident(next, event)
  if (!next) throw new Error('nothing happened')
  return next
}
const code = (state: IncidentState | null, command: IncidentCommand, actor: Actor = ops, more: Partial<IncidentContext> = {}): string => {
  const outcome = decide(state, command, actor, more)
  return outcome.ok ? 'ok' : outcome.refusal.code
}

test('an incident lives through its whole life, and may break out again', () => {
  let state = after(null, open)
  expect(state).toMatchObject({ audience: 'public', impact: 'minor', startedAt: NOW, withdrawn: null, postMortem: null })
  expect([incidentStatus(state), incidentResolvedAt(state)]).toEqual(['investigating', null])
  state = after(state, { type: 'update-incident', status: 'identified', text: 'Found it.', impact: 'major' })
  state = after(state, { type: 'correct-update', number: 1, text: 'We looked into it.' })
  expect(state.updates).toMatchObject([{ number: 1, text: { text: 'We looked into it.' }, correctedAt: NOW }, { number: 2, status: 'identified', correctedAt: null }])
  state = after(state, tell)
  expect([state.impact, incidentResolvedAt(state)]).toEqual(['major', NOW])
  state = after(state, { type: 'write-post-mortem', text: '# What happened\n\nA node was full.' })
  expect(state.postMortem).toMatchObject({ by: 'p1', at: NOW })
  state = after(state, { type: 'update-incident', status: 'investigating', text: 'Again.' })
  expect(incidentResolvedAt(state)).toBeNull()
  state = after(state, { type: 'edit-incident', audience: 'internal', title: 'Slow', impact: 'none', places: [] })
  expect(state).toMatchObject({ audience: 'internal', title: { text: 'Slow' }, places: [] })
  state = after(state, { type: 'withdraw-incident', reason: 'It was a test.' }, lead)
  expect(state.withdrawn).toMatchObject({ reason: { text: 'It was a test.' } })
  for (const command of [tell, { type: 'withdraw-incident', reason: 'x' } as const]) expect(code(state, command)).toBe('closed')
})

test('each refusal', () => {
  const state = after(null, open)
  expect(code(state, open)).toBe('exists')
  expect(code(null, tell)).toBe('not-found')
  expect(code(null, { ...open, about: 'roll-back x' }, ops, { othersAbout: ['roll-back x'] })).toBe('exists')
  expect(code(null, { ...open, startedAt: '2026-11-22T10:00:01Z' })).toBe('invalid')
  expect(code(null, { ...open, startedAt: '2024-11-22T10:00:00Z' })).toBe('invalid')
  expect(code(null, { ...open, places: [{ modelId: id, environmentId }] })).toBe('invalid')
  expect(code(null, { ...open, places: [{ modelId, environmentId: id }] })).toBe('invalid')
  expect(code(state, { type: 'correct-update', number: 2, text: 'x' })).toBe('not-found')
  expect(code(state, { type: 'write-post-mortem', text: 'x' })).toBe('blocked')
  expect(code(state, { type: 'edit-incident', audience: 'public', title: 'x', impact: 'none', places: [{ modelId, environmentId }] }, ops, { modelIds: [] })).toBe('ok')
  for (const command of [open, tell, { type: 'withdraw-incident', reason: 'x' } as const]) {
    expect(code(command === open ? null : state, command, scientist)).toBe('forbidden')
    expect(code(command === open ? null : state, command, { kind: 'token', tokenId: 't', name: 'ci', scopes: ['evidence', 'ask', 'observe', 'read'], modelIds: [] })).toBe('forbidden')
    expect(code(command === open ? null : state, command, person(true))).toBe('ok')
  }
})

test('commands are strict', () => {
  expect(incidentCommand.safeParse(open).success).toBe(true)
  for (const wrong of [{ ...open, by: 'x' }, { ...open, audience: 'all' }, { ...open, about: '<script>' }, { ...open, title: 'a\u202eb' }, { ...open, places: [{ modelId, environmentId }, { modelId, environmentId }] }, { ...tell, text: ' ' }]) {
    expect(incidentCommand.safeParse(wrong).success).toBe(false)
  }
})

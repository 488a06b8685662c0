/** Destinations by rule: who may do what, what is refused with which words, and that no address ever enters an event. */
import { expect, test } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import { readAddress } from './address'
import { applyDestination } from './apply'
import { destinationCommand, type DestinationCommand } from './commands'
import { decideDestination } from './decide'
import type { DestinationEvent } from './events'
import type { DestinationState } from './state'

const id = '0193b3c0-0000-7000-8000-000000000001'
const secretId = '0193b3c0-0000-7000-8000-000000000002'
const person = (isAdmin: boolean, ...memberships: { team: string; role: 'member' | 'lead' }[]): Actor =>
  ({ kind: 'person', personId: 'p1', name: 'Mara', memberships, isAdmin, delegatedBy: [] })
const admin = person(true)
const opsLead = person(false, { team: 'ops', role: 'lead' })
const productLead = person(false, { team: 'product', role: 'lead' })
const member = person(false, { team: 'ops', role: 'member' })
const system: Actor = { kind: 'system', name: 'clock' }

const add: DestinationCommand = { type: 'add-destination', kind: 'slack', name: 'Ops channel', team: 'ops', eventKinds: ['stable', 'roll-back'], secretId, hint: 'hooks.slack.com/…ab12' }
const decide = (state: DestinationState | null, command: DestinationCommand, actor: Actor = admin) =>
  decideDestination(state, command, { actor, id, now: '2026-11-22T10:00:00.000Z', teams: ['product', 'data-science', 'ops'] })

function isDestinationEvent(event: unknown): event is DestinationEvent {
  return typeof event === 'object' && event !== null && 'type' in event && 'by' in event
}
function after(state: DestinationState | null, command: DestinationCommand, actor: Actor = admin): DestinationState {
  const outcome = decide(state, command, actor)
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  let next = state
  for (const event of outcome.changes.flatMap((change) => change.events)) if (isDestinationEvent(event)) next = applyDestination(next, event)
  if (!next) throw new Error('nothing happened')
  return next
}
const code = (state: DestinationState | null, command: DestinationCommand, actor: Actor = admin): string => {
  const outcome = decide(state, command, actor)
  return outcome.ok ? 'ok' : outcome.refusal.code
}

test('a destination lives through its whole life', () => {
  let state = after(null, add)
  expect(state).toMatchObject({ team: 'ops', eventKinds: ['stable', 'roll-back'], disabled: null, archivedAt: null })
  expect(after(state, { type: 'send-test' })).toEqual(state)
  state = after(state, { type: 'disable-destination', reason: 'revoked', answer: '404 no_service' }, system)
  expect(state.disabled).toMatchObject({ reason: 'revoked', answer: '404 no_service' })
  expect(code(state, { type: 'send-test' })).toBe('blocked')
  expect(code(state, { type: 'replay', deliveryIds: [id] })).toBe('blocked')
  expect(code(state, { type: 'disable-destination', reason: 'revoked', answer: '' }, system)).toBe('exists')
  state = after(state, { type: 'change-address', secretId: id, hint: 'hooks.slack.com/…cd34' })
  expect(state).toMatchObject({ disabled: null, hint: 'hooks.slack.com/…cd34', secretId: id })
  state = after(state, { type: 'disable-destination', reason: 'paused', answer: '' }, opsLead)
  state = after(state, { type: 'enable-destination' }, opsLead)
  state = after(state, { type: 'archive-destination' }, opsLead)
  expect(code(state, { type: 'enable-destination' })).toBe('closed')
})

test('each refusal', () => {
  const state = after(null, add)
  expect(code(state, add)).toBe('exists')
  expect(code(null, { type: 'send-test' })).toBe('not-found')
  expect(code(null, { ...add, team: 'nobody' })).toBe('invalid')
  expect(code(state, { type: 'enable-destination' })).toBe('exists')
  expect(code(null, add, member)).toBe('forbidden')
  expect(code(state, { type: 'edit-destination', name: 'x', team: 'ops', eventKinds: ['stable'] }, member)).toBe('forbidden')
  expect(code(state, { type: 'edit-destination', name: 'x', team: 'product', eventKinds: ['stable'] }, productLead)).toBe('forbidden')
  expect(code(state, { type: 'archive-destination' }, productLead)).toBe('forbidden')
  expect(code(state, { type: 'disable-destination', reason: 'revoked', answer: '' }, admin)).toBe('forbidden')
  expect(code(null, add, { kind: 'token', tokenId: 't', name: 'ci', scopes: ['evidence', 'ask', 'observe', 'read'], modelIds: [] })).toBe('forbidden')
})

test('a rule names teams that exist, and keeps one that was archived since until somebody takes it out', () => {
  const none = { anyOf: [], noneOf: [] }
  const routing = (teams: { anyOf: string[]; noneOf: string[] }) => ({ models: none, environments: none, risks: none, severities: none, teams })
  expect(code(null, { ...add, routing: routing({ anyOf: ['nobody'], noneOf: [] }) })).toBe('invalid')
  expect(code(null, { ...add, routing: routing({ anyOf: [], noneOf: ['nobody'] }) })).toBe('invalid')
  const state = after(null, { ...add, routing: routing({ anyOf: ['ops', 'product'], noneOf: ['data-science'] }) })
  expect(state.routing?.teams).toEqual({ anyOf: ['ops', 'product'], noneOf: ['data-science'] })
  const archived: DestinationState = { ...state, routing: routing({ anyOf: ['gone'], noneOf: [] }) }
  const edit = { type: 'edit-destination' as const, name: 'x', team: 'ops', eventKinds: ['stable' as const] }
  expect(code(archived, { ...edit, routing: routing({ anyOf: ['gone', 'ops'], noneOf: [] }) })).toBe('ok')
  expect(code(archived, { ...edit, routing: routing({ anyOf: ['gone', 'nobody'], noneOf: [] }) })).toBe('invalid')
  expect(after(archived, edit).routing).toEqual(archived.routing)
})

test('commands are strict, and hold no address', () => {
  expect(destinationCommand.safeParse(add).success).toBe(true)
  for (const wrong of [{ ...add, url: 'https://hooks.slack.com/x' }, { ...add, eventKinds: [] }, { ...add, eventKinds: ['stable', 'stable'] }, { ...add, name: 'a\u202eb' }]) {
    expect(destinationCommand.safeParse(wrong).success).toBe(false)
  }
})

test('an address is read, normalised and hidden', () => {
  const token = 'XXXXXXXXXXXXXXXXXXXXab12'
  expect(readAddress('slack', ` https://hooks.slack.com/services/T012/B345/${token} `, [])).toEqual({ ok: true, url: `https://hooks.slack.com/services/T012/B345/${token}`, hint: 'hooks.slack.com/…ab12' })
  expect(readAddress('slack', 'http://127.0.0.1:4750/services/T00000000/B00000000/demo', ['127.0.0.1:4750'])).toMatchObject({ ok: true, hint: '127.0.0.1:4750/…' })
  for (const wrong of [
    'hello', 'javascript:alert(1)', 'http://hooks.slack.com/services/T0/B0/aaaaaaaaaaaa', 'https://hooks.slack.com.evil.example/services/T0/B0/aaaaaaaaaaaa',
    'https://evil.example/services/T0/B0/aaaaaaaaaaaa', 'https://hooks.slack.com/', 'https://u:p@hooks.slack.com/services/T0/B0/aaaaaaaaaaaa',
    'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'https://hooks.slack.com:8443/services/T0/B0/aaaaaaaaaaaa', '',
  ]) expect(readAddress('slack', wrong, ['own.example']).ok).toBe(false)
})

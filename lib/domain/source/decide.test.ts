import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import { applySource } from './apply'
import { sourceCommand, type SourceCommand } from './commands'
import { decideSource } from './decide'
import type { SourceEvent } from './events'
import type { SourceState } from './state'
import { urlFault } from './url'

const id = '0193b3c0-0000-7000-8000-000000000001'
const secretId = '0193b3c0-0000-7000-8000-000000000002'
const person = (isAdmin: boolean): Actor => ({ kind: 'person', personId: 'p1', name: 'Mara', memberships: [{ team: 'ops', role: 'lead' }], isAdmin, delegatedBy: [] })
const wishes = { name: 'Production', url: 'http://prometheus:9090/prom', auth: 'none', headerNames: [], scrapeIntervalSeconds: 15 } as const
const add: SourceCommand = { type: 'add-source', ...wishes, headerNames: [], secretId: null }

const decide = (state: SourceState | null, command: SourceCommand, more: { actor?: Actor; url?: string | null; usedBy?: string[] } = {}) =>
  decideSource(state, command, { actor: more.actor ?? person(true), id, now: '2026-11-22T10:00:00.000Z', url: more.url ?? wishes.url, usedBy: more.usedBy ?? [] })

function isSourceEvent(event: unknown): event is SourceEvent {
  return typeof event === 'object' && event !== null && 'type' in event && 'by' in event
}

function after(state: SourceState | null, command: SourceCommand): SourceState {
  const outcome = decide(state, command)
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  let next = state
  for (const event of outcome.changes.flatMap((change) => change.events)) if (isSourceEvent(event)) next = applySource(next, event)
  if (!next) throw new Error('nothing happened')
  return next
}

const code = (...input: Parameters<typeof decide>): string => {
  const outcome = decide(...input)
  return outcome.ok ? 'ok' : outcome.refusal.code
}

describe('metrics sources', () => {
  it('live through their whole life', () => {
    let state = after(null, add)
    expect(state).toMatchObject({ auth: 'none', secretId: null, archivedAt: null })
    state = after(state, { type: 'edit-source', ...wishes, auth: 'basic', headerNames: ['X-Scope-OrgID'], secretId })
    expect(state).toMatchObject({ auth: 'basic', secretId, headerNames: ['X-Scope-OrgID'] })
    state = after(state, { type: 'edit-source', ...wishes, name: 'Renamed', auth: 'basic', headerNames: ['X-Scope-OrgID'] })
    expect(state).toMatchObject({ secretId })
    state = after(state, { type: 'edit-source', ...wishes, headerNames: [], secretId: null })
    expect(state).toMatchObject({ auth: 'none', secretId: null })
    state = after(state, { type: 'archive-source' })
    expect(code(state, { type: 'archive-source' })).toBe('closed')
    expect(after(state, { type: 'restore-source' }).archivedAt).toBeNull()
  })

  it('are refused with a reason', () => {
    const state = after(null, { ...add, auth: 'bearer', secretId })
    expect(code(null, add, { actor: person(false) })).toBe('forbidden')
    expect(code(state, { ...add, secretId: null })).toBe('exists')
    expect(code(null, { type: 'archive-source' })).toBe('not-found')
    expect(code(null, { ...add, auth: 'basic' })).toBe('invalid')
    expect(code(null, { ...add, headerNames: ['X-Scope-OrgID'] })).toBe('invalid')
    expect(code(state, { type: 'archive-source' }, { usedBy: ['production-eu'] })).toBe('blocked')
    expect(code(state, { type: 'restore-source' })).toBe('exists')
  })

  it('do not take credentials along to another host or another way of signing in', () => {
    const state = after(null, { ...add, auth: 'bearer', secretId })
    const edit: SourceCommand = { type: 'edit-source', ...wishes, auth: 'bearer', headerNames: [] }
    expect(code(state, { ...edit, url: 'http://prometheus:9090/other' })).toBe('ok')
    expect(code(state, { ...edit, url: 'http://evil.example' })).toBe('invalid')
    expect(code(state, { ...edit, url: 'http://evil.example', secretId })).toBe('ok')
    expect(code(state, { ...edit, auth: 'basic' })).toBe('invalid')
    expect(code(state, edit, { url: null })).toBe('ok')
  })

  it('keep their certificates with the credentials, and older entries without any stay as they were', () => {
    expect(code(null, { ...add, tls: ['ca'] })).toBe('invalid')
    const state = after(null, { ...add, tls: ['ca', 'client-certificate'], secretId })
    expect(state).toMatchObject({ tls: ['ca', 'client-certificate'], secretId })
    const edit: SourceCommand = { type: 'edit-source', ...wishes, headerNames: [] }
    expect(code(state, edit)).toBe('invalid')
    expect(code(state, { ...edit, tls: ['ca', 'client-certificate'], url: 'https://evil.example' })).toBe('invalid')
    expect(after(state, { ...edit, tls: ['ca', 'client-certificate'] })).toMatchObject({ secretId, tls: ['ca', 'client-certificate'] })
    const bare = after(state, { ...edit, tls: [], secretId: null })
    expect(bare).toEqual(after(null, add))
    expect('tls' in bare).toBe(false)
  })

  it.each(['', 'prometheus:9090', 'ftp://a', 'http://u:p@a', 'http://a?x=1', 'http://a/api/v1', 'http://a#x'])('refuse the URL "%s"', (url) => { expect(urlFault(url)).not.toBeNull() })

  it('have strict words', () => {
    expect(sourceCommand.safeParse(add).success).toBe(true)
    for (const wrong of [{ ...add, password: 'x' }, { ...add, headerNames: ['Authorization'] }, { ...add, headerNames: ['a', 'A'] }, { ...add, url: 'javascript:1' }, { ...add, scrapeIntervalSeconds: 0 }]) {
      expect(sourceCommand.safeParse(wrong).success).toBe(false)
    }
  })
})

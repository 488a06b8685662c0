import { describe, expect, it } from 'vitest'
import type { Membership, PersonActor } from '@/lib/domain/actor'
import type { Outcome } from '@/lib/domain/aggregate'
import { applyPerson } from '@/lib/domain/person/apply'
import type { PersonCommand } from '@/lib/domain/person/commands'
import { decidePerson, type PersonContext } from '@/lib/domain/person/decide'
import { registered } from '@/lib/domain/person/events'
import type { PersonState, PersonSummary } from '@/lib/domain/person/state'

const NOW = new Date('2026-11-22T09:00:00Z')
const TEAMS = { product: 'Product', 'data-science': 'Data science', ops: 'Ops' }

function aPerson(id: string, memberships: readonly Membership[] = [], isAdmin = false): PersonState {
  return applyPerson(null, registered({ id, name: id, email: `${id}@example.org`, memberships, isAdmin, invitedBy: null, joinedAt: null, at: NOW.toISOString() }))
}

function actorFor(person: PersonState): PersonActor {
  return { kind: 'person', personId: person.id, name: person.id, memberships: person.memberships, isAdmin: person.isAdmin, delegatedBy: [] }
}

function summary(person: PersonState): PersonSummary {
  return { id: person.id, memberships: person.memberships, isAdmin: person.isAdmin, isArchived: person.archivedAt !== null }
}

function context(person: PersonState | null, others: readonly PersonState[], extra: Partial<PersonContext> = {}): PersonContext {
  const people = [...(person ? [person] : []), ...others].map(summary)
  return { id: person?.id ?? 'new', person, people, teams: TEAMS, isEmailTaken: false, liveTokens: [], ...extra }
}

function codeOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.refusal.code
}

const ada = aPerson('ada', [], true)
const bo = aPerson('bo', [{ team: 'ops', role: 'lead' }])
const cy = aPerson('cy', [{ team: 'ops', role: 'member' }])

describe('a link that sets a password', () => {
  it('is made by admins, for people who sign in here, and is in the record', () => {
    const made = decidePerson(context(bo, [ada]), { type: 'reset-link' }, actorFor(ada), NOW)
    expect(made).toMatchObject({ ok: true, changes: [{ events: [{ type: 'password-link-made', at: NOW.toISOString() }] }] })
    expect(codeOf(decidePerson(context(cy, [ada, bo]), { type: 'reset-link' }, actorFor(bo), NOW))).toBe('forbidden')
    expect(codeOf(decidePerson(context({ ...bo, email: null }, [ada]), { type: 'reset-link' }, actorFor(ada), NOW))).toBe('blocked')
    expect(applyPerson(bo, { type: 'password-link-made', v: 1, at: NOW.toISOString() })).toEqual(bo)
  })
})

describe('memberships', () => {
  const join = (team: string): PersonCommand => ({ type: 'set-memberships', memberships: [{ team, role: 'member' }] })

  it('lets a lead change their own team only', () => {
    expect(codeOf(decidePerson(context(ada, [bo]), join('ops'), actorFor(bo), NOW))).toBe('ok')
    expect(codeOf(decidePerson(context(ada, [bo]), join('product'), actorFor(bo), NOW))).toBe('forbidden')
    const move = decidePerson(context(cy, [bo, ada]), join('product'), actorFor(bo), NOW)
    expect(codeOf(move)).toBe('forbidden')
  })

  it('knows only the teams that there are, whatever else every object has by that name', () => {
    for (const team of ['nobody', 'constructor', 'valueOf']) expect(codeOf(decidePerson(context(bo, [ada]), join(team), actorFor(ada), NOW))).toBe('invalid')
  })

  it('keeps an admin from walking into a team that has members, and lets them into an empty one', () => {
    const refused = decidePerson(context(ada, [bo]), join('ops'), actorFor(ada), NOW)
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'blocked', message: expect.stringContaining('Ask another admin') } })
    expect(codeOf(decidePerson(context(ada, [bo]), join('product'), actorFor(ada), NOW))).toBe('ok')
  })

  it('refuses a team that does not exist, but keeps one that was archived meanwhile', () => {
    expect(codeOf(decidePerson(context(bo, [ada]), join('legal'), actorFor(ada), NOW))).toBe('invalid')
    const relic = aPerson('di', [{ team: 'gone', role: 'member' }])
    const command: PersonCommand = { type: 'set-memberships', memberships: [{ team: 'gone', role: 'member' }, { team: 'ops', role: 'member' }] }
    expect(codeOf(decidePerson(context(relic, [ada]), command, actorFor(ada), NOW))).toBe('ok')
  })
})

describe('admins', () => {
  it('never leaves the installation without one', () => {
    expect(codeOf(decidePerson(context(ada, [bo]), { type: 'archive' }, actorFor(ada), NOW))).toBe('blocked')
    expect(codeOf(decidePerson(context(ada, [bo]), { type: 'set-admin', isAdmin: false }, actorFor(ada), NOW))).toBe('blocked')
    const second = aPerson('eve', [], true)
    expect(codeOf(decidePerson(context(ada, [second]), { type: 'archive' }, actorFor(second), NOW))).toBe('ok')
  })

  it('ends the API tokens of whoever is archived in the same step, and brings none back', () => {
    const archive = (liveTokens: readonly string[]) => decidePerson(context(bo, [ada], { liveTokens }), { type: 'archive' }, actorFor(ada), NOW)
    const own = { kind: 'person', id: 'bo', events: [{ type: 'person-archived' }] }
    expect(archive([])).toMatchObject({ ok: true, changes: [own] })
    const revoked = { type: 'token-revoked', v: 1, by: 'ada', at: NOW.toISOString(), because: 'maker-archived' }
    expect(archive(['t1', 't2'])).toMatchObject({ ok: true, changes: [own, { kind: 'token', id: 't1', events: [revoked] }, { kind: 'token', id: 't2', events: [revoked] }] })
    const restored = decidePerson(context({ ...bo, archivedAt: NOW.toISOString() }, [ada], { liveTokens: ['t1'] }), { type: 'restore' }, actorFor(ada), NOW)
    expect(restored).toMatchObject({ ok: true, changes: [{ kind: 'person', events: [{ type: 'person-restored' }] }] })
  })

  it('refuses changes of an archived person but restoring', () => {
    const gone = { ...bo, archivedAt: NOW.toISOString() }
    expect(codeOf(decidePerson(context(gone, [ada]), { type: 'set-admin', isAdmin: true }, actorFor(ada), NOW))).toBe('closed')
    expect(codeOf(decidePerson(context(gone, [ada]), { type: 'restore' }, actorFor(ada), NOW))).toBe('ok')
  })
})

describe('invitations', () => {
  const invite: PersonCommand = { type: 'register', name: 'Fay', email: 'fay@example.org', memberships: [{ team: 'ops', role: 'lead' }], isAdmin: false }

  it('are made by admins only, once per address', () => {
    expect(codeOf(decidePerson(context(null, [ada, bo]), invite, actorFor(bo), NOW))).toBe('forbidden')
    expect(codeOf(decidePerson(context(null, [ada], { isEmailTaken: true }), invite, actorFor(ada), NOW))).toBe('exists')
    const outcome = decidePerson(context(null, [ada]), invite, actorFor(ada), NOW)
    expect(outcome).toMatchObject({ ok: true, changes: [{ events: [{ invitedBy: 'ada', joinedAt: null, name: { text: 'Fay' }, email: { text: 'fay@example.org' } }] }] })
  })
})

describe('delegation', () => {
  const delegate = (to: string, until: string): PersonCommand => ({ type: 'delegate', to, until })

  it('is named by the person alone, to somebody active, for a bounded time', () => {
    expect(codeOf(decidePerson(context(bo, [cy]), delegate('cy', '2026-12-01T00:00:00Z'), actorFor(bo), NOW))).toBe('ok')
    expect(codeOf(decidePerson(context(bo, [cy]), delegate('cy', '2026-12-01T00:00:00Z'), actorFor(ada), NOW))).toBe('forbidden')
    expect(codeOf(decidePerson(context(bo, [cy]), delegate('bo', '2026-12-01T00:00:00Z'), actorFor(bo), NOW))).toBe('invalid')
    expect(codeOf(decidePerson(context(bo, []), delegate('cy', '2026-12-01T00:00:00Z'), actorFor(bo), NOW))).toBe('not-found')
    expect(codeOf(decidePerson(context(bo, [cy]), delegate('cy', '2026-11-01T00:00:00Z'), actorFor(bo), NOW))).toBe('invalid')
    expect(codeOf(decidePerson(context(bo, [cy]), delegate('cy', '2027-11-01T00:00:00Z'), actorFor(bo), NOW))).toBe('invalid')
  })
})

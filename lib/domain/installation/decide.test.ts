import { describe, expect, it } from 'vitest'
import type { PersonActor, SystemActor } from '@/lib/domain/actor'
import { applyInstallation } from '@/lib/domain/installation/apply'
import { installationCommand, type InstallationCommand } from '@/lib/domain/installation/commands'
import { decideInstallation } from '@/lib/domain/installation/decide'
import type { InstallationEvent } from '@/lib/domain/installation/events'
import { DEFAULT_SEPARATION, DEFAULT_TEAMS, workingTeams, type InstallationState } from '@/lib/domain/installation/state'
import { DEFAULT_STATUS_PAGE } from '@/lib/domain/installation/status-page'

const NOW = new Date('2026-11-22T09:00:00Z')
const SETUP: SystemActor = { kind: 'system', name: 'setup' }
const STRICT = { low: 'strict', medium: 'strict', high: 'strict' } as const
const HOURS = { zone: 'Europe/Berlin', days: [1, 2, 3], from: '08:00', to: '16:00' }

function admin(personId: string): PersonActor {
  return { kind: 'person', personId, name: personId, memberships: [], isAdmin: true, delegatedBy: [] }
}

const fresh: InstallationState = {
  name: 'Acme', setUpAt: NOW.toISOString(), teams: DEFAULT_TEAMS, separation: DEFAULT_SEPARATION, proposal: null, groups: [], statusPage: DEFAULT_STATUS_PAGE,
}

/** Decides and folds: the state after, or the code of the refusal. */
function step(state: InstallationState | null, command: InstallationCommand, actor: PersonActor | SystemActor, memberCounts = {}): InstallationState | string {
  const outcome = decideInstallation({ installation: state, memberCounts }, command, actor, NOW)
  if (!outcome.ok) return outcome.refusal.code
  const events = outcome.changes.filter((change) => change.kind === 'installation').flatMap((change) => change.events)
  return events.filter(isOwn).reduce<InstallationState | null>(applyInstallation, state) ?? 'nothing'
}

function isOwn(event: { type: string }): event is InstallationEvent {
  return event.type !== 'person-registered'
}

describe('set-up', () => {
  const command: InstallationCommand = { type: 'set-up', name: 'Acme', admin: { id: '018f0000-0000-7000-8000-000000000001', name: 'Ada', email: 'ada@example.org', memberships: [] } }

  it('registers the first admin in the same transaction, once', () => {
    const outcome = decideInstallation({ installation: null, memberCounts: {} }, command, SETUP, NOW)
    expect(outcome).toMatchObject({ ok: true, changes: [{ kind: 'installation' }, { kind: 'person', events: [{ isAdmin: true }] }] })
    expect(step(fresh, command, SETUP)).toBe('closed')
    expect(step(null, command, admin('ada'))).toBe('forbidden')
  })
})

describe('separation policy', () => {
  const propose: InstallationCommand = { type: 'propose-separation', policy: STRICT, reason: 'audit' }

  it('changes only when a second person confirms what was proposed', () => {
    const proposed = step(fresh, propose, admin('ada'))
    if (typeof proposed === 'string') throw new Error(proposed)
    expect(proposed.separation).toEqual(DEFAULT_SEPARATION)
    expect(step(proposed, { type: 'confirm-separation', policy: STRICT }, admin('ada'))).toBe('forbidden')
    expect(step(proposed, { type: 'confirm-separation', policy: DEFAULT_SEPARATION }, admin('bo'))).toBe('stale')
    expect(step(proposed, propose, admin('bo'))).toBe('conflict')
    expect(step(proposed, { type: 'confirm-separation', policy: STRICT }, admin('bo'))).toMatchObject({ separation: STRICT, proposal: null })
    expect(step(proposed, { type: 'withdraw-separation' }, admin('ada'))).toMatchObject({ separation: DEFAULT_SEPARATION, proposal: null })
  })

  it('is no place for a proposal that changes nothing', () => {
    expect(step(fresh, { ...propose, policy: DEFAULT_SEPARATION }, admin('ada'))).toBe('invalid')
  })
})

describe('teams', () => {
  it('can be added, and archived once they are empty', () => {
    const added = step(fresh, { type: 'add-team', team: 'legal', name: 'Legal', shape: 'triangle', workingHours: HOURS }, admin('ada'))
    if (typeof added === 'string') throw new Error(added)
    expect(added.teams).toHaveLength(4)
    expect(step(added, { type: 'add-team', team: 'law', name: 'legal', shape: 'star', workingHours: HOURS }, admin('ada'))).toBe('exists')
    expect(step(added, { type: 'archive-team', team: 'legal' }, admin('ada'), { legal: 1 })).toBe('blocked')
    expect(step(added, { type: 'archive-team', team: 'legal' }, admin('ada'))).toMatchObject({ teams: expect.arrayContaining([expect.objectContaining({ id: 'legal', archivedAt: NOW.toISOString() })]) })
  })

  it('refuses hostile names, unknown zones and hours that end before they begin', () => {
    const team = { type: 'add-team', team: 'legal', name: 'Legal', shape: 'star', workingHours: HOURS }
    expect(installationCommand.safeParse(team).success).toBe(true)
    expect(installationCommand.safeParse({ ...team, name: 'Le\u202egal' }).success).toBe(false)
    expect(installationCommand.safeParse({ ...team, workingHours: { ...HOURS, zone: 'Mars/Olympus' } }).success).toBe(false)
    expect(installationCommand.safeParse({ ...team, workingHours: { ...HOURS, to: '07:00' } }).success).toBe(false)
    expect(installationCommand.safeParse({ ...team, isAdmin: true }).success).toBe(false)
  })
})

it('notes for whom the product made a pack or replaced the signing key; nothing is decided by that, and nobody can say it by hand', () => {
  const [sha256, by] = ['a'.repeat(64), '019aa000-0000-7000-8000-000000000001']
  const pack: InstallationCommand = { type: 'note-evidence-pack', about: 'FRAUD-12', seq: 7, manifest: sha256, by }
  const key: InstallationCommand = { type: 'note-checkpoint-key', key: 'b'.repeat(16), fingerprint: sha256, by }
  const record: SystemActor = { kind: 'system', name: 'record' }
  const noted = (note: InstallationCommand) => decideInstallation({ installation: fresh, memberCounts: {} }, note, record, NOW)
  expect(noted(pack)).toMatchObject({ changes: [{ events: [{ type: 'evidence-pack-made', by, seq: 7, manifest: sha256 }] }] })
  expect(noted(key)).toMatchObject({ changes: [{ events: [{ type: 'checkpoint-key-replaced', by, fingerprint: sha256 }] }] })
  const everybody = [{ ...admin('vera'), isAdmin: false }, { ...admin('olga'), memberships: [{ team: 'ops', role: 'lead' as const }] }, admin('ada')]
  for (const note of [pack, key]) {
    expect(step(fresh, note, record)).toEqual(fresh)
    for (const person of everybody) expect(step(fresh, note, person)).toBe('forbidden')
  }
  expect(installationCommand.safeParse(pack).success).toBe(true)
  expect(installationCommand.safeParse({ ...pack, manifest: 'nonsense' }).success).toBe(false)
})

it('keeps holidays by day and name, each once; only leads and admins enter them, and a team reckons with its own and those of all', () => {
  const christmas = { date: '2026-12-25', name: 'Christmas Day', teams: 'all' as const }
  const ascension = { date: '2026-05-14', name: 'Ascension Day', teams: ['ops'] }
  const add = (...holidays: { date: string; name: string; teams: 'all' | string[] }[]): InstallationCommand => ({ type: 'add-holidays', holidays })
  const state = step(fresh, add(christmas, ascension), admin('ada'))
  if (typeof state === 'string') throw new Error(state)
  expect(state.holidays).toEqual([ascension, christmas])
  expect(step(state, add(christmas), admin('ada'))).toBe('exists')
  expect(step(state, add({ ...christmas, teams: ['nobody'] }), admin('ada'))).toBe('not-found')
  expect(step(state, add({ ...christmas, teams: ['product'] }), admin('ada'))).toMatchObject({ holidays: [ascension, { ...christmas, teams: ['product'] }] })
  expect(step(state, add(christmas), { ...admin('vera'), isAdmin: false })).toBe('forbidden')
  expect(workingTeams(state).map((team) => team.workingHours.holidays)).toEqual([['2026-12-25'], ['2026-12-25'], ['2026-05-14', '2026-12-25']])
  expect(workingTeams(fresh)).toEqual(fresh.teams)
  expect(step(state, { type: 'remove-holidays', holidays: [{ date: '2026-12-25', name: 'Christmas Day' }] }, admin('ada'))).toMatchObject({ holidays: [ascension] })
  expect(step(state, { type: 'remove-holidays', holidays: [{ date: '2026-12-26', name: 'Christmas Day' }] }, admin('ada'))).toBe('not-found')
  for (const date of ['1999-12-31', '2026-02-30', 'tomorrow']) expect(installationCommand.safeParse(add({ ...christmas, date })).success).toBe(false)
})

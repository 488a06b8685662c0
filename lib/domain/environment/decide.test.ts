import { describe, expect, it } from 'vitest'
import type { Actor, Membership } from '@/lib/domain/actor'
import type { Outcome } from '@/lib/domain/aggregate'
import { applyEnvironment } from './apply'
import { environmentCommand } from './commands'
import { decideEnvironment, type EnvironmentContext } from './decide'
import type { EnvironmentEvent } from './events'
import type { EnvironmentState } from './state'

const ID = '01980000-0000-7000-8000-0000000000aa'
const FREEZE = '01980000-0000-7000-8000-0000000000f1'
const SOURCE = '01980000-0000-7000-8000-0000000000d1'
const person = (...memberships: Membership[]): Actor => ({ kind: 'person', personId: 'ola', name: 'Ola', memberships, isAdmin: false, delegatedBy: [] })
const ops = person({ team: 'ops', role: 'member' })

function run(state: EnvironmentState | null, words: unknown, actor: Actor = ops, more: Partial<EnvironmentContext> = {}): { outcome: Outcome; state: EnvironmentState | null } {
  const context = { actor, now: '2026-11-22T10:00:00.000Z', id: ID, otherSlugs: ['taken'], sources: [SOURCE], openReleases: [], ...more }
  const outcome = decideEnvironment(state, environmentCommand.parse(words), context)
  if (!outcome.ok) return { outcome, state }
  const isMine = (event: { type: string }): event is EnvironmentEvent => event.type.length > 0
  let next = state
  for (const event of outcome.changes.flatMap((change) => change.events)) if (isMine(event)) next = applyEnvironment(next, event)
  return { outcome, state: next }
}
const add = { type: 'add-environment', slug: 'prod-eu', name: 'Production EU', kind: 'cloud', orchestrator: 'kubernetes', sourceId: SOURCE, zone: 'Europe/Berlin' }
const added = () => run(null, add).state
const refusal = (outcome: Outcome) => (outcome.ok ? 'accepted' : `${outcome.refusal.code}: ${outcome.refusal.message}`)

describe('environments', () => {
  it('are added once by ops, with a source that exists', () => {
    expect(added()).toMatchObject({ slug: 'prod-eu', orchestrator: 'kubernetes', freezes: [] })
    expect(refusal(run(added(), add).outcome)).toContain('exists')
    expect(refusal(run(null, { ...add, slug: 'taken' }).outcome)).toContain('taken')
    expect(refusal(run(null, { ...add, sourceId: FREEZE }).outcome)).toContain('no such metrics source')
    expect(refusal(run(null, add, person({ team: 'product', role: 'member' })).outcome)).toContain('forbidden')
    expect(environmentCommand.safeParse({ ...add, zone: 'Mars/Base' }).success).toBe(false)
  })
  it('keep their slug when they are edited, and are archived only without open releases', () => {
    const { type: _type, slug: _slug, ...fields } = add
    expect(run(added(), { ...fields, type: 'edit-environment', kind: 'hybrid' }).state).toMatchObject({ slug: 'prod-eu', kind: 'hybrid' })
    const lead = person({ team: 'ops', role: 'lead' })
    expect(refusal(run(added(), { type: 'archive-environment' }, lead, { openReleases: ['FRAUD-12'] }).outcome)).toContain('FRAUD-12')
    const archived = run(added(), { type: 'archive-environment' }, lead).state
    expect(refusal(run(archived, { type: 'end-freeze', freezeId: FREEZE }).outcome)).toContain('archived')
    expect(run(archived, { type: 'restore-environment' }, lead).state?.archivedAt).toBeNull()
  })
  it('are frozen between two instants until somebody ends it', () => {
    const freeze = { type: 'add-freeze', freezeId: FREEZE, from: '2026-11-27T00:00:00+01:00', to: '2026-11-30T00:00:00+01:00', zone: 'Europe/Berlin', reason: 'Black Friday' }
    const state = run(added(), freeze).state
    if (!state) throw new Error('not added')
    expect(state.freezes).toMatchObject([{ id: FREEZE, from: '2026-11-26T23:00:00.000Z', to: '2026-11-29T23:00:00.000Z', ended: null }])
    const ended = run(state, { type: 'end-freeze', freezeId: FREEZE }).state
    expect(ended?.freezes[0]?.ended).not.toBeNull()
    expect(refusal(run(ended, { type: 'end-freeze', freezeId: FREEZE }).outcome)).toContain('over already')
    expect(refusal(run(added(), { ...freeze, to: freeze.from }).outcome)).toContain('ends before')
    expect(refusal(run(added(), { ...freeze, from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }).outcome)).toContain('over before')
    expect(refusal(run(added(), { ...freeze, to: '2027-11-02T00:00:00Z' }).outcome)).toContain('at most 120 days')
  })
})

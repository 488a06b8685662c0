import { describe, expect, it } from 'vitest'
import type { Actor, Membership } from '@/lib/domain/actor'
import type { Outcome } from '@/lib/domain/aggregate'
import { applyTemplate } from './apply'
import { unmetRules, type Signer } from './attainable'
import { templateCommand, templateContent } from './commands'
import { decideTemplate } from './decide'
import { differenceOf } from './difference'
import type { TemplateEvent } from './events'
import { ML_RELEASE, ML_RELEASE_ID, SHIPPED_TEMPLATES } from './shipped'
import { currentRevision, type TemplateState } from './state'
import type { GateTemplate } from './template'

const lead = (personId: string): Actor => ({ kind: 'person', personId, name: personId, memberships: [{ team: 'product', role: 'lead' }], isAdmin: false, delegatedBy: [] })
const { templateId: _id, revision: _revision, ...content } = ML_RELEASE

function run(state: TemplateState | null, words: unknown, actor: Actor = lead('pia')): { outcome: Outcome; state: TemplateState | null } {
  const outcome = decideTemplate(state, templateCommand.parse(words), { actor, now: '2026-11-22T10:00:00.000Z', id: ML_RELEASE_ID, teams: ['product', 'data-science', 'ops'] })
  if (!outcome.ok) return { outcome, state }
  const isMine = (event: { type: string }): event is TemplateEvent => event.type.length > 0
  let next = state
  for (const event of outcome.changes.flatMap((change) => change.events)) if (isMine(event)) next = applyTemplate(next, event)
  return { outcome, state: next }
}
const created = () => run(null, { type: 'create-template', content }, { kind: 'system', name: 'setup' }).state
const withGate = (id: string, change: (gate: GateTemplate) => GateTemplate) => ({ ...content, gates: content.gates.map((gate) => (gate.id === id ? change(gate) : gate)) })
const revise = (to: object, expects = 1) => ({ type: 'revise-template', expects, content: to, reason: 'learnt from CHURN-31' })
const refusal = (outcome: Outcome) => (outcome.ok ? 'accepted' : `${outcome.refusal.code}: ${outcome.refusal.message}`)

describe('templates', () => {
  it.each(SHIPPED_TEMPLATES.map((one) => [one.name, one] as const))('%s passes the edge unchanged', (_name, one) => {
    const { templateId: _templateId, revision: _rev, ...words } = one
    expect(templateContent.parse(words)).toEqual(words)
  })
  it('get a new revision at once when no sign-off rule changes', () => {
    const { state } = run(created(), revise(withGate('scope', (gate) => ({ ...gate, items: gate.items.slice(0, 5) }))))
    expect(state?.revisions).toHaveLength(2)
    expect(state && currentRevision(state).revision).toBe(2)
    expect(differenceOf(ML_RELEASE, state ? currentRevision(state) : ML_RELEASE).removedItems).toEqual(['1.6 Owners named in all three teams, and on-call'])
  })
  it('wait for a second person when a sign-off rule changes', () => {
    const proposed = run(created(), revise(withGate('canary', (gate) => ({ ...gate, rule: { teams: [{ team: 'ops', count: 2 }] } })))).state
    expect(proposed?.revisions).toHaveLength(1)
    expect(proposed?.proposal?.changedRules).toEqual(['Canary'])
    expect(refusal(run(proposed, { type: 'confirm-revision', revision: 2 }).outcome)).toContain('another lead or admin')
    expect(refusal(run(proposed, revise(content)).outcome)).toContain('waiting for its second person')
    const confirmed = run(proposed, { type: 'confirm-revision', revision: 2 }, lead('ola')).state
    expect(confirmed?.revisions.at(-1)).toMatchObject({ by: 'pia', confirmedBy: 'ola' })
    expect(run(proposed, { type: 'withdraw-revision' }).state?.proposal).toBeNull()
  })
  it('refuse an older base, a fault, an unknown team, and who may not', () => {
    const second = run(created(), revise(withGate('scope', (gate) => ({ ...gate, name: 'Scope' })))).state
    expect(refusal(run(second, revise(content)).outcome)).toContain('stale')
    expect(refusal(run(created(), revise({ ...content, gates: content.gates.slice(1) })).outcome)).toContain('which is not there')
    expect(refusal(run(created(), revise(withGate('scope', (gate) => ({ ...gate, ownerTeam: 'legal' })))).outcome)).toContain('no team “legal”')
    const member: Actor = { kind: 'person', personId: 'x', name: 'x', memberships: [{ team: 'ops', role: 'member' }], isAdmin: false, delegatedBy: [] }
    expect(refusal(run(created(), revise(content), member).outcome)).toContain('forbidden')
  })
})

describe('rules that members cannot meet', () => {
  const one = (id: string, ...teams: string[]): Signer => ({ id, memberships: teams.map((team): Membership => ({ team, role: 'member' })) })
  const numbers = (people: readonly Signer[], policy: 'strict' | 'small-team') => unmetRules(ML_RELEASE.gates, policy, people).map((unmet) => unmet.gateNumber)
  it('six people, two in each team, can meet all', () => {
    const six = [one('a', 'product'), one('b', 'product'), one('c', 'data-science'), one('d', 'data-science'), one('e', 'ops'), one('f', 'ops')]
    expect(numbers(six, 'strict')).toEqual([])
    expect(numbers(six, 'small-team')).toEqual([])
  })
  it('four people, one of them in two teams', () => {
    const four = [one('a', 'product'), one('b', 'product'), one('c', 'data-science', 'ops'), one('d', 'ops')]
    expect(numbers(four, 'small-team')).toEqual([])
    expect(numbers(four, 'strict')).toEqual([3])
  })
  it('two people who share the teams can release under small-team, not under strict', () => {
    const two = [one('a', 'product', 'data-science'), one('b', 'ops')]
    expect(numbers(two, 'small-team')).toEqual([])
    expect(numbers(two, 'strict')).toEqual([3, 8])
    expect(unmetRules(ML_RELEASE.gates, 'strict', two)[1]?.waysOut.join(' ')).toContain('small-team')
  })
  it('an empty team blocks its gates, and says how to get out', () => {
    const none = [one('a', 'product'), one('b', 'data-science'), one('c', 'data-science')]
    expect(numbers(none, 'small-team')).toEqual([4, 5, 6, 7, 8, 9, 10])
    expect(unmetRules(ML_RELEASE.gates, 'small-team', none, () => 'Ops')[0]).toMatchObject({ message: 'It needs 1 from Ops, which has nobody.' })
  })
})

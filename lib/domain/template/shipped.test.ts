import { describe, expect, it } from 'vitest'
import { HOT_FIX, LLM_RELEASE, ML_RELEASE, SHIPPED_TEMPLATES } from './shipped'
import { itemsForTier, type GateTemplate, type TemplateRevision } from './template'
import { faultsOf, unansweredTests } from './validate'

function gate(revision: TemplateRevision, id: string): GateTemplate {
  const found = revision.gates.find((one) => one.id === id)
  if (!found) throw new Error(`no gate ${id}`)
  return found
}
const ids = (one: GateTemplate) => one.items.map((item) => item.id)

describe('shipped templates', () => {
  it.each(SHIPPED_TEMPLATES.map((one) => [one.name, one] as const))('%s has no fault', (_, revision) => {
    expect(faultsOf(revision)).toEqual([])
  })

  it('asks each of the 28 tests of the ML Test Score, in the default and the LLM template', () => {
    expect(unansweredTests(ML_RELEASE.gates)).toEqual([])
    expect(unansweredTests(LLM_RELEASE.gates)).toEqual([])
  })

  it('covers all six themes', () => {
    const themes = new Set(ML_RELEASE.gates.flatMap((one) => one.items.map((item) => item.theme)))
    expect([...themes].sort()).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6'])
  })

  it('asks fewer lines at low risk than at high', () => {
    const counts = (tier: 'low' | 'medium' | 'high') => ML_RELEASE.gates.map((one) => itemsForTier(one, tier).length)
    expect(counts('low')).toEqual([6, 6, 4, 3, 11, 4, 5, 0, 8, 4, 6])
    expect(counts('medium')).toEqual([6, 9, 6, 4, 11, 5, 5, 0, 8, 4, 6])
    expect(counts('high')).toEqual([6, 9, 7, 5, 11, 6, 5, 0, 8, 4, 6])
  })

  it('stands on the needs, parts and rules that the product decided', () => {
    const table = ML_RELEASE.gates.map((one) => [one.number, one.needs.length, one.parts.join(' '), one.rule.teams.map((t) => `${t.team} ${t.count}`).join(' + ')])
    expect(table).toEqual([
      [1, 0, '', 'product 1'],
      [2, 1, 'data', 'data-science 1'],
      [3, 1, 'artefact data behaviour evaluation', 'data-science 2'],
      [4, 1, 'artefact code data', 'data-science 1 + ops 1'],
      [5, 1, 'artefact behaviour serving claim', 'ops 1'],
      [6, 1, 'artefact serving', 'ops 1 + data-science 1'],
      [7, 1, 'artefact serving last-stable', 'ops 1 + data-science 1'],
      [8, 7, 'artefact code data behaviour evaluation serving claim last-stable', 'product 1 + data-science 1 + ops 1'],
      [9, 1, 'artefact behaviour serving', 'ops 1'],
      [10, 1, 'artefact behaviour serving', 'ops 1 + product 1'],
      [11, 1, '', 'product 1'],
    ])
    expect(gate(ML_RELEASE, 'quality').smallTeamRule).toEqual({ teams: [{ team: 'data-science', count: 1 }], counterSignatures: 1 })
  })

  it('keeps the numbers of the default in the hot-fix, with latency and memory of gate 5 only', () => {
    expect(HOT_FIX.gates.map((one) => one.number)).toEqual([1, 3, 4, 5, 7, 8, 9, 10])
    expect(ids(gate(HOT_FIX, 'environment'))).toEqual(['5.6', '5.7'])
    expect(gate(HOT_FIX, 'quality').rule.teams).toEqual([{ team: 'data-science', count: 1 }])
    expect(gate(HOT_FIX, 'quality').smallTeamRule).toBeUndefined()
    expect(HOT_FIX.steps[0]?.soakMinutes).toBe(60)
    expect(HOT_FIX.deferred.every((one) => one.dueDays === 5)).toBe(true)
  })

  it('adds to the LLM template and takes nothing away', () => {
    for (const one of ML_RELEASE.gates) expect(ids(gate(LLM_RELEASE, one.id))).toEqual(expect.arrayContaining(ids(one)))
    expect(gate(LLM_RELEASE, 'reproducible').parts).toContain('behaviour')
  })
})

describe('faults of a template', () => {
  const [scope] = ML_RELEASE.gates
  it('names a need that is missing and a circle', () => {
    expect(faultsOf({ gates: ML_RELEASE.gates.slice(1), steps: ML_RELEASE.steps }).join(' ')).toContain('needs the gate “scope”')
    const circle = ML_RELEASE.gates.map((one) => (one.id === 'scope' ? { ...one, needs: ['follow-up'] } : one))
    expect(faultsOf({ gates: circle, steps: ML_RELEASE.steps })).toContain('The gates need one another in a circle.')
  })
  it('refuses a checklist without a decision, and steps that do not rise to full traffic', () => {
    expect(faultsOf({ gates: scope ? [scope] : [], steps: [] })).toEqual(expect.arrayContaining(['A template has exactly one decision gate.', 'A rollout has at least one step.']))
    expect(faultsOf({ gates: ML_RELEASE.gates, steps: [{ share: 50, soakMinutes: 1, minimumRequests: 1 }] })).toContain('The last rollout step is full traffic.')
  })
})

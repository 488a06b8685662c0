import { describe, expect, it } from 'vitest'
import { changesOf } from './changes'
import { mergeContent } from './merge'
import { circleBy } from './needs'
import { ML_RELEASE } from './shipped'
import type { TemplateContent, GateTemplate, ItemTemplate } from './template'

const { templateId: _id, revision: _revision, ...base } = ML_RELEASE
const team = (id: string) => id
const withGate = (content: TemplateContent, id: string, change: (gate: GateTemplate) => GateTemplate): TemplateContent => ({ ...content, gates: content.gates.map((gate) => (gate.id === id ? change(gate) : gate)) })
const withItem = (content: TemplateContent, id: string, change: (item: ItemTemplate) => ItemTemplate): TemplateContent => ({ ...content, gates: content.gates.map((gate) => ({ ...gate, items: gate.items.map((item) => (item.id === id ? change(item) : item)) })) })
const titled = (id: string, title: string) => (content: TemplateContent) => withItem(content, id, (item) => ({ ...item, title }))
const without = (id: string) => (content: TemplateContent): TemplateContent => ({ ...content, gates: content.gates.map((gate) => ({ ...gate, items: gate.items.filter((item) => item.id !== id) })) })

describe('two people at one template', () => {
  it.each([
    ['different lines', titled('1.1', 'mine'), titled('1.2', 'theirs'), [], ['1.1 mine', '1.2 theirs']],
    ['the same line in the same way', titled('1.1', 'x'), titled('1.1', 'x'), [], ['1.1 x']],
    ['the same line differently', titled('1.1', 'mine'), titled('1.1', 'theirs'), ['1.1 mine'], ['1.1 mine']],
    ['a line and its gate', titled('1.1', 'mine'), (content: TemplateContent) => withGate(content, 'scope', (gate) => ({ ...gate, name: 'Aim' })), [], ['1.1 mine', '1. Aim']],
    ['a line that the other took out', titled('1.1', 'mine'), without('1.1'), ['1.1 mine'], ['1.1 mine']],
    ['a line that both took out', without('1.1'), without('1.1'), [], []],
  ] as const)('%s', (_name, mine, theirs, both, changed) => {
    const merged = mergeContent(base, mine(base), theirs(base), 'mine')
    expect(merged.both).toEqual(both)
    const said = changesOf(base, merged.content, team).map((change) => change.where)
    for (const one of changed) expect(said).toContain(one)
  })
  it('takes the other side where that is asked for', () => {
    const merged = mergeContent(base, titled('1.1', 'mine')(titled('2.1', 'own')(base)), titled('1.1', 'theirs')(base), 'theirs')
    expect(changesOf(base, merged.content, team).map((change) => change.after)).toEqual(['theirs', 'own'])
  })
  it('puts what the other added where it stood there', () => {
    const extra: ItemTemplate = { id: '1.9', title: 'new', hint: '', kind: 'check', minTier: 'low', isRequired: true, allowsNotApplicable: false, rubric: [], theme: 'T6' }
    const theirs = withGate(base, 'scope', (gate) => ({ ...gate, items: gate.items.flatMap((item) => (item.id === '1.2' ? [item, extra] : [item])) }))
    expect(mergeContent(base, without('1.3')(base), theirs, 'mine').content.gates[0]?.items.map((item) => item.id)).toEqual(['1.1', '1.2', '1.9', '1.4', '1.5', '1.6'])
  })
})

describe('the difference in words', () => {
  it('names each field before and after', () => {
    const other = withItem(withGate(base, 'quality', (gate) => ({ ...gate, needs: ['scope'], parts: ['data'], rule: { teams: [{ team: 'ops', count: 1 }] } })), '5.6', (item) => (item.kind === 'metric' ? { ...item, metric: { ...item.metric, test: { kind: 'burn-rate', objective: 0.999, factor: 14.4, longSeconds: 3600, shortSeconds: 300, minRequests: 100 } } } : item))
    const changes = changesOf(base, other, team)
    expect(changes.map((change) => `${change.where}: ${change.what}`)).toEqual(['3. Model quality: signed by', '3. Model quality: needs', '3. Model quality: rests on', '5.6 Staging p95 latency: asks'])
    expect(changes[0]).toMatchObject({ before: '2 data-science', after: '1 ops' })
    expect(changes[3]?.after).toContain('the error budget of 99.9 % is spent at most 14.4 times')
    expect(changesOf(base, base, team)).toEqual([])
  })
})

describe('needs between gates', () => {
  it('are refused in a circle, with the way that it takes', () => {
    expect(circleBy(base.gates, 'scope', 'scope')).toContain('itself')
    expect(circleBy(base.gates, 'scope', 'data')).toBe('Gate 2 needs gate 1 already.')
    expect(circleBy(base.gates, 'scope', 'rollback')).toBe('Gate 7 needs gate 1 already, by way of 4, 2.')
    expect(circleBy(base.gates, 'rollback', 'quality')).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { templateContent } from '@/lib/domain/template/commands'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import { STARTER } from '@/lib/domain/template/starter'
import type { ItemKind } from '@/lib/domain/template/template'
import { faultsOf } from '@/lib/domain/template/validate'
import { addGate, addItem, changeGate, changePhase, moved, moveItem, numberAnew, ofKind, removeGate, removeItem, withCount } from './edit-gates'

const { gates, steps } = ML_RELEASE
const ids = (all: typeof gates) => all.map((gate) => gate.id)

describe('the editor of a template', () => {
  it('never gives the number of a line again, and says when nobody signs', () => {
    const less = removeItem(gates, 'scope', '1.6')
    expect(addItem(less, gates, 'scope', 'check', 'New').flatMap((gate) => gate.items).find((one) => one.id === '1.7')).toMatchObject({ title: 'New', kind: 'check' })
    const none = changeGate(gates, 'scope', (gate) => ({ ...gate, rule: withCount(gate.rule, 'product', 0) }))
    expect(faultsOf({ gates: none, steps })).toContain('Gate 1 asks nobody for a sign-off.')
  })
  it.each<ItemKind>(['check', 'evidence', 'value', 'metric', 'computed'])('makes a line of the kind %s that passes the edge, new or out of another', (kind) => {
    const added = addItem(gates, gates, 'scope', kind, 'New')
    const changed = added.map((gate) => ({ ...gate, items: gate.items.map((item) => (item.id === '5.6' ? ofKind(item, kind) : item)) }))
    const content = { name: 'x', purpose: '', gates: changed, steps, deferred: [] }
    expect(templateContent.parse(content)).toEqual(content)
    expect(changed.flatMap((gate) => gate.items).find((item) => item.id === '5.6')).toMatchObject({ kind, title: 'Staging p95 latency', rubric: ['O6'] })
  })
  it('moves gates and lines, which keep their numbers, and numbers them anew when asked', () => {
    expect(ids(moved(gates, 1, 0)).slice(0, 3)).toEqual(['data', 'scope', 'quality'])
    expect(moved(gates, 3, 3)).toBe(gates)
    expect(moveItem(gates, 'scope', 0, 2)[0]?.items.map((item) => item.id)).toEqual(['1.2', '1.3', '1.1', '1.4', '1.5', '1.6'])
    const anew = numberAnew(moved(gates, 1, 0))
    expect(anew.map((gate) => gate.number)).toEqual(gates.map((_, at) => at + 1))
    expect(faultsOf({ gates: anew, steps })).toEqual([])
  })
  it('adds a gate before the decision, which then needs it, and takes one out of what others need', () => {
    const { gates: more, id } = addGate(gates, gates, 'Legal  review', 'product')
    expect(ids(more)[7]).toBe(id)
    expect(faultsOf({ gates: more, steps })).toEqual([])
    expect(addGate(more, gates, 'Legal review', 'product').id).toBe('legal-review-2')
    expect(faultsOf({ gates: removeGate(gates, 'data'), steps })).toEqual([])
    expect(faultsOf({ gates: removeGate(gates, 'decision'), steps })).toContain('A template has exactly one decision gate.')
  })
  it('knows the decision by where a gate stands', () => {
    const late = changePhase(changePhase(gates, 'decision', 'before-decision'), 'rollback', 'decision')
    expect(late.filter((gate) => gate.isDecision === true).map((gate) => [gate.id, gate.needs.includes('decision')])).toEqual([['rollback', true]])
  })
  it('begins a new template with what releases can begin with', () => {
    expect(faultsOf(STARTER)).toEqual([])
    expect(templateContent.safeParse({ ...STARTER, name: 'x' }).success).toBe(true)
  })
})

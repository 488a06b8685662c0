import { describe, expect, it } from 'vitest'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import { faultsOf } from '@/lib/domain/template/validate'
import { addItem, changeCount, changeLimit, limitOf, removeItem } from './edit-gates'

const { gates } = ML_RELEASE
const item = (all: typeof gates, id: string) => all.flatMap((gate) => gate.items).find((one) => one.id === id)

describe('the editor of a template', () => {
  it.each([['2.5', 20, 'At most, days'], ['3.7', null, 'At least, score'], ['2.8', 86_400, 'At most, s']] as const)('shows the limit of %s and changes it alone', (id, value, words) => {
    const line = item(gates, id)
    expect(line && limitOf(line)).toEqual({ value, words })
    const gateId = gates.find((gate) => gate.items.some((one) => one.id === id))?.id ?? ''
    const next = changeLimit(gates, gateId, id, 7)
    const changed = item(next, id)
    expect(changed && limitOf(changed)?.value).toBe(7)
    expect(next.flatMap((gate) => gate.items).filter((one, index) => one !== gates.flatMap((gate) => gate.items)[index]).map((one) => one.id)).toEqual([id])
  })
  it('has no limit for lines without a number', () => {
    for (const id of ['1.1', '1.2', '2.7', '5.1']) {
      const line = item(gates, id)
      expect(line && limitOf(line)).toBeNull()
    }
  })
  it('never gives a number again, and says when nobody signs', () => {
    const less = removeItem(gates, 'scope', '1.6')
    expect(addItem(less, gates, 'scope', 'check', 'New').flatMap((gate) => gate.items).some((one) => one.id === '1.7')).toBe(true)
    expect(faultsOf({ gates: changeCount(gates, 'scope', 'product', 0), steps: ML_RELEASE.steps })).toContain('Gate 1 asks nobody for a sign-off.')
  })
})

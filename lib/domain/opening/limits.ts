/** The lines of a template whose target or limit whoever opens a release says, as its form asks them. */
import type { OpeningLimit } from '@/lib/domain/opening/view'
import { asksLimit, type GateTemplate } from '@/lib/domain/template/template'

/** In: the gates. Out: one entry per line, in their order, with the unit and direction of its number. */
export function openingLimits(gates: readonly GateTemplate[]): readonly OpeningLimit[] {
  return gates.flatMap((gate) => gate.items).filter(asksLimit).flatMap((item): readonly OpeningLimit[] => {
    const base = { itemId: item.id, title: item.title, hint: item.hint, minTier: item.minTier }
    if (item.kind === 'value' && item.value.direction !== 'record') return [{ ...base, unit: item.value.unit, direction: item.value.direction }]
    return item.kind === 'metric' ? [{ ...base, unit: item.metric.rule.unit, direction: item.metric.rule.comparison }] : []
  })
}

/** Changes to the gates of a template that its editor makes; each returns new gates and leaves the old ones as they are. */
import { check, evidence } from '@/lib/domain/template/item-forms'
import type { GateTemplate, ItemTemplate } from '@/lib/domain/template/template'

type Gates = readonly GateTemplate[]

function withGate(gates: Gates, gateId: string, change: (gate: GateTemplate) => GateTemplate): Gates {
  return gates.map((gate) => (gate.id === gateId ? change(gate) : gate))
}

/** Changes one line. */
export function changeItem(gates: Gates, gateId: string, itemId: string, patch: Partial<Pick<ItemTemplate, 'title' | 'isRequired' | 'minTier' | 'allowsNotApplicable'>>): Gates {
  return withGate(gates, gateId, (gate) => ({ ...gate, items: gate.items.map((item) => (item.id === itemId ? { ...item, ...patch } : item)) }))
}

/** The target of a value or the limit of a metric; `null` for lines without one. */
export function limitOf(item: ItemTemplate): { readonly value: number | null; readonly words: string } | null {
  if (item.kind === 'value' && item.value.direction !== 'record') return { value: item.value.target, words: `${item.value.direction === 'at-most' ? 'At most' : 'At least'}, ${item.value.unit}` }
  if (item.kind === 'metric') return { value: item.metric.rule.threshold, words: `${item.metric.rule.comparison === 'at-most' ? 'At most' : 'At least'}, ${item.metric.rule.unit}` }
  return null
}

/** Sets it; `null`: whoever opens a release says it. */
export function changeLimit(gates: Gates, gateId: string, itemId: string, limit: number | null): Gates {
  return withGate(gates, gateId, (gate) => ({
    ...gate,
    items: gate.items.map((item): ItemTemplate => {
      if (item.id !== itemId) return item
      if (item.kind === 'value') return { ...item, value: { ...item.value, target: limit } }
      return item.kind === 'metric' ? { ...item, metric: { ...item.metric, rule: { ...item.metric.rule, threshold: limit } } } : item
    }),
  }))
}

export function removeItem(gates: Gates, gateId: string, itemId: string): Gates {
  return withGate(gates, gateId, (gate) => ({ ...gate, items: gate.items.filter((item) => item.id !== itemId) }))
}

/** Adds a line with the next number that no line of the gate has had in these gates or in those it began with. */
export function addItem(gates: Gates, before: Gates, gateId: string, kind: 'check' | 'evidence', title: string): Gates {
  const numbers = [...gates, ...before].filter((gate) => gate.id === gateId).flatMap((gate) => gate.items.map((item) => Number(item.id.split('.')[1])))
  return withGate(gates, gateId, (gate) => {
    const id = `${gate.number}.${Math.max(0, ...numbers) + 1}`
    const make = kind === 'check' ? check : evidence
    return { ...gate, items: [...gate.items, make(id, 'T6', title, '')] }
  })
}

/** How many of a team must sign; zero takes the team out of the rule. */
export function changeCount(gates: Gates, gateId: string, team: string, count: number): Gates {
  return withGate(gates, gateId, (gate) => {
    const others = gate.rule.teams.filter((one) => one.team !== team)
    return { ...gate, rule: { ...gate.rule, teams: count > 0 ? [...others, { team, count }] : others } }
  })
}

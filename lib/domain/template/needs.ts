/** Tells which needs between gates would run in a circle, and through which gates. */
import type { GateTemplate } from './template'

/** In: the gates, one of them, and the gate that it would need. Out: why it cannot, in words, or null. */
export function circleBy(gates: readonly GateTemplate[], gateId: string, needId: string): string | null {
  if (gateId === needId) return 'A gate cannot need itself.'
  const path = pathOfNeeds(gates, needId, gateId)
  if (!path) return null
  const numbers = path.map((id) => gates.find((gate) => gate.id === id)?.number ?? id)
  return numbers.length === 2 ? `Gate ${numbers[0]} needs gate ${numbers[1]} already.` : `Gate ${numbers[0]} needs gate ${numbers.at(-1)} already, by way of ${numbers.slice(1, -1).join(', ')}.`
}

/** The gates from one to another along needs, both ends included; null when it does not need it. */
function pathOfNeeds(gates: readonly GateTemplate[], from: string, to: string, seen: ReadonlySet<string> = new Set()): readonly string[] | null {
  if (seen.has(from)) return null
  for (const need of gates.find((gate) => gate.id === from)?.needs ?? []) {
    if (need === to) return [from, to]
    const further = pathOfNeeds(gates, need, to, new Set([...seen, from]))
    if (further) return [from, ...further]
  }
  return null
}

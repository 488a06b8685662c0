/** What a revision adds, removes and changes beside another one, as a reader is told before adopting it. */
import type { GateTemplate, SignOffRule, TemplateRevision } from './template'

export interface TemplateDifference {
  readonly addedGates: readonly string[]
  readonly removedGates: readonly string[]
  /** Lines as "5.3 Load test at peak with margin". */
  readonly addedItems: readonly string[]
  readonly removedItems: readonly string[]
  readonly changedItems: readonly string[]
  /** Names of the gates whose sign-off rule differs. */
  readonly changedRules: readonly string[]
}

/** In: the older and the newer revision. Out: what differs, in the order of the newer one. */
export function differenceOf(older: Pick<TemplateRevision, 'gates'>, newer: Pick<TemplateRevision, 'gates'>): TemplateDifference {
  const items = (gates: readonly GateTemplate[]) => new Map(gates.flatMap((gate) => gate.items.map((item) => [item.id, item] as const)))
  const before = items(older.gates)
  const after = items(newer.gates)
  const words = (item: { readonly id: string; readonly title: string }) => `${item.id} ${item.title}`
  return {
    addedGates: newer.gates.filter((gate) => !older.gates.some((one) => one.id === gate.id)).map((gate) => gate.name),
    removedGates: older.gates.filter((gate) => !newer.gates.some((one) => one.id === gate.id)).map((gate) => gate.name),
    addedItems: [...after.values()].filter((item) => !before.has(item.id)).map(words),
    removedItems: [...before.values()].filter((item) => !after.has(item.id)).map(words),
    changedItems: [...after.values()].filter((item) => { const old = before.get(item.id); return old !== undefined && marked(old) !== marked(item) }).map(words),
    changedRules: changedRules(older, newer),
  }
}

/** Names of gates whose sign-off rule differs, among them gates that only one of the two has. */
export function changedRules(older: Pick<TemplateRevision, 'gates'>, newer: Pick<TemplateRevision, 'gates'>): readonly string[] {
  const names: string[] = []
  for (const gate of newer.gates) {
    const before = older.gates.find((one) => one.id === gate.id)
    if (!before || rules(before) !== rules(gate)) names.push(gate.name)
  }
  for (const gate of older.gates) if (!newer.gates.some((one) => one.id === gate.id)) names.push(gate.name)
  return names
}

function rules(gate: GateTemplate): string {
  return marked([ruleWords(gate.rule), gate.smallTeamRule ? ruleWords(gate.smallTeamRule) : null])
}

function ruleWords(rule: SignOffRule) {
  return [rule.teams.map((one) => `${one.team} ${one.count}`).toSorted(), rule.counterSignatures ?? 0, rule.chair ?? null]
}

/** Equal values give equal text, whatever the order of their members. */
function marked(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part))
}

/** Changes to the gates of a template that its editor makes; each returns new gates and leaves the old ones as they are. */
import { atMost, check, computed, evidence, inStaging, metric, value } from '@/lib/domain/template/item-forms'
import type { GatePhase, GateTemplate, ItemKind, ItemTemplate, SignOffRule } from '@/lib/domain/template/template'

type Gates = readonly GateTemplate[]

/** Changes one gate. */
export function changeGate(gates: Gates, gateId: string, change: (gate: GateTemplate) => GateTemplate): Gates {
  return gates.map((gate) => (gate.id === gateId ? change(gate) : gate))
}

/** Changes one line. */
export function changeItem(gates: Gates, gateId: string, itemId: string, change: (item: ItemTemplate) => ItemTemplate): Gates {
  return changeGate(gates, gateId, (gate) => ({ ...gate, items: gate.items.map((item) => (item.id === itemId ? change(item) : item)) }))
}

/** The same line of another kind: its words stay, and what it asks begins with what is usual. */
export function ofKind(item: ItemTemplate, kind: ItemKind): ItemTemplate {
  if (item.kind === kind) return item
  const { id, title, hint, minTier, isRequired, allowsNotApplicable, rubric, theme, ownerTeam, inShort, titleWithoutBaseline } = item
  const words = {
    id, title, hint, minTier, isRequired, allowsNotApplicable, rubric, theme,
    ...(ownerTeam === undefined ? {} : { ownerTeam }), ...(inShort === undefined ? {} : { inShort }), ...(titleWithoutBaseline === undefined ? {} : { titleWithoutBaseline }),
  }
  switch (kind) {
    case 'value': return { ...words, kind, value: { unit: '', target: null, direction: 'at-least' } }
    case 'metric': return { ...words, kind, metric: inStaging('latency-p95', atMost(0.25, 's')) }
    case 'computed': return { ...words, kind, computed: 'observed-against-declared' }
    default: return { ...words, kind }
  }
}

export function removeItem(gates: Gates, gateId: string, itemId: string): Gates {
  return changeGate(gates, gateId, (gate) => ({ ...gate, items: gate.items.filter((item) => item.id !== itemId) }))
}

/** The next number that no line of the gate has had in these gates or in those it began with. */
function nextItemId(gates: Gates, before: Gates, gateId: string): string {
  const numbers = [...gates, ...before].filter((gate) => gate.id === gateId).flatMap((gate) => gate.items.map((item) => Number(item.id.split('.')[1])))
  return `${gates.find((gate) => gate.id === gateId)?.number ?? 1}.${Math.max(0, ...numbers) + 1}`
}

/** Adds a line at the end of a gate. */
export function addItem(gates: Gates, before: Gates, gateId: string, kind: ItemKind, title: string): Gates {
  const id = nextItemId(gates, before, gateId)
  return changeGate(gates, gateId, (gate) => ({ ...gate, items: [...gate.items, made(kind, id, title)] }))
}

function made(kind: ItemKind, id: string, title: string): ItemTemplate {
  // Short titles belong to the shipped lines of these numbers, not to a line of one's own.
  const { inShort: _short, ...item } = kind === 'check' ? check(id, 'T6', title, '') : kind === 'evidence' ? evidence(id, 'T6', title, '') : kind === 'value' ? value(id, 'T6', title, '', { unit: '', target: null, direction: 'at-least' })
    : kind === 'metric' ? metric(id, 'T3', title, '', inStaging('latency-p95', atMost(0.25, 's'))) : computed(id, 'T1', title, '', 'observed-against-declared')
  return item
}

/** Takes something out of a list and puts it in at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const one = list[from]
  const place = Math.max(0, Math.min(list.length - 1, to))
  if (one === undefined || from === place) return list
  const rest = list.filter((_, at) => at !== from)
  return [...rest.slice(0, place), one, ...rest.slice(place)]
}

/** Moves a line within its gate; it keeps its number, by which releases know it. */
export function moveItem(gates: Gates, gateId: string, from: number, to: number): Gates {
  return changeGate(gates, gateId, (gate) => ({ ...gate, items: moved(gate.items, from, to) }))
}

/** Adds a gate before the decision (or at the end where there is none), which then needs it; it has the next number that is free. */
export function addGate(gates: Gates, before: Gates, name: string, ownerTeam: string): { readonly gates: Gates; readonly id: string } {
  const taken = new Set([...gates, ...before].map((gate) => gate.id))
  const slug = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^[^a-z]+|-+$/gu, '').slice(0, 34).replace(/-+$/u, '') || 'gate'
  let id = slug
  for (let again = 2; taken.has(id); again += 1) id = `${slug}-${again}`
  const number = Math.max(0, ...[...gates, ...before].map((gate) => gate.number)) + 1
  const gate: GateTemplate = { id, number: Math.min(number, 40), name, shortName: name.slice(0, 16).trim(), ownerTeam, rule: { teams: [{ team: ownerTeam, count: 1 }] }, needs: [], parts: ['artefact'], isEnvironmentBound: false, phase: 'before-decision', items: [] }
  const at = gates.findIndex((one) => one.isDecision === true)
  const list = at === -1 ? [...gates, gate] : [...gates.slice(0, at), gate, ...gates.slice(at)]
  return { gates: list.map((one) => (one.isDecision === true ? { ...one, needs: [...one.needs, id] } : one)), id }
}

/** Takes a gate out, and out of what others need. */
export function removeGate(gates: Gates, gateId: string): Gates {
  return gates.filter((gate) => gate.id !== gateId).map((gate) => (gate.needs.includes(gateId) ? { ...gate, needs: gate.needs.filter((need) => need !== gateId) } : gate))
}

/** Says where a gate stands; the one that decides is known by it, and needs all that stand before it. */
export function changePhase(gates: Gates, gateId: string, phase: GatePhase): Gates {
  const placed = changeGate(gates, gateId, ({ isDecision: _was, ...gate }) => ({ ...gate, phase, ...(phase === 'decision' ? { isDecision: true } : {}) }))
  const before = placed.filter((gate) => gate.phase === 'before-decision').map((gate) => gate.id)
  return placed.map((gate) => (gate.isDecision === true ? { ...gate, needs: [...gate.needs, ...before.filter((id) => !gate.needs.includes(id))] } : gate))
}

/** Gates numbered by their order, and their lines with them: for releases in flight these are other lines. */
export function numberAnew(gates: Gates): Gates {
  return gates.map((gate, at) => ({ ...gate, number: at + 1, items: gate.items.map((item, line) => ({ ...item, id: `${at + 1}.${line + 1}` })) }))
}

/** How many of a team must sign; zero takes the team out of the rule. The order of teams stays. */
export function withCount(rule: SignOffRule, team: string, count: number): SignOffRule {
  const has = rule.teams.some((one) => one.team === team)
  const teams = count > 0 ? (has ? rule.teams.map((one) => (one.team === team ? { team, count } : one)) : [...rule.teams, { team, count }]) : rule.teams.filter((one) => one.team !== team)
  const { chair, ...rest } = rule
  return { ...rest, teams, ...(chair !== undefined && teams.some((one) => one.team === chair) ? { chair } : {}) }
}

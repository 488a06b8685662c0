/** Finds what makes a template unusable: doubled numbers, needs that are missing or run in a circle, a checklist without a decision. */
import { RUBRIC_CODES, type GateTemplate, type TemplateRevision } from './template'

/** In: a revision. Out: one sentence for each fault, none when releases can begin on it. */
export function faultsOf(revision: Pick<TemplateRevision, 'gates' | 'steps'>): readonly string[] {
  const { gates, steps } = revision
  const faults: string[] = []
  const ids = new Set(gates.map((gate) => gate.id))
  if (ids.size !== gates.length) faults.push('Two gates have the same id.')
  if (new Set(gates.map((gate) => gate.number)).size !== gates.length) faults.push('Two gates have the same number.')
  const itemIds = gates.flatMap((gate) => gate.items.map((item) => item.id))
  for (const id of new Set(itemIds.filter((id, index) => itemIds.indexOf(id) !== index))) faults.push(`Item ${id} stands twice.`)
  for (const gate of gates) {
    for (const need of gate.needs) if (!ids.has(need)) faults.push(`Gate ${gate.number} needs the gate “${need}”, which is not there.`)
    if (gate.rule.teams.length === 0 || gate.rule.teams.some((entry) => entry.count < 1)) faults.push(`Gate ${gate.number} asks nobody for a sign-off.`)
    for (const item of gate.items) if (!item.id.startsWith(`${gate.number}.`)) faults.push(`Item ${item.id} does not carry the number of gate ${gate.number}.`)
  }
  if (hasCircle(gates)) faults.push('The gates need one another in a circle.')
  faults.push(...faultsOfDecision(gates), ...faultsOfSteps(steps))
  return faults
}

function faultsOfDecision(gates: readonly GateTemplate[]): readonly string[] {
  const decisions = gates.filter((gate) => gate.isDecision === true)
  const [decision] = decisions
  if (!decision || decisions.length > 1) return ['A template has exactly one decision gate.']
  const missing = gates.filter((gate) => gate.phase === 'before-decision' && !decision.needs.includes(gate.id))
  const finals = gates.filter((gate) => gate.phase === 'final')
  return [
    ...missing.map((gate) => `The decision does not need gate ${gate.number}, which stands before it.`),
    ...(finals.length === 1 ? [] : ['A template has exactly one final gate, which sets the last stable version.']),
  ]
}

function faultsOfSteps(steps: TemplateRevision['steps']): readonly string[] {
  const last = steps.at(-1)
  if (!last) return ['A rollout has at least one step.']
  const rises = steps.every((step, index) => index === 0 || step.share > (steps[index - 1]?.share ?? 0))
  return [
    ...(steps.every((step) => step.share > 0 && step.share <= 100) && rises ? [] : ['Shares of the rollout steps rise, above 0 % and up to 100 %.']),
    ...(last.share === 100 ? [] : ['The last rollout step is full traffic.']),
  ]
}

function hasCircle(gates: readonly GateTemplate[]): boolean {
  const done = new Set<string>()
  let left = gates
  while (left.length > 0) {
    const next = left.filter((gate) => !gate.needs.every((need) => done.has(need) || !gates.some((other) => other.id === need)))
    if (next.length === left.length) return true
    for (const gate of left) if (!next.includes(gate)) done.add(gate.id)
    left = next
  }
  return false
}

/** Rubric tests that no line of the template answers, in the paper's order. */
export function unansweredTests(gates: readonly GateTemplate[]): readonly string[] {
  const answered = new Set<string>(gates.flatMap((gate) => gate.items.flatMap((item) => item.rubric)))
  return RUBRIC_CODES.filter((code) => !answered.has(code))
}

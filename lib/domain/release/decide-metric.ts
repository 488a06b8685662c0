/** Rules for changing the whole measurement of a metric item: who may, what cannot be measured, and what asks less and waits for a second team (PRODUCT rule 11). */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { same } from '@/lib/domain/same'
import { freeText } from '@/lib/domain/text'
import { askOfSpec } from '@/lib/domain/verdict/ask-spec'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { writesOwnQuery } from '@/lib/domain/verdict/own-queries'
import { specAsksLess } from '@/lib/domain/verdict/spec-ease'
import { specProblems } from '@/lib/domain/verdict/spec-problems'
import type { CommandOf } from './commands'
import { specOfItem } from './measured'
import { forbidden, happened, type Line, type Ruling } from './ruling'
import type { ItemState, Proposal } from './state'

/** Whether the change asks less than before; without a limit before, nothing was asked yet, unless something else is measured from now on. */
function asksLess(item: ItemState, before: MetricSpec | null, after: MetricSpec): boolean {
  if (before) return specAsksLess(before, after)
  return !(after.query.kind === 'signal' && after.query.signal === item.metric?.presetRole)
}

/**
 * Decides `change-metric`. Refused: items that are not measured, a snapshot made standing or the reverse, what cannot be measured (in words),
 * own PromQL by somebody who is neither lead nor admin, and a second change while one waits. Asking less becomes a proposal.
 */
export function decideMetric(ruling: Ruling, line: Line, command: CommandOf<'change-metric'>): Outcome {
  const { item } = line
  const { state } = ruling
  const { spec, isRequired } = command
  if (!item.metric) return refuse('invalid', `Item ${item.id} is not measured.`)
  if (state.stableAt && state.template.gates.find((gate) => gate.id === item.gateId)?.phase !== 'follow-up') return refuse('closed', 'The release is stable; what it was judged on stays as it was.')
  if (spec.kind !== item.metric.mode) return refuse('invalid', `Item ${item.id} is a ${item.metric.mode} item in this checklist; that is changed in the template.`)
  const problem = specProblems(spec)[0]
  if (problem) return refuse('invalid', problem.message)
  const before = specOfItem(item)
  if (same(before, spec) && isRequired === item.isRequired) return refuse('exists', 'It is asked in this way already.')
  if (writesOwnQuery([spec], [before])) {
    const no = forbidden(ruling, 'release.own-query')
    if (no) return no
  }
  const change = { itemId: item.id, isRequired, metric: askOfSpec(item.metric, spec), ask: item.ask, query: spec.query.kind === 'promql' ? spec.query.promql : null, spec }
  const reason = freeText(command.reason)
  if (!(item.isRequired && !isRequired) && !asksLess(item, before, spec)) return happened(ruling, { type: 'item-changed', ...change, reason })
  if (state.proposals.some((one) => one.change.kind === 'item' && one.change.itemId === item.id)) return refuse('exists', 'A change of this item waits for a second team already.')
  const proposal: Proposal = {
    id: ruling.freshId(`proposal-${item.id}`), reason, by: ruling.by, at: ruling.at,
    byTeams: ruling.actor.kind === 'person' ? ruling.actor.memberships.map((membership) => membership.team) : [], change: { kind: 'item', ...change },
  }
  return happened(ruling, { type: 'change-proposed', proposal })
}

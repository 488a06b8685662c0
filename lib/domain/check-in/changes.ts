/** Says what changed on a release since an instant, in few words: what a person would report at a check-in. Pure. */
import { isPassed } from '@/lib/domain/release/gate-standing'
import type { ReleaseReading } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'

/** In: the release, its reading, the instant. Out: clauses, the most important first; empty when nothing happened that others should hear. */
export function changesOf(state: ReleaseState, reading: ReleaseReading, since: string): readonly string[] {
  const isNew = (at: string | null | undefined) => at !== null && at !== undefined && at > since
  const said: string[] = []
  if (state.end && isNew(state.end.at)) said.push(state.end.kind.replace('-', ' '))
  if (!state.end && isNew(state.stableAt)) said.push('reached stable')
  if (isNew(state.openedAt)) said.push('opened')
  const replaced = state.previousCandidates.filter((one) => isNew(one.replacedAt)).length
  if (replaced > 0) said.push(`candidate replaced by ${state.candidate.label}`)
  const steps = (state.rollout?.doneSteps ?? []).filter((step) => isNew(step.soakedAt)).map((step) => `${state.steps[step.index]?.share ?? 0} %`)
  if (isNew(state.rollout?.startedAt)) said.push('rollout started')
  if (steps.length > 0) said.push(`soaked at ${steps.join(', ')}`)
  const passed = reading.gates.filter((standing) => isPassed(standing) && standing.valid.some((signOff) => isNew(signOff.at))).map((standing) => standing.gate.number)
  if (passed.length > 0) said.push(`${passed.length === 1 ? 'gate' : 'gates'} ${passed.join(', ')} passed`)
  const decided = state.decisions.filter((decision) => isNew(decision.at)).map((decision) => `D-${decision.number} ${decision.kind.replaceAll('-', ' ')}`)
  if (decided.length > 0) said.push(decided.slice(-3).join(', '))
  return said
}

/** What happened to a release, for the time axis of its charts: judgements, steps of the rollout, holds, ways back. */
import type { PanelMark } from '@/lib/domain/preset/panel-view'
import type { Decision, ReleaseState } from './state'

const DECISIONS: Readonly<Record<Decision['kind'], { readonly kind: PanelMark['kind']; readonly words: string }>> = {
  go: { kind: 'decision', words: 'go' }, 'go-with-conditions': { kind: 'decision', words: 'go with conditions' }, 'no-go': { kind: 'decision', words: 'no-go' }, defer: { kind: 'decision', words: 'deferred' },
  choice: { kind: 'decision', words: 'choice' }, exception: { kind: 'decision', words: 'exception' }, cancel: { kind: 'decision', words: 'cancelled' },
  hold: { kind: 'hold', words: 'hold' }, resume: { kind: 'hold', words: 'resumed' }, 'roll-back': { kind: 'roll-back', words: 'roll-back' },
}

const seconds = (iso: string) => Math.round(Date.parse(iso) / 1000)

function signOffs(state: ReleaseState): readonly PanelMark[] {
  return state.template.gates.flatMap((gate) => (state.gates[gate.id]?.signOffs ?? []).flatMap((one): PanelMark[] => {
    if (one.withdrawn) return []
    const by = one.teams.map((team) => team.replaceAll('-', ' ')).join(' and ')
    return [{ at: seconds(one.at), kind: 'sign-off', label: `gate ${gate.number} ${gate.shortName}${by === '' ? ', counter-signed' : `, signed for ${by}`}` }]
  }))
}

function rollout(state: ReleaseState): readonly PanelMark[] {
  const { rollout: moving, steps, rollBack } = state
  const share = (index: number) => `${steps[index]?.share ?? 0} %`
  return [
    ...(moving ? [{ at: seconds(moving.startedAt), kind: 'rollout', label: 'rollout starts' } as const] : []),
    ...(moving?.doneSteps ?? []).map((step) => ({ at: seconds(step.liveAt), kind: 'step', label: `${share(step.index)} live` } as const)),
    ...(moving?.stepLiveAt && !moving.doneSteps.some((step) => step.index === moving.stepIndex) ? [{ at: seconds(moving.stepLiveAt), kind: 'step', label: `${share(moving.stepIndex)} live` } as const] : []),
    ...(moving?.standingDown ? [{ at: seconds(moving.standingDown.at), kind: 'roll-back', label: 'standing down' } as const] : []),
    // The decision says that it was ordered; this is when it was seen done.
    ...(rollBack?.confirmed ? [{ at: seconds(rollBack.confirmed.at), kind: 'roll-back', label: 'rolled back' } as const] : []),
    ...(state.stableAt ? [{ at: seconds(state.stableAt), kind: 'stable', label: 'stable' } as const] : []),
  ]
}

/** Alerts by their names, which are labels of the alerting rule. */
function alerts(state: ReleaseState): readonly PanelMark[] {
  return (state.alerts ?? []).flatMap((one): PanelMark[] => [
    { at: seconds(one.startsAt), kind: 'alert', label: `alert ${one.name}` }, ...(one.endsAt === null ? [] : [{ at: seconds(one.endsAt), kind: 'alert' as const, label: `${one.name} resolved` }]),
  ])
}

/** The marks of a release in the order of time. Labels name gates, teams and shares, no people and no free text, so that nothing has to be revealed. */
export function marksOf(state: ReleaseState): readonly PanelMark[] {
  const decided = state.decisions.map((one): PanelMark => ({ at: seconds(one.at), kind: DECISIONS[one.kind].kind, label: `D-${one.number} ${DECISIONS[one.kind].words}` }))
  return [...decided, ...signOffs(state), ...rollout(state), ...alerts(state)].toSorted((a, b) => a.at - b.at)
}

/** What is measured besides the items of a checklist: the triggers of a roll-back plan, and everything that a live version is watched for. */
import 'server-only'
import { stacksOf } from '@/lib/domain/preset/resolve'
import type { LiveState } from '@/lib/domain/live/state'
import { claimedOf } from '@/lib/domain/release/labels-due'
import { stableSelectorsOf, stacksOfRelease, watchedItems } from '@/lib/domain/release/measured'
import { measuredId } from '@/lib/domain/release/roll-back-proposal'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { MetricTarget } from './target'

type SourceOf = (environmentId: string | null) => string | null

/** Triggers propose a roll-back, so that one bad measurement is not enough where the trigger does not say so itself. */
const TRIGGER_PLAN = { intervalSeconds: 30, count: 2, failureLimit: 2, inconclusiveLimit: 0, consecutiveErrorLimit: 4 }

/** A trigger's specification as it is measured. */
export function planned(spec: MetricSpec): MetricSpec {
  return spec.plan ? spec : { ...spec, plan: TRIGGER_PLAN }
}

function sourceFor(spec: MetricSpec, environmentId: string, sources: SourceOf): string | null {
  return typeof spec.source === 'object' ? spec.source.sourceId : sources(environmentId)
}

/** Triggers with a metric of their own, while the release moves traffic; after stable they are watched with the live version. */
export function triggerTargets(state: ReleaseState, isAtFullTraffic: boolean, sources: SourceOf): readonly MetricTarget[] {
  if (!state.rollout || state.stableAt || state.end || state.rollBack) return []
  return (state.rollbackPlan.conditions ?? []).flatMap((trigger): readonly MetricTarget[] => {
    if (!trigger.spec) return []
    const current = state.triggerVerdicts?.[trigger.id]
    return [{
      kind: 'release', id: state.id, itemId: measuredId(trigger), title: trigger.title, spec: planned(trigger.spec), stacks: stacksOfRelease(state), selectors: state.selectors.candidate,
      stableSelectors: isAtFullTraffic ? null : stableSelectorsOf(state), sourceId: sourceFor(trigger.spec, state.environmentId, sources), stableSourceId: sources(state.environmentId),
      declared: claimedOf(state), current: current ? { verdict: current.verdict, at: current.at } : null,
    }]
  })
}

interface Watched {
  readonly itemId: string
  readonly title: string
  readonly spec: MetricSpec
}

/** What a live version is watched for: its release's standing items and triggers, or the lines of its own watch. */
export function watchTargets(live: LiveState, release: ReleaseState | null, sources: SourceOf): readonly MetricTarget[] {
  const { watch } = live
  if (!watch) return []
  const own = watch.own
  const lines: readonly Watched[] = own ? own.items.map((item) => ({ itemId: item.id, title: item.title, spec: planned(item.spec) })) : release ? [
    ...watchedItems(release),
    ...(release.rollbackPlan.conditions ?? []).flatMap((trigger) => (trigger.spec ? [{ itemId: measuredId(trigger), title: trigger.title, spec: planned(trigger.spec) }] : [])),
  ] : []
  const stacks = own ? [...(own.stack === null ? [] : [own.stack]), ...stacksOf([])].filter((stack, index, all) => all.indexOf(stack) === index) : release ? stacksOfRelease(release) : []
  const selectors = own?.labels ?? release?.selectors.candidate ?? {}
  return lines.map(({ itemId, title, spec }) => {
    const current = watch.items[itemId]
    return {
      kind: 'live', id: live.id, itemId, title, spec, stacks, selectors,
      // What was compared with the version before is now held against its absolute limit: that version is gone.
      stableSelectors: null, sourceId: sourceFor(spec, live.environmentId, sources), stableSourceId: sources(live.environmentId), ...(release ? { declared: claimedOf(release) } : {}),
      current: current ? { verdict: current.verdict, at: current.at } : null,
    }
  })
}

/** Reads out of the events of a live version what people should hear of: the standing watch that turned (PRODUCT rule 23). */

import type { Change, DomainEvent } from '@/lib/domain/aggregate'
import { withoutStop } from '@/lib/domain/format'
import { applyLive } from '@/lib/domain/live/apply'
import type { LiveEvent } from '@/lib/domain/live/events'
import type { LiveState } from '@/lib/domain/live/state'
import { alertKey } from '@/lib/domain/alert/alert'
import { severityOfLabel } from '@/lib/domain/notice/routing'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import type { RollBackProposal } from '@/lib/domain/release/rollout-state'
import { wordsOf } from '@/lib/domain/text'
import type { Happening, Subject } from './compose'
import { pastCommands, type LoggedEvent } from './past'
import type { Proposed } from './release-step'

export interface LiveStep {
  /** The live version before the command. */
  readonly live: LiveState
  readonly modelName: string
  readonly modelSlug: string
  readonly environmentSlug: string
  readonly environmentName: string
  readonly events: readonly LiveEvent[]
  /** Roll-backs proposed on the release behind it, by the same command. */
  readonly proposed?: readonly RollBackProposal[]
  /** Words behind the seals of events that are read back from the log. */
  readonly reveal?: (hash: string) => string | null | undefined
}

/** Changes of a live version hold its events and no others; methods, so that the narrower lists fit without a cast. */
interface Read {
  list(events: readonly DomainEvent[]): readonly LiveEvent[]
  proposals(events: readonly DomainEvent[]): readonly RollBackProposal[]
}
const read: Read = {
  list: (events: readonly LiveEvent[]) => events,
  proposals: (events: readonly ReleaseEvent[]) => events.flatMap((event) => (event.type === 'roll-back-proposed' ? [event.proposal] : [])),
}

/** Events of any aggregate, folded as those of a live version; only its own are given to it. */
interface Fold {
  apply(state: LiveState | null, event: DomainEvent): LiveState
}
const fold: Fold = { apply: applyLive }

/** Roll-backs that a watch proposed on the release that stands behind it. */
export function proposalsOf(changes: readonly Change[]): readonly RollBackProposal[] {
  return read.proposals(changes.filter((change) => change.kind === 'release').flatMap((change) => change.events))
}

/** The events of one live version among what was decided. */
export function liveEventsOf(changes: readonly Change[], liveId: string): readonly LiveEvent[] {
  return read.list(changes.filter((change) => change.kind === 'live' && change.id === liveId).flatMap((change) => change.events))
}

/** The steps of a live version as they were told, read back from its log. In: all its entries, oldest first; the instant from which steps are wanted; its names as they are now; what its commands proposed on releases. */
export function pastLiveSteps(entries: readonly LoggedEvent[], since: Date, names: Pick<LiveStep, 'modelName' | 'modelSlug' | 'environmentSlug' | 'environmentName'>, proposed: Proposed, reveal: (hash: string) => string | null | undefined): readonly { readonly at: Date; readonly step: LiveStep }[] {
  return pastCommands<LiveState>(entries, (state, event) => fold.apply(state, event)).flatMap(({ first, events, before }) =>
    (before === null || !first.isOwn || first.at < since ? [] : [{ at: first.at, step: { live: before, events: read.list(events), proposed: proposed.get(first.command) ?? [], ...names, reveal } }]))
}

/** What a message about a live version is about, and what stands under its title. */
export function liveSubject({ live, modelName, environmentName, events }: LiveStep): Subject {
  const turn = events.findLast((event) => event.type === 'watch-turned')
  const label = live.lastStable?.label ?? ''
  const sentence = turn?.isAtRisk ? `At risk: ${turn.title}, ${withoutStop(turn.verdict.reason)}.` : `${label} is live in ${environmentName}; its standing watch is quiet.`
  return {
    name: `${modelName} ${label} in ${environmentName}`,
    sentence,
    about: { modelId: live.modelId, environmentId: live.environmentId },
    whoActsNext: turn?.isAtRisk ? 'Ops: a release or an action answers it; rolling back is one step away.' : 'Nobody right now.',
  }
}

/** Turns to and from a failing verdict; a watch that is merely unmeasured is shown, not told. */
export function liveHappenings({ live, modelSlug, environmentSlug, events, proposed = [], reveal = () => null }: LiveStep): readonly Happening[] {
  const path = `/live/${encodeURIComponent(modelSlug)}/${encodeURIComponent(environmentSlug)}`
  const tell = (kind: Happening['kind'], headline: string, line: string): readonly Happening[] => [{ kind, headline, line, teams: [], path, linkLabel: 'Open the live version' }]
  const told = (one: RollBackProposal) => tell('roll-back-proposed', `roll-back proposed, ${one.title}`, `${one.title}: ${withoutStop(one.reason)}. Nothing is done by itself.`)
  return [...proposed.flatMap(told), ...events.flatMap((event): readonly Happening[] => {
    if (event.type === 'roll-back-proposed') return told(event.proposal)
    if (event.type === 'alert-fired') {
      const summary = wordsOf(event.alert.summary, reveal)
      return tell('alert', `alert ${event.alert.name}`, `${event.alert.name} fires${event.alert.severity === '' ? '' : `, ${event.alert.severity}`}${summary === '' ? '' : `: ${summary}`}`).map((one) => ({ ...one, severity: severityOfLabel(event.alert.severity) }))
    }
    if (event.type === 'alert-resolved') {
      const alert = live.alerts?.find((one) => alertKey(one) === alertKey(event))
      return alert ? tell('alert', `alert ${alert.name} resolved`, `${alert.name} is resolved.`) : []
    }
    if (event.type !== 'watch-turned') return []
    const wasFailing = live.watch?.items[event.itemId]?.verdict === 'fail'
    const isFailing = event.verdict.verdict === 'fail'
    if (!isFailing && !(wasFailing && event.verdict.verdict === 'pass')) return []
    const headline = isFailing ? `${event.title} is past its limit` : `${event.title} is within its limit again`
    const line = isFailing ? `${event.title}: ${withoutStop(event.verdict.reason)}.` : `${event.title} passes again.`
    return [{ kind: 'live-turned', headline, line, teams: [], path, linkLabel: 'Open the live version' }]
  })]
}

/** Makes one message per destination out of all that one command did, so that people hear the right thing once. */

import { isForTeams, isRouted, type About, type Routing, type Severity } from '@/lib/domain/notice/routing'
import { paceOf, type Pace } from '@/lib/domain/notice/pace'
import type { WorkingHours } from '@/lib/domain/working-time'
import type { EventKind } from './event-kind'
import type { Message } from './message'

/** One thing that happened, in plain words, and whom it concerns. */
export interface Happening {
  readonly kind: EventKind
  /** Completes the title after the subject, such as "Data readiness passed". */
  readonly headline: string
  /** A sentence of its own for *What changed*; a person's words in it are kept as they are. */
  readonly line: string
  /** Teams whom it concerns; empty concerns everybody. */
  readonly teams: readonly string[]
  readonly path: string
  readonly linkLabel: string
  /** The message names the signed checkpoint of the log that was made for it. */
  readonly carriesCheckpoint?: true
  /** Waits for nothing, although its kind would. */
  readonly isUrgent?: true
  /** People whom the message calls by name, by their ids. */
  readonly calls?: readonly string[]
  /** Where it is another one than its kind's. */
  readonly severity?: Severity
}

/** What a message is about, as all its happenings share it. */
export interface Subject {
  /** "FRAUD-12 Fraud scorer 4.2 → production EU" */
  readonly name: string
  /** The sentence of the board, after the command. */
  readonly sentence: string
  readonly whoActsNext: string
  /** What rules of places ask for; absent where it is about no single release. */
  readonly about?: About
}

/** A destination as far as routing needs it. */
export interface Listener {
  readonly id: string
  readonly team: string | null
  readonly eventKinds: readonly EventKind[]
  /** Absent: everything. */
  readonly routing?: Routing
  /** When ordinary messages may go there; absent: always. */
  readonly hours?: WorkingHours
}

// What must be read first stands first: the most serious happening gives the title and the link.
export const WEIGHT: Readonly<Record<EventKind, number>> = {
  'roll-back': 100, 'rolled-back': 95, 'roll-back-proposed': 92, 'halted': 90, 'break-glass': 82, 'at-risk': 85, 'hold': 80, 'rejected': 75, 'stable': 70, 'decision': 65, 'live-turned': 60, 'alert': 58,
  'rollout-step': 55, 'resumed': 50, 'stale': 45, 'gate-passed': 40, 'gate-waiting': 35, 'minutes': 30, 'reminder': 25, 'digest': 24, 'opened': 20, 'mention': 10,
}

const SEVERITY: Readonly<Partial<Record<EventKind, Severity>>> = {
  'roll-back': 'critical', 'roll-back-proposed': 'critical', 'halted': 'critical', 'at-risk': 'critical', 'break-glass': 'critical',
  'rolled-back': 'warning', 'hold': 'warning', 'rejected': 'warning', 'stale': 'warning', 'live-turned': 'warning', 'alert': 'warning',
}

function severityOf(happening: Pick<Happening, 'kind' | 'severity'>): Severity {
  return happening.severity ?? SEVERITY[happening.kind] ?? 'notice'
}

/** Which of the happenings a destination wants to hear: by kind, by what they are about, and by whom they concern. */
export function heardBy(listener: Listener, happenings: readonly Happening[], about: About | null = null): readonly Happening[] {
  const { team } = listener
  return happenings.filter((one) =>
    listener.eventKinds.includes(one.kind) && isRouted(listener.routing, about, severityOf(one)) && isForTeams(team, listener.routing, one.teams))
}

/**
 * One message out of what a destination wants to hear. In: at least one happening, the subject, when it happened (ISO).
 * Out: the message, or null when there is nothing to say. Title and link are those of the most serious happening.
 */
export function compose(happenings: readonly Happening[], subject: Subject, happenedAt: string): Message | null {
  const sorted = [...happenings].sort((a, b) => WEIGHT[b.kind] - WEIGHT[a.kind])
  const [first] = sorted
  if (!first) return null
  return {
    eventKind: first.kind,
    title: `${subject.name}: ${first.headline}`,
    sentence: subject.sentence,
    whatChanged: [...new Set(sorted.map((one) => one.line))].join('\n'),
    whoActsNext: subject.whoActsNext,
    path: first.path,
    linkLabel: first.linkLabel,
    teams: [...new Set(sorted.flatMap((one) => one.teams))],
    happenedAt,
    pace: sharedPace(happenings),
    ...(sorted.some((one) => one.calls) ? { calls: [...new Set(sorted.flatMap((one) => one.calls ?? []))] } : {}),
    ...(sorted.some((one) => one.carriesCheckpoint) ? { carriesCheckpoint: true as const } : {}),
  }
}

/** Whatever waits for nothing takes the others with it; mentions stay alone only among themselves. */
function sharedPace(happenings: readonly Happening[]): Pace {
  const paces = happenings.map((one): Pace => (one.isUrgent ? 'at-once' : paceOf(one.kind)))
  return paces.includes('at-once') ? 'at-once' : paces.includes('gather') ? 'gather' : 'alone'
}

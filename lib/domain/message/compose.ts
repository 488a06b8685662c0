/** Makes one message per destination out of all that one command did, so that people hear the right thing once. */

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
}

/** What a message is about, as all its happenings share it. */
export interface Subject {
  /** "FRAUD-12 Fraud scorer 4.2 → production EU" */
  readonly name: string
  /** The sentence of the board, after the command. */
  readonly sentence: string
  readonly whoActsNext: string
}

/** A destination as far as routing needs it. */
export interface Listener {
  readonly id: string
  readonly team: string | null
  readonly eventKinds: readonly EventKind[]
}

// What must be read first stands first: the most serious happening gives the title and the link.
const WEIGHT: Readonly<Record<EventKind, number>> = {
  'roll-back': 100, 'rolled-back': 95, 'roll-back-proposed': 92, 'halted': 90, 'at-risk': 85, 'hold': 80, 'rejected': 75, 'stable': 70, 'decision': 65, 'live-turned': 60, 'alert': 58,
  'rollout-step': 55, 'resumed': 50, 'stale': 45, 'gate-passed': 40, 'gate-waiting': 35, 'minutes': 30, 'opened': 20, 'mention': 10,
}

/** Which of the happenings a destination wants to hear: by kind, and by team unless it listens for all teams. */
export function heardBy(listener: Listener, happenings: readonly Happening[]): readonly Happening[] {
  const { team } = listener
  return happenings.filter((one) =>
    listener.eventKinds.includes(one.kind) && (team === null || one.teams.length === 0 || one.teams.includes(team)))
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
    ...(sorted.some((one) => one.carriesCheckpoint) ? { carriesCheckpoint: true as const } : {}),
  }
}

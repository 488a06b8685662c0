/** Names the happenings that a destination can subscribe to, in the words that settings and messages show. */

export const EVENT_KINDS = [
  'opened', 'gate-passed', 'gate-waiting', 'rejected', 'stale', 'decision', 'hold', 'resumed', 'at-risk', 'halted',
  'rollout-step', 'stable', 'roll-back-proposed', 'roll-back', 'rolled-back', 'live-turned', 'alert', 'break-glass', 'minutes', 'reminder', 'digest', 'mention',
] as const

export type EventKind = (typeof EVENT_KINDS)[number]

interface EventKindText {
  readonly label: string
  readonly explanation: string
}

/** What each kind is called on the settings screen, and when it happens. */
export const EVENT_KIND_TEXT: Readonly<Record<EventKind, EventKindText>> = {
  'opened': { label: 'Release opened', explanation: 'A candidate starts on its way.' },
  'gate-passed': { label: 'Gate passed', explanation: 'The last sign-off that a gate needed was given.' },
  'gate-waiting': { label: 'Gate waits', explanation: 'A gate has what it needs before it and now waits for its owners.' },
  'rejected': { label: 'Gate rejected', explanation: 'Somebody rejected a gate, with the reason.' },
  'stale': { label: 'Sign-off stale', explanation: 'Something that was signed for has changed since.' },
  'decision': { label: 'Decision recorded', explanation: 'A go, a no-go or any other decision entered the record.' },
  'hold': { label: 'Hold', explanation: 'A release was put on hold.' },
  'resumed': { label: 'Resumed', explanation: 'A hold ended.' },
  'at-risk': { label: 'At risk', explanation: 'A watched metric is past its limit.' },
  'halted': { label: 'Rollout halted', explanation: 'A rollout stopped where it stands.' },
  'rollout-step': { label: 'Rollout step', explanation: 'A canary step started, or was confirmed live.' },
  'stable': { label: 'Stable', explanation: 'A version became the last stable one.' },
  'roll-back-proposed': { label: 'Roll-back proposed', explanation: 'A trigger of the roll-back plan or an alert asks for a roll-back; nothing is done by itself.' },
  'alert': { label: 'Alert', explanation: 'Alertmanager handed in an alert of a version, or resolved it.' },
  'roll-back': { label: 'Roll-back started', explanation: 'Somebody is taking a version back.' },
  'rolled-back': { label: 'Roll-back ended', explanation: 'The last stable version serves again.' },
  'live-turned': { label: 'Live version turned', explanation: 'The standing watch of a live version changed its verdict.' },
  'break-glass': { label: 'Break-glass', explanation: 'An admin signed for a team, with the reason; a review is due.' },
  'minutes': { label: 'Check-in minutes', explanation: 'A check-in was closed and its minutes entered the record.' },
  'reminder': { label: 'Due dates', explanation: 'Something is due tomorrow, is late, or is so late that the leads are called.' },
  'digest': { label: 'Daily digest', explanation: 'Each working morning, what waits for the team of this place, by what there is to do.' },
  'mention': { label: 'Mention', explanation: 'A comment mentions a person or a team.' },
}

/** Kinds that a new destination hears of until somebody chooses otherwise: all but the chatty ones. */
export const DEFAULT_EVENT_KINDS: readonly EventKind[] = EVENT_KINDS.filter((kind) => kind !== 'opened' && kind !== 'mention' && kind !== 'digest')

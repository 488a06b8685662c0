/** Check-ins as screens and the API show them: everything revealed and allowed. Zod-free. */
import type { MarkState, TeamShape } from '@/lib/domain/rail'
import type { CheckInStatus, TakenKind, TopicKind } from './state'

export interface CheckInPerson {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
}

export interface TopicView {
  readonly id: string
  readonly key: string | null
  /** What it is about, the same from one look at the agenda to the next. */
  readonly matter: string
  readonly kind: TopicKind
  readonly mark: MarkState
  readonly title: string
  readonly detail: string
  readonly releaseId: string | null
  readonly code: string | null
  readonly gateId: string | null
  readonly gateNumber: number | null
  readonly itemId: string | null
  /** The exact gate, item or action of the release. */
  readonly href: string | null
  /** Names of the teams, or of the person, that it waits for. */
  readonly who: readonly string[]
  readonly since: string | null
  readonly dueAt: string | null
  readonly addedBy: string | null
  readonly carried: { readonly since: string; readonly times: number } | null
  readonly status: 'open' | 'done' | 'parked'
  readonly spentMs: number
  readonly note: { readonly text: string; readonly version: number; readonly by: string; readonly at: string } | null
}

export interface TakenView {
  readonly id: string
  readonly topicId: string | null
  readonly kind: TakenKind
  readonly code: string | null
  readonly reference: string
  readonly title: string
  readonly word: string
  readonly people: readonly string[]
  readonly team: string | null
  readonly dueAt: string | null
  readonly by: string
  readonly at: string
  readonly href: string
  /** Only for actions that the check-in itself keeps. */
  readonly actionId: string | null
  readonly isDone: boolean
}

/** A team that is asked in writing, and what it said; null while it has not. */
export interface AnswerView {
  readonly team: string
  readonly teamName: string
  readonly answer: { readonly conditions: string; readonly actions: string; readonly needs: string; readonly by: string; readonly at: string } | null
  /** Why the viewer does not answer for it; null when they may. */
  readonly refusal: string | null
}

export interface CheckInRef {
  readonly id: string
  readonly title: string
  readonly at: string
}

export interface CheckInView {
  readonly id: string
  readonly version: number
  readonly asOf: string
  readonly title: string
  readonly status: CheckInStatus
  readonly startsAt: string
  readonly durationMinutes: number
  readonly zone: string
  /** Until when teams answer in writing; null: they meet. */
  readonly answerBy: string | null
  readonly answers: readonly AnswerView[]
  readonly isAll: boolean
  readonly releases: readonly { readonly id: string; readonly code: string; readonly modelName: string }[]
  readonly teams: readonly { readonly id: string; readonly name: string; readonly shape: TeamShape; readonly isAsked: boolean }[]
  readonly people: readonly CheckInPerson[]
  /** The series that it belongs to, and the month in which the calendar shows it. */
  readonly series: { readonly id: string; readonly title: string; readonly month: string } | null
  readonly previous: CheckInRef | null
  readonly next: CheckInRef | null
  /** From when on changes are told. */
  readonly since: string
  readonly startedAt: string | null
  readonly startedBy: string | null
  readonly movedBy: string | null
  readonly currentTopicId: string | null
  readonly currentSince: string | null
  /** Before the start: the agenda as it would be now. */
  readonly topics: readonly TopicView[]
  /** What came up since the start and is on no topic yet. */
  readonly fresh: readonly TopicView[]
  /** Decisions, sign-offs, holds and actions, in the order in which they were taken. */
  readonly taken: readonly TakenView[]
  readonly closedAt: string | null
  readonly minutes: { readonly markdown: string; readonly hash: string; readonly by: string; readonly at: string } | null
  readonly addenda: readonly { readonly id: string; readonly text: string; readonly by: string; readonly at: string }[]
  readonly cancelled: { readonly reason: string; readonly by: string; readonly at: string } | null
  readonly viewer: { readonly personId: string | null; readonly teams: readonly string[] }
  readonly allowed: { readonly plan: string | null; readonly run: string | null; readonly note: string | null; readonly close: string | null }
}

export interface CheckInLine {
  readonly id: string
  readonly title: string
  readonly status: CheckInStatus
  readonly startsAt: string
  readonly durationMinutes: number
  readonly answerBy: string | null
  readonly closedAt: string | null
  /** "All releases in flight", or the codes. */
  readonly scope: string
  /** For a closed one what it came to, else what stands on it. */
  readonly summary: string
  /** Lines on the agenda as it is now, for those that are planned or running. */
  readonly lines: number | null
}

export interface CheckInsView {
  readonly coming: readonly CheckInLine[]
  readonly past: readonly CheckInLine[]
  readonly releases: readonly { readonly id: string; readonly code: string; readonly modelName: string }[]
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly allowed: { readonly plan: string | null }
}

export interface PresenceView {
  readonly people: readonly { readonly id: string; readonly name: string; readonly team: string | null; readonly isHere: boolean; readonly writesOn: string | null }[]
}

const MARKS: Readonly<Record<TopicKind, MarkState>> = {
  'rolling-back': 'failed', 'at-risk': 'risk', held: 'held', decision: 'open', overdue: 'waiting', rejected: 'failed', blocked: 'waiting', stale: 'stale',
  waiver: 'waived', condition: 'open', action: 'open', confirmation: 'open', changed: 'later', own: 'later',
}

/** The shape and colour of a topic. */
export function topicMark(kind: TopicKind, status: TopicView['status']): MarkState {
  return status === 'done' ? 'passed' : MARKS[kind]
}

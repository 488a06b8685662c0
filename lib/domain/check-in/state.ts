/** A check-in as its events make it: when and for which releases, the topics with their notes, what was taken, and the minutes that end it. */
import type { TeamId } from '@/lib/domain/actor'
import type { FreeText } from '@/lib/domain/text'
import type { ActionChange, ActionEnd, Snooze } from '@/lib/domain/work/action-rule'

/** What the state of a release puts on the agenda; the order is that of the agenda, what blocks the most first. */
export const LINE_KINDS = [
  'rolling-back', 'at-risk', 'held', 'decision', 'overdue', 'rejected', 'blocked', 'stale', 'waiver', 'condition', 'action', 'confirmation', 'changed',
] as const
export type LineKind = (typeof LINE_KINDS)[number]
export type TopicKind = LineKind | 'own'

export interface Note {
  readonly text: FreeText
  readonly version: number
  readonly by: string
  readonly at: string
}

export interface Topic {
  readonly id: string
  /** The matter that the line was made from; the same key at the next check-in is the same matter. `null` for what people added. */
  readonly key: string | null
  readonly kind: TopicKind
  readonly title: FreeText
  readonly detail: FreeText | null
  readonly releaseId: string | null
  readonly code: string | null
  readonly gateId: string | null
  readonly gateNumber: number | null
  readonly itemId: string | null
  /** Teams that it waits for; the owner where it is one person's. */
  readonly who: readonly TeamId[]
  readonly ownerId: string | null
  readonly since: string | null
  readonly dueAt: string | null
  readonly addedBy: string | null
  /** Parked or left open before: since which check-in, and at how many. */
  readonly carried: { readonly since: string; readonly times: number } | null
  readonly status: 'open' | 'done' | 'parked'
  /** Milliseconds for which it was the current topic, until it was last left. */
  readonly spentMs: number
  readonly note: Note | null
}

export type TakenKind = 'decision' | 'action' | 'sign-off' | 'hold'

/** Something recorded on a release during the check-in; the record itself is the release's. */
export interface Taken {
  readonly id: string
  readonly topicId: string | null
  readonly kind: TakenKind
  readonly releaseId: string
  readonly code: string
  /** `D-44`, the id of the action, or the id of the gate. */
  readonly reference: string
  readonly title: FreeText
  /** The kind of the decision, or the gate that was signed. */
  readonly word: string
  readonly people: readonly string[]
  readonly team: TeamId | null
  readonly dueAt: string | null
  readonly by: string
  readonly at: string
}

/** An action that concerns no release; those that do are kept by the release. */
export interface CheckInAction {
  readonly id: string
  readonly topicId: string | null
  readonly title: FreeText
  readonly ownerId: string | null
  readonly team: TeamId | null
  readonly dueAt: string | null
  readonly by: string
  readonly at: string
  readonly done: ActionEnd | null
  readonly snoozed?: Snooze | null
  readonly changes?: readonly ActionChange[]
}

/** Whether a topic is left to the next check-in: parked, or not spoken of; what merely changed was told by standing there. */
export function isLeft(topic: { readonly status: Topic['status']; readonly kind: TopicKind }): boolean {
  return topic.status === 'parked' || (topic.status === 'open' && topic.kind !== 'changed')
}

/** What a team says in writing before the deadline of a check-in at which nobody meets. */
export interface Answer {
  readonly id: string
  readonly team: TeamId
  readonly conditions: FreeText
  readonly actions: FreeText
  readonly needs: FreeText
  readonly by: string
  readonly at: string
}

/** The occurrence of a series that a check-in is: the series, and its regular start on the clock of the series. */
export interface OccurrenceRef {
  readonly id: string
  readonly key: string
  /** The instant that the series gave it. While the check-in starts then it follows its series; whoever moves it by hand ends that. */
  readonly laidFor: string
}

export type CheckInStatus = 'scheduled' | 'running' | 'closed' | 'cancelled' | 'missed'

export interface CheckInPlan {
  readonly title: FreeText
  readonly startsAt: string
  readonly durationMinutes: number
  /** The zone in which it was planned, for display. */
  readonly zone: string
  readonly releaseIds: 'all' | readonly string[]
  /** Teams that take part. */
  readonly teams: readonly TeamId[]
  /** The check-in that it continues: what was left open there comes back here. */
  readonly previousId: string | null
  /** The occurrence that it is; absent where it is no part of a series. */
  readonly series?: OccurrenceRef
  /** Until when teams answer in writing; absent or null: they meet. */
  readonly answerBy?: string | null
}

/** Teams whose answer is still missing. */
export function unanswered(state: Pick<CheckInState, 'teams' | 'answers'>): readonly TeamId[] {
  return state.teams.filter((team) => !(state.answers ?? []).some((answer) => answer.team === team))
}

/** When those who have not answered are reminded: a day before the deadline, or at the last quarter of a shorter time. */
export function remindAt(plan: Pick<CheckInPlan, 'startsAt' | 'answerBy'>): string | null {
  if (!plan.answerBy) return null
  const end = Date.parse(plan.answerBy)
  return new Date(end - Math.min(86_400_000, (end - Date.parse(plan.startsAt)) / 4)).toISOString()
}

export interface CheckInState extends CheckInPlan {
  readonly id: string
  /** How often its plan was changed, for calendars (SEQUENCE of RFC 5545); absent: never. */
  readonly sequence?: number
  readonly status: CheckInStatus
  readonly scheduledBy: string
  readonly scheduledAt: string
  readonly startedAt: string | null
  readonly startedBy: string | null
  /** Changes from here on are told; fixed at the start. */
  readonly since: string | null
  readonly currentTopicId: string | null
  readonly currentSince: string | null
  /** Who last moved the topic: everyone's screen follows this person. */
  readonly movedBy: string | null
  readonly topics: readonly Topic[]
  /** Before the start: the matters in the order that people gave them, and those that they set aside; absent where nobody has. */
  readonly order?: readonly string[]
  readonly aside?: readonly string[]
  readonly taken: readonly Taken[]
  readonly actions: readonly CheckInAction[]
  /** One per team, the latest; absent where nobody has answered. */
  readonly answers?: readonly Answer[]
  readonly closedAt: string | null
  readonly minutes: { readonly text: FreeText; readonly hash: string; readonly by: string; readonly at: string } | null
  readonly addenda: readonly { readonly id: string; readonly text: FreeText; readonly by: string; readonly name: FreeText; readonly at: string }[]
  readonly cancelled: { readonly reason: FreeText; readonly by: string; readonly at: string } | null
}

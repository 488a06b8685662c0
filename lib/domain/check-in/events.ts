/** What has happened to a check-in; every event says when and by whom. */
import type { FreeText } from '@/lib/domain/text'
import type { ActionMoved } from '@/lib/domain/work/action-rule'
import type { Answer, CheckInAction, CheckInPlan, Taken, Topic } from './state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

type Stamped<T extends { readonly type: string }> = T extends { readonly type: infer N extends string } ? E<N, Omit<T, 'type'>> : never

export type CheckInEvent =
  | E<'check-in-scheduled', { readonly id: string; readonly plan: CheckInPlan }>
  | E<'plan-changed', { readonly plan: Omit<CheckInPlan, 'previousId'> }>
  | E<'topic-added', { readonly topic: Topic }>
  | E<'topic-removed', { readonly topicId: string }>
  | E<'topics-reordered', { readonly topicIds: readonly string[] }>
  | E<'agenda-arranged', { readonly order: readonly string[] }>
  | E<'matter-set-aside', { readonly matter: string; readonly isAside: boolean }>
  | E<'check-in-started', { readonly since: string; readonly topics: readonly Topic[] }>
  | E<'topic-taken-up', { readonly topicId: string | null }>
  | E<'topic-settled', { readonly topicId: string; readonly status: 'done' | 'parked' }>
  | E<'note-set', { readonly topicId: string; readonly note: FreeText; readonly version: number }>
  | E<'taken', { readonly taken: Taken }>
  | E<'action-added', { readonly action: CheckInAction }>
  | E<'action-completed', { readonly actionId: string; readonly note: FreeText }>
  | Stamped<ActionMoved>
  | E<'answered', { readonly answer: Answer }>
  | E<'check-in-closed', { readonly minutes: FreeText; readonly hash: string }>
  | E<'addendum-added', { readonly addendumId: string; readonly words: FreeText; readonly name: FreeText }>
  | E<'check-in-cancelled', { readonly reason: FreeText }>
  | E<'check-in-missed', unknown>

/** A place that notifications go to: who looks after it, what it wants to hear, and whether it still takes messages. Never its address. */

import type { TeamId } from '@/lib/domain/actor'
import type { EventKind } from '@/lib/domain/message/event-kind'
import type { Routing } from '@/lib/domain/notice/routing'
import type { WorkingHours } from '@/lib/domain/working-time'
import type { DestinationKind } from './kind'
import type { FreeText } from '@/lib/domain/text'

/** Why the product stopped sending: the other side said that the webhook is revoked (404), forbidden (403) or its channel archived (410). */
export const DISABLED_REASONS = ['revoked', 'forbidden', 'archived', 'paused'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

/** The working hours of a team, with its holidays, whatever they are at the time; or hours of its own. */
export type DeliveryHours = { readonly kind: 'team'; readonly team: TeamId } | { readonly kind: 'own'; readonly hours: WorkingHours }

export interface DestinationState {
  readonly id: string
  readonly kind: DestinationKind
  readonly name: FreeText
  /** Hears only of what concerns this team; null hears of everything. */
  readonly team: TeamId | null
  readonly eventKinds: readonly EventKind[]
  /** Which of these events, by what they are about; absent: all. */
  readonly routing?: Routing
  /** When ordinary messages go there; absent or null: always. */
  readonly hours?: DeliveryHours | null
  /** Names the encrypted address; each new address has a new one. */
  readonly secretId: string
  /** What people may see of the address, such as "hooks.slack.com/services/T…/…ab12". */
  readonly hint: string
  /** When the newest signing secret was made; null where the kind does not sign. */
  readonly signedSince: string | null
  readonly addedAt: string
  readonly addedBy: string
  readonly disabled: { readonly reason: DisabledReason; readonly at: string; readonly by: string; readonly answer: string } | null
  readonly archivedAt: string | null
}

/** Whether messages go there at the moment. */
export function isListening(state: DestinationState): boolean {
  return state.disabled === null && state.archivedAt === null
}

/** The hours of a place in figures; null: it takes messages always, also when the team whose hours it keeps is gone. */
export function hoursOf(hours: DeliveryHours | null | undefined, teams: readonly { readonly id: TeamId; readonly workingHours: WorkingHours }[]): WorkingHours | null {
  if (!hours) return null
  return hours.kind === 'own' ? hours.hours : (teams.find((team) => team.id === hours.team)?.workingHours ?? null)
}

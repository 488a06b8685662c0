/** The shared facts of one installation: its teams, how strictly authors and approvers are kept apart, and which groups of an identity provider map to teams. */

import type { TeamId, TeamRole } from '@/lib/domain/actor'
import type { RiskTier, Separation } from '@/lib/domain/release/state'
import type { StatusLink, StatusPageSettings } from '@/lib/domain/installation/status-page'
import { holidaysOf, type Holiday } from '@/lib/domain/holiday'
import type { FreeText } from '@/lib/domain/text'
import type { WorkingHours } from '@/lib/domain/working-time'

/** The id of the one installation aggregate. */
export const INSTALLATION_ID = 'installation'

/** Teams are told apart by a shape without colour; the first three are product, data science and ops. */
export const TEAM_SHAPES = ['diamond', 'disc', 'square', 'triangle', 'hexagon', 'pentagon', 'star'] as const
export type TeamShape = (typeof TEAM_SHAPES)[number]

export type { WorkingHours } from '@/lib/domain/working-time'

export interface Team {
  readonly id: TeamId
  readonly name: string
  readonly shape: TeamShape
  readonly workingHours: WorkingHours
  readonly archivedAt: string | null
}

export type SeparationPolicy = Readonly<Record<RiskTier, Separation>>

/** A change of the separation policy that one person asked for and another has yet to confirm (rule 3). */
export interface SeparationProposal {
  readonly policy: SeparationPolicy
  readonly reason: FreeText
  readonly by: string
  readonly at: string
}

/** A group of the identity provider, by its id and never by its name, and the place in a team that it gives. */
export interface GroupMapping {
  readonly groupId: string
  readonly team: TeamId
  readonly role: TeamRole
}

export interface InstallationState {
  readonly name: string
  readonly setUpAt: string
  readonly teams: readonly Team[]
  readonly separation: SeparationPolicy
  readonly proposal: SeparationProposal | null
  readonly groups: readonly GroupMapping[]
  readonly statusPage: StatusPageSettings
  /** By date, then name; absent where none were ever entered. */
  readonly holidays?: readonly Holiday[]
  /** The secret link of the internal status page; absent or null: nobody gets in. */
  readonly statusLink?: StatusLink | null
}

/** Teams as everybody reckons with them: their working hours know their holidays. Out: those that are not archived. */
export function workingTeams(state: Pick<InstallationState, 'teams' | 'holidays'>): readonly Team[] {
  return state.teams.filter((team) => team.archivedAt === null).map((team) => {
    const dates = [...holidaysOf(state.holidays ?? [], [team.id]).keys()]
    return dates.length === 0 ? team : { ...team, workingHours: { ...team.workingHours, holidays: dates } }
  })
}

const OFFICE: WorkingHours = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }

/** The teams that every installation begins with, in the order of the rail's lanes. */
export const DEFAULT_TEAMS: readonly Team[] = [
  { id: 'product', name: 'Product', shape: 'diamond', workingHours: OFFICE, archivedAt: null },
  { id: 'data-science', name: 'Data science', shape: 'disc', workingHours: OFFICE, archivedAt: null },
  { id: 'ops', name: 'Ops', shape: 'square', workingHours: OFFICE, archivedAt: null },
]

/** Rule 3: small-team for low and medium, strict for high. */
export const DEFAULT_SEPARATION: SeparationPolicy = { low: 'small-team', medium: 'small-team', high: 'strict' }

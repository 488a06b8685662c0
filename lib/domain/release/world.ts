/** What the rules of a release may look at besides the release itself; loaded before a command is decided, and given to `decide` as data. */
import type { Membership, TeamId } from '@/lib/domain/actor'
import type { LiveState } from '@/lib/domain/live/state'
import type { TemplateRevision } from '@/lib/domain/template/template'
import type { Freeze } from './phase'
import type { Readings } from './frozen'
import type { ReleaseState, RiskTier, Separation } from './state'

export interface WorldPerson {
  readonly id: string
  readonly name: string
  readonly memberships: readonly Membership[]
}

export interface WorldVersion {
  readonly id: string
  readonly label: string
  readonly registeredBy: string
  /** Pinned identity: digest where there is one, else the reference as given. */
  readonly artefact: string
  readonly code: string
  readonly data: string
  readonly behaviour: string
}

export interface WorldEnvironment {
  readonly id: string
  readonly name: string
  readonly orchestrator: string
  readonly isArchived: boolean
  readonly freezes: readonly Freeze[]
}

export interface ReleaseWorld {
  readonly id: string
  readonly release: ReleaseState | null
  /** `null` while nothing was ever live or adopted there. */
  readonly live: LiveState | null
  /** Other releases of the model into the environment that have not ended. */
  readonly siblings: readonly ReleaseState[]
  readonly people: readonly WorldPerson[]
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[]
  readonly separation: Readonly<Record<RiskTier, Separation>>
  readonly environment: WorldEnvironment | null
  /** Only for `open-release` and `replace-candidate`. */
  readonly model: { readonly id: string; readonly name: string; readonly isArchived: boolean } | null
  readonly version: WorldVersion | null
  /** The version that the release calls last stable, as the model registered it. */
  readonly stableVersion: WorldVersion | null
  readonly staging: WorldEnvironment | null
  /** Only for `open-release` and `adopt-template`. */
  readonly template: TemplateRevision | null
  readonly nextCode: string
  readonly nextDecision: number
  /** Only for `add-evidence` that names a file: what is stored under its hash, `null` when nothing is. */
  readonly storedFile: { readonly hash: string; readonly size: number; readonly mediaType: string } | null
  /** Only for `inherit-gate`. */
  readonly ancestor: ReleaseState | null
  /** The newest measurements by item, only for commands that freeze what was seen. */
  readonly readings?: Readings
}

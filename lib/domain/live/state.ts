/** What is live of one model in one environment: last stable, held versions, who rolls out, and the standing watch (PRODUCT rules 13 to 15, 23). */
import type { FreeText } from '@/lib/domain/text'
import type { ItemVerdict, VersionRef } from '@/lib/domain/release/state'

export interface StableVersion extends VersionRef {
  /** When it became live, which may be before it was recorded (adopt). */
  readonly since: string
  readonly recordedAt: string
  readonly recordedBy: string
  readonly how: 'released' | 'adopted' | 'rolled-back-to'
  readonly releaseId: string | null
  readonly releaseCode: string | null
}

export interface HeldVersion {
  readonly versionId: string
  readonly label: string
  readonly at: string
  readonly releaseId: string
  readonly reason: FreeText
  /** Reopening needs the cause written down (rule 14). */
  readonly lifted: { readonly at: string; readonly by: string; readonly cause: FreeText } | null
}

/** The standing watch of the version that is live: the standing items of its release, watched on. */
export interface Watch {
  readonly releaseId: string | null
  readonly startedAt: string
  readonly reviewAt: string | null
  readonly items: Readonly<Record<string, ItemVerdict>>
  readonly isAtRisk: boolean
  readonly turns: readonly { readonly at: string; readonly itemId: string; readonly title: string; readonly verdict: string; readonly reason: string }[]
}

export interface LiveState {
  readonly id: string
  readonly modelId: string
  readonly environmentId: string
  readonly lastStable: StableVersion | null
  readonly history: readonly StableVersion[]
  readonly held: readonly HeldVersion[]
  /** The one release that may move traffic (rule 15). */
  readonly rollingOut: { readonly releaseId: string; readonly code: string; readonly since: string } | null
  readonly watch: Watch | null
}

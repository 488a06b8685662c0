/** What an evidence pack is made of, before it becomes files: the facts as everybody signed in may see them, at one instant and one place of the log. */
import type { CheckInView } from '@/lib/domain/check-in/view'
import type { ReleaseView, TimelineEntry } from '@/lib/domain/release/view'
import type { Seen } from '@/lib/domain/release/state'

export type PackScope =
  | { readonly kind: 'release'; readonly code: string }
  /** ISO instants; from is in it, to is not. */
  | { readonly kind: 'period'; readonly from: string; readonly to: string }

/** What a signer saw, and the SHA-256 over it: two sign-offs of the same fingerprint saw the same. */
export interface SeenMark extends Seen {
  readonly fingerprint: string
}

/** The release without what depends on who looks. */
export type PackView = Omit<ReleaseView, 'can' | 'viewer' | 'people' | 'rail' | 'nextStepBlockers' | 'panels' | 'version'>

export interface PackRelease {
  readonly view: PackView
  /** By the id of the sign-off. */
  readonly seen: Readonly<Record<string, SeenMark>>
  /** Everything that happened to it, oldest first. */
  readonly timeline: readonly TimelineEntry[]
}

export type PackCheckIn = Pick<CheckInView, 'id' | 'title' | 'status' | 'startsAt' | 'startedAt' | 'closedAt' | 'zone' | 'minutes' | 'addenda' | 'taken'>

export interface PackFile {
  readonly hash: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  /** Where it lies in the pack; null when the installation has it no longer, or not whole. */
  readonly path: string | null
}

export interface Pack {
  readonly scope: PackScope
  readonly installationName: string
  /** The hash of the log's first entry. */
  readonly installation: string
  readonly asOf: string
  /** The log's last entry in this pack. */
  readonly head: { readonly seq: number; readonly hash: string }
  readonly shownEntries: number
  readonly key: { readonly id: string; readonly fingerprint: string }
  readonly checkpoints: number
  readonly releases: readonly PackRelease[]
  readonly checkIns: readonly PackCheckIn[]
  readonly files: readonly PackFile[]
}

/** What the pack is about, in a few words. */
export function scopeWords(scope: PackScope): string {
  return scope.kind === 'release' ? scope.code : `${scope.from.slice(0, 10)} to ${scope.to.slice(0, 10)}`
}

/** The name of the folder and of the zip. */
export function packName(scope: PackScope, asOf: string): string {
  const about = scope.kind === 'release' ? scope.code : `${scope.from.slice(0, 10)}-to-${scope.to.slice(0, 10)}`
  return `evidence-${about}-${asOf.slice(0, 10)}`
}

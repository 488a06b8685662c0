/** What has happened to the live version of one model in one environment. */
import type { FreeText } from '@/lib/domain/text'
import type { ItemVerdict, VersionRef } from '@/lib/domain/release/state'
import type { HeldVersion, StableVersion, Watch } from './state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

export type LiveEvent =
  | E<'live-began', { readonly id: string; readonly modelId: string; readonly environmentId: string }>
  | E<'adopted', { readonly stable: StableVersion; readonly note: FreeText }>
  | E<'stable-set', { readonly stable: StableVersion; readonly watch: Watch }>
  | E<'version-held', { readonly held: HeldVersion }>
  | E<'hold-lifted', { readonly versionId: string; readonly cause: FreeText }>
  | E<'rollout-taken', { readonly releaseId: string; readonly code: string }>
  | E<'rollout-freed', { readonly releaseId: string }>
  | E<'returned', { readonly to: VersionRef | null; readonly releaseId: string; readonly code: string }>
  | E<'watch-turned', { readonly itemId: string; readonly title: string; readonly verdict: ItemVerdict; readonly isAtRisk: boolean }>
  | E<'review-set', { readonly reviewAt: string | null }>

export type LiveEventOf<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>

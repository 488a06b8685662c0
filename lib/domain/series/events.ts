/** What has happened to a series; what happens at its check-ins is theirs. */
import type { FreeText } from '@/lib/domain/text'
import type { SeriesPlan } from './state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

/** `from` is a date in the zone of the plan: the plan holds from that day on. */
export type SeriesEvent =
  | E<'series-started', { readonly id: string; readonly plan: SeriesPlan }>
  | E<'series-changed', { readonly from: string; readonly plan: SeriesPlan }>
  | E<'series-ended', { readonly from: string; readonly reason: FreeText }>
  | E<'occurrence-opened', { readonly key: string }>

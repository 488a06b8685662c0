/** The newer state that goes back with every command, so that no screen has to ask again. */
import 'server-only'
import type { Actor } from '@/lib/domain/actor'
import type { AggregateKind } from '@/lib/domain/aggregate'
import { rawStore } from '@/lib/server/raw-store'
import { seriesView } from '@/lib/server/series/view'
import { checkInView } from '@/lib/server/view/check-in'
import { viewModel } from '@/lib/server/view/model'
import { releaseView } from '@/lib/server/view/release'
import { viewTemplate } from '@/lib/server/view/template'

type Reader = (actor: Actor, id: string) => Promise<unknown>

/** Kinds whose view comes back with the answer; the others are refetched by the screen when the change is announced. */
const READERS: Partial<Record<AggregateKind, Reader>> = {
  'check-in': checkInView,
  model: async (actor, id) => viewModel(await rawStore(), actor, id),
  release: releaseView,
  series: seriesView,
  template: async (actor, id) => viewTemplate(await rawStore(), actor, id),
}

/** The view of an aggregate after a command, or undefined where the kind has none. */
export async function currentView(kind: AggregateKind, id: string, actor: Actor): Promise<unknown> {
  return (await READERS[kind]?.(actor, id)) ?? undefined
}

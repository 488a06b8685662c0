/** Reads what happened since an instant on the releases that concern a person. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import { endedSince } from '@/db/work-list'
import type { Store } from '@/db/store'
import type { PersonActor } from '@/lib/domain/actor'
import type { ReleaseState } from '@/lib/domain/release/state'
import { changesOn } from '@/lib/domain/work/changes'
import type { DigestChange } from '@/lib/domain/work/view'
import { loadNames } from '@/lib/server/view/people'

/** More than this nobody reads. */
const MOST = 60

/** In: the releases in flight that concern the person; those that ended since, and name them, are read besides. Out: newest first. */
export async function changesFor(store: Store, actor: PersonActor, states: readonly ReleaseState[], since: Date): Promise<readonly DigestChange[]> {
  const known = new Set(states.map((state) => state.id))
  const [names, ended] = await Promise.all([loadNames(store), endedSince(store, actor.personId, since)])
  const past = await loadAggregates(store, 'release', ended.filter((id) => !known.has(id)))
  return [...states, ...[...past.values()].map((one) => one.state)]
    .flatMap((state) => changesOn(state, actor.personId, since.toISOString(), (id) => names.get(id) ?? 'Gatehouse'))
    .toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, MOST)
}

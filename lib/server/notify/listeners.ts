/** Hides where routing learns who listens. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { listeningDestinations } from '@/db/destination'
import type { Store } from '@/db/store'
import { hoursOf } from '@/lib/domain/destination/state'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import type { Listener } from '@/lib/domain/message/compose'

/** The destinations that take messages now; a context loads them beside its state, for its `notify`. */
export async function loadListeners(store: Store): Promise<readonly Listener[]> {
  const states = await listeningDestinations(store)
  const teams = states.some(({ hours }) => hours) ? ((await loadAggregate(store, 'installation', INSTALLATION_ID))?.state.teams ?? []) : []
  return states.map(({ id, team, eventKinds, routing, hours }) => {
    const open = hoursOf(hours, teams)
    return { id, team, eventKinds, ...(routing ? { routing } : {}), ...(open ? { hours: open } : {}) }
  })
}

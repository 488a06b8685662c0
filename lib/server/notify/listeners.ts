/** Hides where routing learns who listens. */
import 'server-only'
import { listeningDestinations } from '@/db/destination'
import type { Store } from '@/db/store'
import type { Listener } from '@/lib/domain/message/compose'

/** The destinations that take messages now; a context loads them beside its state, for its `notify`. */
export async function loadListeners(store: Store): Promise<readonly Listener[]> {
  const states = await listeningDestinations(store)
  return states.map(({ id, team, eventKinds }) => ({ id, team, eventKinds }))
}

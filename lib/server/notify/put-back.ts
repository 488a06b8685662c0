/** Hides how deliveries that failed go out again because somebody asked for it. */
import 'server-only'
import { replayWrite } from '@/db/outbox'
import type { Store } from '@/db/store'
import { AggregateConflict } from '@/db/write'
import { wakeNotify } from '@/lib/server/notify/start'

/** Sends dead or held deliveries again, now, under their ids. Out: how many; somebody else may have been first. */
export async function putBackAll(store: Store, deliveryIds: readonly string[]): Promise<number> {
  const replayed = await Promise.all(deliveryIds.map((one) => putBack(store, one)))
  wakeNotify()
  return replayed.filter(Boolean).length
}

/** Out: false when somebody else was first. */
async function putBack(store: Store, deliveryId: string): Promise<boolean> {
  try {
    await store.commit({ writes: [replayWrite(deliveryId, new Date())] })
    return true
  } catch (error) {
    if (error instanceof AggregateConflict) return false
    throw error
  }
}

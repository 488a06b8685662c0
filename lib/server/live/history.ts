/** Hides how the events of a live version are read from the log. */
import 'server-only'
import { eventsOf } from '@/db/log'
import type { Store } from '@/db/store'
import type { DomainEvent } from '@/lib/domain/aggregate'
import type { LiveEvent } from '@/lib/domain/live/events'

/** The log of a live version holds its events and no others; a method, so that the narrower list fits without a cast. */
interface Read {
  list(events: readonly DomainEvent[]): readonly LiveEvent[]
}
const read: Read = { list: (events: readonly LiveEvent[]) => events }

/** All events of a live version, oldest first, texts sealed. */
export async function liveHistory(store: Store, liveId: string): Promise<readonly LiveEvent[]> {
  return read.list(await eventsOf(store, 'live', liveId))
}

/** Hides how the public picture comes from where the database is read (Next's bundle) to where the pages are made (server.ts): over one slot per process. */
import type { SubscriptionChannel } from '@/lib/domain/installation/status-page'
import type { PublicStatus } from '@/lib/domain/status/status'
import { processWide } from '@/lib/public/process-wide'

/** The public picture as of an instant (ISO): the last one at which the facts could be read. */
export interface StatusSnapshot {
  readonly status: PublicStatus
  readonly asOf: string
  /** The internal page, and the hash of the code in its address; absent while there is no link to it. */
  readonly internal?: { readonly hash: string; readonly status: PublicStatus; readonly asOf: string }
  /** Ways to subscribe that are offered. */
  readonly subscriptions?: readonly SubscriptionChannel[]
}

interface Feed {
  latest: StatusSnapshot | null
  onSnapshot: ((snapshot: StatusSnapshot) => void) | null
}

function feed(): Feed {
  return processWide<Feed>('status-feed', () => ({ latest: null, onSnapshot: null }))
}

/** Hands over a new picture; it is served a moment later. */
export function publishStatus(snapshot: StatusSnapshot): void {
  feed().latest = snapshot
  feed().onSnapshot?.(snapshot)
}

/** Takes every picture from now on, and the newest one at once. One taker; a second replaces the first. */
export function takeStatus(onSnapshot: (snapshot: StatusSnapshot) => void): void {
  feed().onSnapshot = onSnapshot
  const { latest } = feed()
  if (latest) onSnapshot(latest)
}

/** The newest picture, or null before the first. */
export function latestStatus(): StatusSnapshot | null {
  return feed().latest
}

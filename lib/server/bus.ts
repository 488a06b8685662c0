/** Hides how a commit is heard in the rest of the process: one bus, shared by pages, routes, worker and server. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'
import type { AggregateKind } from '@/lib/domain/aggregate'

/** An aggregate changed; `seq` is the last log entry of the commit. */
export interface Announcement {
  readonly kind: AggregateKind
  readonly id: string
  readonly version: number
  readonly seq: number
}

type Listener = (announcement: Announcement) => void

function listeners(): Set<Listener> {
  return processWide('bus', () => new Set<Listener>())
}

/** Hears every commit from now on. Out: the function that stops it. */
export function listen(listener: Listener): () => void {
  listeners().add(listener)
  return () => listeners().delete(listener)
}

/** Tells all listeners; one that throws does not keep the others from hearing. */
export function announce(announcement: Announcement): void {
  for (const listener of listeners()) {
    try {
      listener(announcement)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }
}

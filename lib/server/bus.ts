/** Hides how a commit is heard in the rest of the process: one bus, shared by pages, routes, worker and server. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Relay } from '@/db/store'
import { processWide } from '@/lib/public/process-wide'
import { AGGREGATE_KINDS, type AggregateKind } from '@/lib/domain/aggregate'

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

/** Tells all listeners of this process and, where there are replicas, those of the others. */
export function announce(announcement: Announcement): void {
  tell(announcement)
  const { relay, self } = line()
  // lost words cost freshness only: whoever missed them reads the new state at the next look
  relay?.say(JSON.stringify({ self, ...announcement })).catch((error: unknown) => process.emitWarning(String(error)))
}

interface Line {
  readonly self: string
  relay: Relay | null
}

function line(): Line {
  return processWide<Line>('bus-line', () => ({ self: randomUUID(), relay: null }))
}

const Said = z.object({ self: z.string(), kind: z.enum(AGGREGATE_KINDS), id: z.string(), version: z.number(), seq: z.number() })

/** Joins the bus to the other replicas' by the store's relay. Once per process, by whoever opens the store. */
export async function joinReplicas(relay: Relay): Promise<void> {
  const own = line()
  own.relay = relay
  await relay.hear((words) => {
    const { self, ...announcement } = Said.parse(JSON.parse(words))
    if (self !== own.self) tell(announcement)
  })
}

/** One listener that throws does not keep the others from hearing. */
function tell(announcement: Announcement): void {
  for (const listener of listeners()) {
    try {
      listener(announcement)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }
}

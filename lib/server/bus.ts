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

/** Tells the listeners of this process alone, of what every replica finds out by itself. */
export function announceHere(announcement: Announcement): void {
  tell(announcement)
}

type AsideListener = (words: unknown) => void

function asideListeners(): Map<string, AsideListener> {
  return processWide('bus-asides', () => new Map<string, AsideListener>())
}

/** Hears what other replicas say aside under a name; one listener each, the first stays. */
export function listenAside(name: string, listener: AsideListener): void {
  if (!asideListeners().has(name)) asideListeners().set(name, listener)
}

/** Says something to the other replicas that is no commit and is kept nowhere. Lost words must not matter. */
export function sayAside(name: string, words: object): void {
  const { relay, self } = line()
  relay?.say(JSON.stringify({ self, aside: name, words })).catch((error: unknown) => process.emitWarning(String(error)))
}

interface Line {
  readonly self: string
  relay: Relay | null
}

function line(): Line {
  return processWide<Line>('bus-line', () => ({ self: randomUUID(), relay: null }))
}

const Aside = z.object({ self: z.string(), aside: z.string(), words: z.unknown() })
const Said = z.object({ self: z.string(), kind: z.enum(AGGREGATE_KINDS), id: z.string(), version: z.number(), seq: z.number() })

/** Joins the bus to the other replicas' by the store's relay. Once per process, by whoever opens the store. */
export async function joinReplicas(relay: Relay): Promise<void> {
  const own = line()
  own.relay = relay
  await relay.hear((words) => {
    const said: unknown = JSON.parse(words)
    const aside = Aside.safeParse(said)
    if (aside.success) return void (aside.data.self !== own.self && asideListeners().get(aside.data.aside)?.(aside.data.words))
    const { self, ...announcement } = Said.parse(said)
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

/** Hides which event streams are open: a shutdown ends them and refuses new ones, and neither a session nor a person nor everybody together holds more than the process can carry. */
import { processWide } from '@/lib/public/process-wide'

/** Ends one stream, after sending the given last bytes. */
export type EndStream = (last: string) => void

/** Who listens. A browser has one session, and one stream for all of its tabs. */
export interface Listener {
  readonly session: string
  readonly person: string
}

interface Open extends Listener {
  readonly end: EndStream
}

interface StreamState {
  readonly open: Set<Open>
  isStopping: boolean
}

/** More than any honest use: browsers share one stream between their tabs, and forget the ones of closed tabs within a beat. */
export const MOST_STREAMS = { session: 20, person: 60, all: 2_000 }
const LAST_WORDS = 'event: bye\nretry: 1000\ndata: shutdown\n\n'
/** Whoever is ended for a newer stream comes back late, so that two that fight for the last place do not do so every second. */
const CROWDED = 'event: crowded\nretry: 60000\ndata: "This session or person has opened newer streams than it may keep; the oldest is ended."\n\n'

function state(): StreamState {
  return processWide('streams', () => ({ open: new Set<Open>(), isStopping: false }))
}

/**
 * Registers an open stream; where its session or person now has too many, their oldest ends with `crowded`. Out: a function that forgets it (call it on
 * disconnect), or `null` when it must be answered with 503: the server is stopping, or carries as many as it can.
 */
export function registerStream(end: EndStream, { session, person }: Listener): (() => void) | null {
  const { open } = state()
  if (!isRoomForStream()) return null
  const mine = { end, session, person }
  open.add(mine)
  endOldest((one) => one.session === session, MOST_STREAMS.session)
  endOldest((one) => one.person === person, MOST_STREAMS.person)
  return () => open.delete(mine)
}

/** Whether another stream may be opened at all. */
export function isRoomForStream(): boolean {
  return !state().isStopping && state().open.size < MOST_STREAMS.all
}

function endOldest(isTheirs: (one: Open) => boolean, most: number): void {
  const { open } = state()
  const theirs = [...open].filter(isTheirs)
  for (const one of theirs.slice(0, Math.max(0, theirs.length - most))) {
    open.delete(one)
    one.end(CROWDED)
  }
}

/** How many streams are open now. */
export function openStreamCount(): number {
  return state().open.size
}

/** Says goodbye on every stream and refuses new ones; browsers come back after one second. */
export function endAllStreams(): void {
  const streams = state()
  streams.isStopping = true
  for (const { end } of [...streams.open]) end(LAST_WORDS)
  streams.open.clear()
}

/** Whether the process has begun to stop. */
export function isStopping(): boolean {
  return state().isStopping
}

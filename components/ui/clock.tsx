'use client'
/** The one clock of the screen: every relative time ticks with it, and the server's first picture is repeated exactly while hydrating. */
import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react'

interface FirstPicture {
  /** The server's clock when it rendered, epoch milliseconds. */
  readonly now: number
  /** The zone that the server rendered in: the viewer's from the cookie, else UTC. */
  readonly zone: string
}

const TICK_MS = 10_000
const FirstPictureContext = createContext<FirstPicture | null>(null)

/** The zone that the person chose in their account; null follows the browser. */
export const PreferredZone = createContext<string | null>(null)

let current = 0
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    current = Date.now()
    for (const tell of listeners) tell()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

function snapshot(): number {
  // Frozen between ticks, as an external store must be; refreshed when the first reader comes.
  if (listeners.size === 0 || current === 0) current = Math.max(current, Date.now() - (Date.now() % TICK_MS))
  return current
}

const never = () => () => {}

/** Hands the server's clock and zone to the times below, and leaves the browser's zone in a cookie for the next first picture. */
export function ViewerClock({ now, zone, children }: FirstPicture & { children: ReactNode }) {
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own !== zone) document.cookie = `gatehouse-zone=${encodeURIComponent(own)}; path=/; max-age=31536000; samesite=lax`
  }, [zone])
  return <FirstPictureContext value={{ now, zone }}>{children}</FirstPictureContext>
}

/** Now in epoch milliseconds, ticking every ten seconds. On the server and while hydrating: the server's now. */
export function useNow(): number {
  const first = useContext(FirstPictureContext)
  return useSyncExternalStore(subscribe, snapshot, () => first?.now ?? 0)
}

/** The viewer's zone: the one they chose, else the browser's. On the server and while hydrating: the zone of the cookie, else UTC. */
export function useZone(): string {
  const first = useContext(FirstPictureContext)
  const preferred = useContext(PreferredZone)
  const own = useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => first?.zone ?? 'UTC')
  return preferred ?? own
}

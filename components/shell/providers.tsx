'use client'
/** The browser's cache of server data, made once per visit, and the one event stream that says what in it is old. */
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { queryClient } from '@/lib/client/cache'
import { chooseTheme } from '@/components/shell/theme-toggle'
import { PreferredZone } from '@/components/ui/clock'
import { startLive, type LiveState } from '@/lib/client/live'

// Not a context: one that changes above a page that is still coming from the server makes the browser draw the page a second time by itself.
let live: LiveState = 'connecting'
const listeners = new Set<() => void>()

function setLive(state: LiveState): void {
  live = state
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** How the event stream is now, for the note that says "reconnecting". */
export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => live, () => 'connecting')
}

interface ProvidersProps {
  /** Sequence of the log up to which the page was read. */
  seq: number
  /** What the person prefers; null follows the browser. */
  timeZone: string | null
  theme: 'system' | 'light' | 'dark'
  children: ReactNode
}

/** Around everything behind the sign-in. Live messages say what is old, so nothing is fetched again merely because time passed. */
export function Providers({ seq, timeZone, theme, children }: ProvidersProps) {
  const [client] = useState(queryClient)
  const [from] = useState(seq)
  useEffect(() => startLive(client, from, setLive), [client, from])
  // The theme that the person saved elsewhere, unless this browser has a choice of its own.
  useEffect(() => {
    if (theme !== 'system' && !document.cookie.includes('gatehouse-theme=')) chooseTheme(theme)
  }, [theme])
  return (
    <QueryClientProvider client={client}>
      <PreferredZone value={timeZone}>{children}</PreferredZone>
      <LiveNote />
    </QueryClientProvider>
  )
}

/** Says that what is shown may be old, and only then. */
function LiveNote() {
  const state = useLiveState()
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-3 z-40 flex justify-center">
      {state === 'reconnecting' && <span className="rounded-surface border border-line-strong bg-surface px-3 py-1 text-12 text-ink-2">Reconnecting… what you see may be a moment old.</span>}
      {state === 'signed-out' && <a href="/sign-in" className="pointer-events-auto rounded-surface border border-waiting bg-waiting-bg px-3 py-1 text-12 text-waiting">You are signed out. Sign in again.</a>}
    </div>
  )
}

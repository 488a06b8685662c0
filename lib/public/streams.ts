/** Hides which event streams are open, so that a shutdown can end them and refuse new ones. */
import { processWide } from '@/lib/public/process-wide'

/** Ends one stream, after sending the given last bytes. */
export type EndStream = (last: string) => void

interface StreamState {
  readonly open: Set<EndStream>
  isStopping: boolean
}

const LAST_WORDS = 'event: bye\nretry: 1000\ndata: shutdown\n\n'

function state(): StreamState {
  return processWide('streams', () => ({ open: new Set<EndStream>(), isStopping: false }))
}

/** Registers an open stream. Out: a function that forgets it (call it on disconnect), or `null` when the server is stopping and the stream must be answered with 503. */
export function registerStream(end: EndStream): (() => void) | null {
  const { open, isStopping } = state()
  if (isStopping) return null
  open.add(end)
  return () => open.delete(end)
}

/** How many streams are open now. */
export function openStreamCount(): number {
  return state().open.size
}

/** Says goodbye on every stream and refuses new ones; browsers come back after one second. */
export function endAllStreams(): void {
  const streams = state()
  streams.isStopping = true
  for (const end of [...streams.open]) end(LAST_WORDS)
  streams.open.clear()
}

/** Whether the process has begun to stop. */
export function isStopping(): boolean {
  return state().isStopping
}

/** Tells the event streams of this process that the metrics of a release have moved; what they say is fetched by each browser with its own rights. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'

type Listener = (releaseId: string) => void

function listeners(): Set<Listener> {
  return processWide('metric-news', () => new Set<Listener>())
}

/** Hears of every release whose metrics moved. Out: the function that stops it. */
export function listenToMetrics(listener: Listener): () => void {
  listeners().add(listener)
  return () => { listeners().delete(listener) }
}

/** Tells everybody who listens. */
export function tellMetrics(releaseId: string): void {
  for (const listener of listeners()) listener(releaseId)
}

/** Feeds the editor's completion from our own API: metric names, labels, values and help of one metrics source, asked once and kept while the editor is open. */
import type { PrometheusClient } from '@prometheus-io/codemirror-promql'
import { read } from '@/lib/client/api'

interface Names {
  readonly names: string[]
}
type Meta = Record<string, { type: string; help: string }[]>

/** A client as the PromQL extension wants it. Failures give empty lists and are told once, because completion is a help and never a hindrance. */
export function completionSource(sourceId: string, onTrouble: (message: string) => void): PrometheusClient {
  const kept = new Map<string, Promise<unknown>>()
  const base = `/sources/${encodeURIComponent(sourceId)}`

  function asked<T>(path: string, empty: T): Promise<T> {
    const known = kept.get(path)
    if (known) return known.then((value) => (isLike(value, empty) ? value : empty))
    const answer = read<T>(path).catch((error: unknown) => {
      kept.delete(path)
      onTrouble(error instanceof Error ? error.message : 'The source does not answer.')
      return empty
    })
    kept.set(path, answer)
    return answer
  }
  const of = (metric: string | undefined) => (metric ? `?metric=${encodeURIComponent(metric)}` : '')
  const names = async (path: string) => (await asked<Names>(path, { names: [] })).names

  return {
    labelNames: (metric) => names(`${base}/labels${of(metric)}`),
    labelValues: (label, metric) => names(`${base}/labels/${encodeURIComponent(label)}/values${of(metric)}`),
    metricNames: () => names(`${base}/labels/__name__/values`),
    metricMetadata: () => asked<Meta>(`${base}/metadata`, {}),
    series: () => Promise.resolve([]),
    flags: () => Promise.resolve({}),
  }
}

/** What was kept under a path has the shape of what was asked for it; both are plain objects. */
function isLike<T>(value: unknown, empty: T): value is T {
  return typeof value === typeof empty
}

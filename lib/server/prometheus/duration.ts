/** Reads durations as Go and Prometheus write them. */
import 'server-only'

const DURATION = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w|y)/g
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 }

/** A duration ("15s", "1m30s") in seconds; `null` when it is none. */
export function durationSeconds(text: string): number | null {
  let total = 0
  let rest = text
  for (const [whole, digits, unit] of text.matchAll(DURATION)) {
    total += Number(digits) * (SECONDS[unit ?? ''] ?? 0)
    rest = rest.replace(whole, '')
  }
  return rest === '' && total > 0 ? total : null
}

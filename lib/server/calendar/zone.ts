/** Writes a time zone for calendars (VTIMEZONE, RFC 5545, 3.6.5) from what the runtime knows of it: each change of the clock by its day, none by a guessed rule. */
import 'server-only'
import { offsetMs } from '@/lib/domain/series/wall-clock'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const MOST_KEPT = 60

const kept = new Map<string, string>()

interface Change {
  readonly at: number
  readonly from: number
  readonly to: number
}

function changesOf(zone: string, start: number, end: number): readonly Change[] {
  const found: Change[] = []
  let before = offsetMs(zone, start)
  for (let at = start; at < end; at += DAY_MS) {
    const after = offsetMs(zone, at + DAY_MS)
    if (after === before) continue
    let [low, high] = [at, at + DAY_MS]
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS
      if (offsetMs(zone, middle) === before) low = middle
      else high = middle
    }
    found.push({ at: high, from: before, to: after })
    before = after
  }
  return found
}

const two = (value: number) => String(value).padStart(2, '0')

function offsetWords(ms: number): string {
  const minutes = Math.abs(Math.round(ms / MINUTE_MS))
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}

/** What the clock showed as it changed. */
function wall(at: number, offset: number): string {
  return new Date(at + offset).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
}

/** In: a zone, and the years for which it must hold (the last included). Out: the component in lines that end as RFC 5545 wants them. */
export function zoneComponent(zone: string, firstYear: number, lastYear: number): string {
  const key = `${zone} ${firstYear} ${lastYear}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const start = Date.UTC(firstYear, 0, 1)
  const base = offsetMs(zone, start)
  const changes = [{ at: start, from: base, to: base }, ...changesOf(zone, start, Date.UTC(lastYear + 1, 0, 1))]
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const name = `${change.from} ${change.to}`
    const group = groups.get(name)
    if (group) group.push(change)
    else groups.set(name, [change])
  }
  const lines = [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group
    if (!first) return []
    const part = first.to > first.from ? 'DAYLIGHT' : 'STANDARD'
    return [
      `BEGIN:${part}`, `DTSTART:${wall(first.at, first.from)}`, `TZOFFSETFROM:${offsetWords(first.from)}`, `TZOFFSETTO:${offsetWords(first.to)}`,
      ...rest.map((change) => `RDATE:${wall(change.at, change.from)}`), `END:${part}`,
    ]
  })
  const text = ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE'].join('\r\n')
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, text)
  return text
}

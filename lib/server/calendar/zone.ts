/** Writes a time zone for calendars (VTIMEZONE, RFC 5545, 3.6.5): the changes of the clock that the runtime knows, as yearly rules where they keep one, day by day where they do not. */
import 'server-only'
import { offsetMs } from '@/lib/domain/series/wall-clock'

const MINUTE_MS = 60_000
/** No zone changes its clock there and back within a week. */
const STEP_MS = 7 * 86_400_000
const MOST_KEPT = 60
/** Within so many years each rule by a day of the week meets each of its seven dates. */
const RULE_YEARS = 30
/** Changes that keep no rule (those that follow the moon) are written down for so long. */
const LISTED_YEARS = 60
/** A rule may begin after some years of exceptions, which are written down. */
const MOST_BEFORE = 6
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const

const kept = new Map<string, string>()

interface Change {
  readonly at: number
  readonly from: number
  readonly to: number
}

function changesOf(zone: string, start: number, end: number): readonly Change[] {
  const found: Change[] = []
  let before = offsetMs(zone, start)
  for (let at = start; at < end; at += STEP_MS) {
    const after = offsetMs(zone, at + STEP_MS)
    if (after === before) continue
    let [low, high] = [at, at + STEP_MS]
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
function wall({ at, from }: Change): string {
  return new Date(at + from).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
}

/** The yearly rule that changes keep: one a year, in one month, at one time, on one day of the week within seven dates. Out: null where they keep none. */
function ruleOf(changes: readonly Change[]): string | null {
  const days = changes.map((change) => new Date(change.at + change.from))
  const [first] = days
  if (!first || days.length < RULE_YEARS - 1) return null
  const isRegular = days.every((day, index) => day.getUTCFullYear() === first.getUTCFullYear() + index && day.getUTCMonth() === first.getUTCMonth() && day.getUTCDay() === first.getUTCDay() && day.getTime() % 86_400_000 === first.getTime() % 86_400_000)
  if (!isRegular) return null
  const dates = days.map((day) => day.getUTCDate())
  const [low, high] = [Math.min(...dates), Math.max(...dates)]
  if (high - low !== 6) return null
  const weekday = WEEKDAYS[first.getUTCDay()] ?? 'SU'
  const lastOfMonth = new Date(Date.UTC(2025, first.getUTCMonth() + 1, 0)).getUTCDate()
  const month = `FREQ=YEARLY;BYMONTH=${first.getUTCMonth() + 1}`
  if (high === lastOfMonth) return `${month};BYDAY=-1${weekday}`
  if (low % 7 === 1) return `${month};BYDAY=${(low - 1) / 7 + 1}${weekday}`
  return `${month};BYMONTHDAY=${Array.from({ length: 7 }, (_, index) => low + index).join(',')};BYDAY=${weekday}`
}

function part(changes: readonly Change[], rule: string | null): readonly string[] {
  const [first] = changes
  if (!first) return []
  const name = first.to > first.from ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${name}`, `DTSTART:${wall(first)}`, `TZOFFSETFROM:${offsetWords(first.from)}`, `TZOFFSETTO:${offsetWords(first.to)}`,
    // The first is said again: some readers take the list for all there is.
    ...(rule !== null ? [`RRULE:${rule}`] : changes.length > 1 ? changes.map((change) => `RDATE:${wall(change)}`) : []), `END:${name}`,
  ]
}

/** Changes of one kind, told apart by their offsets: a clock that goes forward and back has two. */
function kindsOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const kinds = new Map<string, Change[]>()
  for (const change of changes) {
    const kind = kinds.get(`${change.from} ${change.to}`)
    if (kind) kind.push(change)
    else kinds.set(`${change.from} ${change.to}`, [change])
  }
  return [...kinds.values()]
}

/** The parts of changes that end in yearly rules; null where they never do. A zone that no longer changes its clock has none, which holds for ever. */
function regularParts(zone: string, firstYear: number): readonly string[] | null {
  const changes = changesOf(zone, Date.UTC(firstYear, 0, 1), Date.UTC(firstYear + RULE_YEARS + MOST_BEFORE, 0, 1))
  for (let before = 0; before <= MOST_BEFORE; before += 1) {
    const begins = Date.UTC(firstYear + before, 0, 1)
    const ruled = kindsOf(changes.filter((one) => one.at >= begins)).map((kind) => ({ kind, rule: ruleOf(kind) }))
    if (ruled.every(({ rule }) => rule !== null)) return [...kindsOf(changes.filter((one) => one.at < begins)).flatMap((kind) => part(kind, null)), ...ruled.flatMap(({ kind, rule }) => part(kind, rule))]
  }
  return null
}

/** In: a zone, and the first year for which it must hold; it holds from then on. Out: the component in lines that end as RFC 5545 wants them. */
export function zoneComponent(zone: string, firstYear: number): string {
  const key = `${zone} ${firstYear}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const start = Date.UTC(firstYear, 0, 1)
  const base = offsetMs(zone, start)
  const parts = regularParts(zone, firstYear) ?? kindsOf(changesOf(zone, start, Date.UTC(firstYear + LISTED_YEARS, 0, 1))).flatMap((kind) => part(kind, null))
  const text = ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...part([{ at: start, from: base, to: base }], null), ...parts, 'END:VTIMEZONE'].join('\r\n')
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, text)
  return text
}

/** How numbers, durations and instants are said, the same on the server, in the browser, in Slack and in the sentence. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * A duration in at most two units: "2 d 4 h", "1 d", "5 h", "1 h 20 min" (below three hours), "38 min", "12 s".
 * In: milliseconds; negative counts as zero. Rounded down, so that nothing is ever said to have waited longer than it has.
 */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  const hours = Math.floor(ms / HOUR)
  if (ms < DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE)
    return hours < 3 && minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  }
  const days = Math.floor(ms / DAY)
  const rest = Math.floor((ms % DAY) / HOUR)
  return rest > 0 && days < 10 ? `${days} d ${rest} h` : `${days} d`
}

/** Words that another sentence goes on with: without a full stop of their own. */
export function withoutStop(words: string): string {
  return words.replace(/\.$/, '')
}

/** Working time, which has no days: "31 h", "38 min", "0 h". In: milliseconds. */
export function formatHours(milliseconds: number): string {
  if (milliseconds < MINUTE) return '0 h'
  return milliseconds < HOUR ? formatDuration(milliseconds) : `${formatCount(Math.floor(milliseconds / HOUR))} h`
}

/** How long ago or until: "just now", "38 min ago", "in 2 d 4 h". In: two instants (ISO or epoch milliseconds). */
export function formatRelative(at: string | number, now: string | number): string {
  const difference = epoch(at) - epoch(now)
  if (Math.abs(difference) < 30 * SECOND) return 'just now'
  const said = formatDuration(Math.abs(difference))
  return difference < 0 ? `${said} ago` : `in ${said}`
}

/** A day as a person says it: "today", "tomorrow", "yesterday", "Wed 25 Nov" within a week, "2 Dec" this year, "12 Sep 2025" else. */
export function formatDay(at: string | number, now: string | number, zone: string): string {
  const day = parts(at, zone)
  const today = parts(now, zone)
  const distance = Math.round((dayNumber(day) - dayNumber(today)) / DAY)
  if (distance === 0) return 'today'
  if (distance === 1) return 'tomorrow'
  if (distance === -1) return 'yesterday'
  if (Math.abs(distance) < 7) return `${day.weekday} ${day.day} ${day.month}`
  return day.year === today.year ? `${day.day} ${day.month}` : `${day.day} ${day.month} ${day.year}`
}

/** A day with its time: "today 14:00", "2 Dec 09:30". */
export function formatMoment(at: string | number, now: string | number, zone: string): string {
  return `${formatDay(at, now, zone)} ${formatClock(at, zone)}`
}

/** The time of day, "14:00", in the zone. */
export function formatClock(at: string | number, zone: string): string {
  const p = parts(at, zone)
  return `${p.hour}:${p.minute}`
}

/** The instant without doubt: "Sun 22 Nov 2026, 14:00:03 UTC". The zone is said by its short name. */
export function formatExact(at: string | number, zone: string): string {
  const p = parts(at, zone)
  return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute}:${p.second} ${p.zone}`
}

// Made once: making one costs as much as a hundred answers of it.
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const threeDigits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 })

/** A whole number with its thousands grouped, "18,240": as every sentence of the product writes them. */
export function formatCount(value: number): string {
  return whole.format(value)
}

/** A measured value with three significant digits, "0.91", "163", "1.8"; "–" when it is not finite. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1_000) return formatCount(value)
  return threeDigits.format(value)
}

/** Bytes in binary units, "24 GiB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let unit = 0
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024
    unit += 1
  }
  return `${formatValue(value)} ${units[unit] ?? ''}`
}

/** A ratio as a percentage, "20 %", "99.62 %" (at most two decimals). */
export function formatPercent(ratio: number): string {
  return `${new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }).format(ratio * 100)} %`
}

/** A count with its noun: "1 gate", "3 gates". The plural may be given. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** Up to two initials of a name, for an avatar. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((w) => w !== '')
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

interface ZonedParts {
  weekday: string
  day: string
  month: string
  year: string
  hour: string
  minute: string
  second: string
  zone: string
}

const formats = new Map<string, Intl.DateTimeFormat>()
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const options: Intl.DateTimeFormatOptions = {
    timeZone: zone, hourCycle: 'h23', weekday: 'short', day: 'numeric', month: 'numeric', year: 'numeric',
    hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
  }
  let made: Intl.DateTimeFormat
  try {
    made = new Intl.DateTimeFormat('en-GB', options)
  } catch {
    // An unknown zone (a cookie may say anything) falls back to UTC instead of breaking the page.
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  }
  // Zones come from cookies; more of them than the world has are a nuisance, not a reason to keep growing.
  if (formats.size > 600) formats.clear()
  formats.set(zone, made)
  return made
}

// The same instants are said again and again, by a board at every render; reading a zone costs far more than remembering it.
const MOST_SAID = 4_000
const said = new Map<string, ZonedParts>()

function parts(at: string | number, zone: string): Readonly<ZonedParts> {
  const key = `${at} ${zone}`
  const known = said.get(key)
  if (known) return known
  if (said.size >= MOST_SAID) said.clear()
  const made = readParts(at, zone)
  said.set(key, made)
  return made
}

// Months are named here, because browsers and Node disagree on "Sep" and "Sept" between ICU versions.
function readParts(at: string | number, zone: string): ZonedParts {
  const found: ZonedParts = { weekday: '', day: '', month: '', year: '', hour: '', minute: '', second: '', zone: '' }
  for (const part of formatFor(zone).formatToParts(epoch(at))) {
    if (part.type === 'month') found.month = MONTHS[Number(part.value) - 1] ?? ''
    else if (part.type === 'timeZoneName') found.zone = part.value
    else if (part.type === 'weekday' || part.type === 'year' || part.type === 'hour') found[part.type] = part.value
    else if (part.type === 'day') found.day = String(Number(part.value))
    else if (part.type === 'minute' || part.type === 'second') found[part.type] = part.value.padStart(2, '0')
  }
  return found
}

function dayNumber(p: Readonly<ZonedParts>): number {
  return Date.UTC(Number(p.year), MONTHS.indexOf(p.month), Number(p.day))
}

function epoch(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at)
}

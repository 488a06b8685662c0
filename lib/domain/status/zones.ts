/** The time zones that the status page offers, and which others it takes from its address. */

/** One for most people's clock; any other that the runtime knows may stand in the address. */
const OFFERED = [
  'UTC', 'Pacific/Honolulu', 'America/Anchorage', 'America/Los_Angeles', 'America/Denver', 'America/Chicago', 'America/New_York', 'America/Halifax', 'America/Sao_Paulo',
  'Atlantic/Azores', 'Europe/London', 'Europe/Berlin', 'Europe/Athens', 'Africa/Lagos', 'Africa/Nairobi', 'Europe/Istanbul', 'Asia/Dubai', 'Asia/Karachi', 'Asia/Kolkata',
  'Asia/Dhaka', 'Asia/Bangkok', 'Asia/Singapore', 'Asia/Shanghai', 'Asia/Tokyo', 'Australia/Sydney', 'Pacific/Auckland',
] as const

/** The zones to choose from, the current one among them. */
export function pageZones(current: string): readonly string[] {
  return OFFERED.some((one) => one === current) ? OFFERED : [current, ...OFFERED]
}

let known: ReadonlySet<string> | null = null

/** The zone of an address, in its own spelling; null for what is none. The list is closed, so that nobody can fill a memory with made-up zones. */
export function zoneOf(asked: string): string | null {
  known ??= new Set([...Intl.supportedValuesOf('timeZone'), ...OFFERED])
  return known.has(asked) ? asked : null
}

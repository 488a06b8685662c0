/** The span of time that charts show: a range up to now, or from one instant to another, as it stands in an address. */

export const RANGES = ['1h', '6h', '24h', '7d'] as const
export type RangeName = (typeof RANGES)[number]

export const RANGE_SECONDS: Readonly<Record<RangeName, number>> = { '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800 }
export const DEFAULT_RANGE: RangeName = '6h'

/** Unix seconds, whole. */
export interface Between {
  readonly from: number
  readonly to: number
}
export type MetricsWindow = RangeName | Between

/** How finely a window is read: for the small charts beside a release, or for charts of their own page. */
export type Detail = 'small' | 'full'

/** Nothing shorter than a few scrapes shows anything; a longer one is another tool's work. */
export const SHORTEST_SECONDS = 30
export const LONGEST_SECONDS = 31 * 86_400

function isRange(text: string | null | undefined): text is RangeName {
  return RANGES.some((one) => one === text)
}

interface Words {
  readonly range?: string | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
}

/** Reads a window from the words of an address: `from` and `to` as ISO instants win over `range`. `null`: nothing there that can be shown. */
export function windowOf({ range, from, to }: Words): MetricsWindow | null {
  if (from || to) {
    const [start, end] = [Math.floor(Date.parse(from ?? '') / 1000), Math.ceil(Date.parse(to ?? '') / 1000)]
    if (!(end - start >= SHORTEST_SECONDS) || end - start > LONGEST_SECONDS) return null
    return { from: start, to: end }
  }
  return isRange(range) ? range : null
}

/** The same from the search of a page, where a word may stand more than once. */
export function windowOfSearch(search: Readonly<Record<string, string | readonly string[] | undefined>>): MetricsWindow | null {
  const first = (name: string) => { const value = search[name]; return typeof value === 'string' ? value : value?.[0] }
  return windowOf({ range: first('range'), from: first('from'), to: first('to') })
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

/** The window as it stands in an address: "range=6h" or "from=2026-11-22T19:00:00Z&to=…". */
export function windowWords(shown: MetricsWindow): string {
  return typeof shown === 'string' ? `range=${shown}` : `from=${iso(shown.from)}&to=${iso(shown.to)}`
}

/** A window of at least the shortest length around what was drawn over, inside of what can be. */
export function widened(from: number, to: number): Between {
  const [start, end] = [Math.floor(Math.min(from, to)), Math.ceil(Math.max(from, to))]
  const missing = Math.max(0, SHORTEST_SECONDS - (end - start))
  return { from: start - Math.ceil(missing / 2), to: Math.min(end + Math.floor(missing / 2), start - Math.ceil(missing / 2) + LONGEST_SECONDS) }
}

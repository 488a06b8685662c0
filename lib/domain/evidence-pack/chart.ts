/** Draws the kept series of a metric verdict as a small chart that prints: line, limit, the ends of both axes in words. */
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'

const WIDTH = 320
const HEIGHT = 96
/** Room for the numbers of the value axis. */
const LEFT = 46
const TOP = 14
const BOTTOM = 16

/** In: the points (unix seconds, value), the limit if there is one, the unit. Out: an SVG whose colours are the page's own; null when there is nothing to draw. */
export function seriesChart(series: readonly KeptPoint[], limit: number | null, unit: string, label: string): string | null {
  const values = series.flatMap(([, value]) => (value === null ? [] : [value]))
  const [first] = series
  const last = series.at(-1)
  if (values.length < 2 || !first || !last || last[0] <= first[0]) return null
  const [low, high] = spanOf(limit === null ? values : [...values, limit])
  const x = (at: number): string => (LEFT + ((at - first[0]) / (last[0] - first[0])) * (WIDTH - LEFT)).toFixed(1)
  const y = (value: number): string => (HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const text = (value: number): string => escapeXml(valueText(value, unitOf(unit)))
  const clock = (at: number): string => new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeXml(label)}: from ${text(Math.min(...values))} to ${text(Math.max(...values))}" class="chart">`,
    `<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>`,
    limit === null ? '' : `<line class="limit" x1="${LEFT}" x2="${WIDTH}" y1="${y(limit)}" y2="${y(limit)}"/><text class="limit-text" x="${WIDTH}" y="${Number(y(limit)) - 3}" text-anchor="end">limit ${text(limit)}</text>`,
    `<path class="line" d="${pathOf(series, x, y)}"/>`,
    `<text x="0" y="${TOP + 3}">${text(high)}</text><text x="0" y="${HEIGHT - BOTTOM}">${text(low)}</text>`,
    `<text x="${LEFT}" y="${HEIGHT - 4}">${clock(first[0])}</text><text x="${WIDTH}" y="${HEIGHT - 4}" text-anchor="end">${clock(last[0])}</text>`,
    '</svg>',
  ].join('')
}

function spanOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  return low === high ? [low - Math.abs(low || 1) / 2, high + Math.abs(high || 1) / 2] : [low, high]
}

function pathOf(series: readonly KeptPoint[], x: (at: number) => string, y: (value: number) => string): string {
  let isDrawing = false
  return series.map(([at, value]) => {
    if (value === null) {
      isDrawing = false
      return ''
    }
    const step = `${isDrawing ? 'L' : 'M'}${x(at)} ${y(value)}`
    isDrawing = true
    return step
  }).join('')
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

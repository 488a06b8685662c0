/** Round numbers and round times for the axes of a chart, the same for the server's picture and the drawn chart. */
import { formatClock, formatExact } from '@/lib/domain/format'
import type { Unit } from '@/lib/domain/preset/unit'

export interface Tick {
  /** A value in its base unit, or unix seconds. */
  readonly at: number
  readonly text: string
}

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** What a value of this size is multiplied with to be written, and the unit behind it. */
function scaleOf(unit: Unit, size: number): readonly [number, string] {
  switch (unit) {
    case 's': return size < 0.001 ? [1e6, 'µs'] : size < 1 ? [1000, 'ms'] : size < 10_000 ? [1, 's'] : [1 / 3600, 'h']
    case 'bytes': {
      const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, size)) / 10)))
      return [1 / 1024 ** power, BYTES[power] ?? 'B']
    }
    case 'ratio': return [100, '%']
    case 'days': return [1, 'd']
    case 'currency': return [1, '¤']
    case 'score': case 'count': return [1, '']
    default: return [1, unit]
  }
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return (([1, 2, 2.5, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10)) * power
}

/** Three to six round values inside of a span; only the topmost says its unit, as a column of numbers does. */
export function valueTicks(low: number, high: number, unit: Unit): readonly Tick[] {
  if (!(high > low)) return []
  const [factor, name] = scaleOf(unit, Math.max(Math.abs(low), Math.abs(high)))
  const step = roundStep(((high - low) * factor) / 5)
  const decimals = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (step / 10 ** Math.floor(Math.log10(step) + 1e-9) === 2.5 ? 1 : 0)))
  const first = Math.ceil((low * factor) / step)
  const last = Math.floor((high * factor) / step)
  const big = Math.max(Math.abs(low), Math.abs(high)) * factor
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k): Tick => {
    const value = (first + k) * step
    const number = big >= 1e7 ? value.toExponential(1) : grouped(value.toFixed(decimals))
    return { at: value / factor, text: k === last - first && name !== '' ? `${number} ${name}` : number }
  })
}

/** Commas between thousands; the language's own way would cost more than the chart. */
function grouped(number: string): string {
  return number.replace(/^(-?)0$/, '0').replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ',')
}

const STEPS = [5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800] as const

/** How far a zone's clock is ahead of UTC at an instant, seconds, within a day. */
function ahead(at: number, zone: string): number {
  const [hour = 0, minute = 0, second = 0] = (/(\d\d):(\d\d):(\d\d)/.exec(formatExact(at * 1000, zone)) ?? []).slice(1).map(Number)
  return hour * 3600 + minute * 60 + second - (((Math.floor(at) % 86_400) + 86_400) % 86_400)
}

let lastKey = ''
let lastTicks: readonly Tick[] = []

/** Round times in the viewer's zone, at most so many; whole days say their date. All charts of a screen ask the same, so the last answer is kept. */
export function timeTicks(from: number, to: number, zone: string, most = 6): readonly Tick[] {
  const key = `${from} ${to} ${zone} ${most}`
  if (key !== lastKey) [lastKey, lastTicks] = [key, roundTimes(from, to, zone, most)]
  return lastTicks
}

function roundTimes(from: number, to: number, zone: string, most: number): readonly Tick[] {
  if (!(to > from)) return []
  const step = STEPS.find((one) => (to - from) / one <= most) ?? 604_800
  const shift = ahead(to, zone)
  const first = Math.ceil((from + shift) / step) * step - shift
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, k): Tick => {
    const at = first + k * step
    const isMidnight = (at + shift) % 86_400 === 0
    const clock = formatClock(at * 1000, zone)
    return { at, text: isMidnight ? dayOf(at, zone) : step < 60 ? `${clock}:${String(Math.round(at % 60)).padStart(2, '0')}` : clock }
  })
}

function dayOf(at: number, zone: string): string {
  return /^\S+ (\S+ \S+)/.exec(formatExact(at * 1000, zone))?.[1] ?? ''
}

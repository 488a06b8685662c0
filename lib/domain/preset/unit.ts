/** Units of metric values, and how a number in a unit is written: the base unit inside, a readable one on the screen. */

export const UNITS = ['s', 'ratio', 'req/s', 'tok/s', 'req', 'bytes', 'cores', 'count', 'score', 'days', 'currency'] as const

/** Values are always in these base units; presets scale what the exporter gives (µs, ms, 0–100, MiB). */
export type Unit = (typeof UNITS)[number]

function isUnit(text: string): text is Unit {
  return UNITS.some((unit) => unit === text)
}

/** The unit behind a word of a template or a panel; `1` and words that we do not know are plain numbers. */
export function unitOf(text: string): Unit {
  return isUnit(text) ? text : 'score'
}

export interface WrittenValue {
  readonly number: string
  readonly unit: string
}

// Made once: a number that is said by its locale anew each time costs more than the row that shows it.
const formatOf = (digits: number) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: digits })
const FORMATS = [formatOf(0), formatOf(1), formatOf(2), formatOf(3)] as const

/** Three significant digits without exponent noise: 1234.5 → "1,235", 0.083 → "0.083", 0 → "0". */
function short(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && size < 0.001) return value.toExponential(1)
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  return FORMATS[digits].format(value)
}

const BYTE_STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

function writeBytes(value: number): WrittenValue {
  let rest = value
  let step = 0
  while (Math.abs(rest) >= 1024 && step < BYTE_STEPS.length - 1) {
    rest /= 1024
    step += 1
  }
  return { number: short(rest), unit: BYTE_STEPS[step] ?? 'B' }
}

function writeSeconds(value: number): WrittenValue {
  const size = Math.abs(value)
  if (size === 0 || size >= 10_000) return size === 0 ? { number: '0', unit: 's' } : { number: short(value / 3600), unit: 'h' }
  if (size < 0.001) return { number: short(value * 1e6), unit: 'µs' }
  return size < 1 ? { number: short(value * 1000), unit: 'ms' } : { number: short(value), unit: 's' }
}

/** Writes a value for people. In: base unit. Out: digits and the unit beside them ("163", "ms"); ratios become per cent. Never throws; non-finite values are said in words. */
export function writeValue(value: number, unit: Unit): WrittenValue {
  if (!Number.isFinite(value)) return { number: Number.isNaN(value) ? 'not a number' : value > 0 ? 'infinite' : 'minus infinite', unit: '' }
  switch (unit) {
    case 's': return writeSeconds(value)
    case 'bytes': return writeBytes(value)
    case 'ratio': return { number: short(value * 100), unit: '%' }
    case 'score': case 'count': return { number: short(value), unit: '' }
    case 'currency': return { number: short(value), unit: '¤' }
    case 'days': return { number: short(value), unit: 'd' }
    case 'req/s': case 'tok/s': case 'req': case 'cores': return { number: short(value), unit }
  }
}

/** The same in one string: "163 ms", "0.21 %", "0.08". */
export function valueText(value: number, unit: Unit): string {
  const written = writeValue(value, unit)
  return written.unit ? `${written.number} ${written.unit}` : written.number
}

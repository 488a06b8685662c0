/** Lengths of time as people write them in a field: 90s, 5m, 1h, 7d. */

const UNITS: Readonly<Record<string, number>> = { s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400 }

/** Reads one; a plain number counts as minutes. `null` when it is none. */
export function secondsOf(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*(s|sec|m|min|h|d)?$/i.exec(text.trim())
  if (!match?.[1]) return null
  const seconds = Number(match[1].replace(',', '.')) * (UNITS[(match[2] ?? 'm').toLowerCase()] ?? 60)
  return Number.isFinite(seconds) ? Math.round(seconds) : null
}

/** Writes one in the largest unit that keeps it whole. In: seconds. */
export function spanText(seconds: number): string {
  for (const [unit, size] of [['d', 86_400], ['h', 3600], ['m', 60]] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`
  }
  return `${seconds}s`
}

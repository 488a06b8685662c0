'use client'
/** A small picture of a frozen series with its limit and its ends in words; nothing is asked of Prometheus for it. */
import { ChartPicture } from '@/components/metrics/picture'
import { useNow, useZone } from '@/components/ui/clock'
import { measuredText } from '@/components/verdict/words'
import { formatClock, formatMoment } from '@/lib/domain/format'
import type { Unit } from '@/lib/domain/preset/unit'
import type { Limit } from '@/lib/domain/verdict/limit'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'

/** Thinned series are uneven: only a silence of more than twice the usual distance, and an eighth of the whole, is drawn as a gap. */
function usualStep(series: readonly KeptPoint[], seconds: number): number {
  const distances = series.slice(1).map(([at], index) => at - (series[index]?.[0] ?? at)).toSorted((a, b) => a - b)
  return Math.max(2 * (distances[Math.floor(distances.length / 2)] ?? 1), seconds / 8, 1)
}

interface ReadingPictureProps {
  series: readonly KeptPoint[]
  /** Only where the values themselves are held against it. */
  limit: Limit | null
  unit: Unit
}

/** In: points in order of time. With fewer than two values it says so. */
export function ReadingPicture({ series, limit, unit }: ReadingPictureProps) {
  const [now, zone] = [useNow(), useZone()]
  const [first, last] = [series[0], series.at(-1)]
  if (!first || !last || series.filter(([, value]) => value !== null).length < 2) return <p className="text-12 text-ink-3">No series was kept with it.</p>
  const panel = { candidate: series, stable: [], threshold: limit && { comparator: limit.comparator, value: limit.limit } }
  const values = series.flatMap(([, value]) => (value === null ? [] : [value]))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const [from, to] = [first[0], last[0]]
  const step = usualStep(series, to - from)
  const words = `${measuredText(low, unit)} to ${measuredText(high, unit)} from ${formatMoment(from * 1000, now, zone)} to ${formatMoment(to * 1000, now, zone)}`
  return (
    <figure className="max-w-md" aria-label={`Values then: ${words}`}>
      <div className="relative h-12 overflow-hidden rounded-control bg-sunken"><ChartPicture panel={panel} from={from} to={to} stepSeconds={step} marks={[]} /></div>
      <figcaption className="mt-1 flex justify-between gap-3 text-11 text-ink-3" aria-hidden="true"><span>{formatMoment(from * 1000, now, zone)}</span><span>{measuredText(low, unit)} – {measuredText(high, unit)}</span><span>{formatClock(to * 1000, zone)}</span></figcaption>
    </figure>
  )
}

'use client'
/** One measure over a period: each release a dot at its finish, the half in the middle as a band, the median of each month as a step. */
import { useId } from 'react'
import { useWidth } from '@/components/flow/use-width'
import { useZone } from '@/components/ui/clock'
import { ticksOf } from '@/lib/domain/flow/axis'
import type { Measured } from '@/lib/domain/flow/insights'
import { niceTop } from '@/lib/domain/flow/scale'
import { valueWords } from '@/lib/domain/flow/words'

const HEIGHT = 148
const BOTTOM = 18
const LEFT = 44

export function DotChart({ measured, from, to, title }: { measured: Measured; from: number; to: number; title: string }) {
  const [ref, width] = useWidth(420)
  const zone = useZone()
  const id = useId()
  const { distribution: d, dots, unit, months } = measured
  const { top, ticks } = niceTop(Math.max(1, ...dots.map((dot) => dot.value)), unit)
  const x = (at: number) => LEFT + (Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)))) * (width - LEFT - 10)
  const y = (value: number) => 8 + (1 - Math.min(1, value / top)) * (HEIGHT - BOTTOM - 8)
  const first = dots[0]
  return (
    <div ref={ref} className="min-w-0">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-labelledby={id} className="block max-w-full">
        <title id={id}>{`${title}: ${d.n} releases${d.median === null ? '' : `, median ${valueWords(d.median, unit)}`}${d.least === null || d.most === null ? '' : `, from ${valueWords(d.least, unit)} to ${valueWords(d.most, unit)}`}`}</title>
        {d.quarter !== null && d.threeQuarters !== null && <rect x={LEFT} y={y(d.threeQuarters)} width={width - LEFT - 10} height={Math.max(1, y(d.quarter) - y(d.threeQuarters))} fill="var(--idle-bg)" />}
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y(tick)}H${width - 10}`} stroke="var(--line)" />
            <text x={LEFT - 6} y={y(tick) + 3} fontSize="10" textAnchor="end" fill="var(--ink-3)">{tick === 0 ? '0' : valueWords(tick, unit)}</text>
          </g>
        ))}
        {ticksOf(from, to, zone, Math.max(2, Math.floor((width - LEFT) / 70))).map((tick) => <text key={tick.at} x={x(tick.at)} y={HEIGHT - 4} fontSize="10" textAnchor={x(tick.at) > width - 30 ? 'end' : 'middle'} fill="var(--ink-3)">{tick.label}</text>)}
        {d.median !== null && <path d={`M${LEFT} ${y(d.median)}H${width - 10}`} stroke="var(--ink-2)" strokeDasharray="4 3" />}
        {months.map((month) => {
          const start = Date.parse(`${month.month}-01T00:00:00Z`)
          const next = new Date(start)
          next.setUTCMonth(next.getUTCMonth() + 1)
          return month.median === null ? null : <path key={month.month} d={`M${x(start)} ${y(month.median)}H${x(next.getTime())}`} stroke="var(--ink)" strokeWidth="2.5" strokeLinecap="round" />
        })}
        {first && dots.map((dot) => (
          <circle key={dot.code} cx={x(dot.at)} cy={y(dot.value)} r="3.5" fill="var(--surface)" stroke="var(--open)" strokeWidth="1.75"><title>{`${dot.code}: ${valueWords(dot.value, unit)}`}</title></circle>
        ))}
      </svg>
    </div>
  )
}

/** A distribution on one line: every value a dot, the middle half a bar, the median a stroke; on a scale that its neighbours share. */
export function StripChart({ measured, most, label }: { measured: Measured; most: number; label: string }) {
  const { distribution: d, dots, unit } = measured
  const x = (value: number) => 3 + (value / Math.max(1, most)) * 194
  return (
    <svg viewBox="0 0 200 16" preserveAspectRatio="none" role="img" aria-label={`${label}: ${d.n} values${d.median === null ? '' : `, median ${valueWords(d.median, unit)}`}`} className="h-4 w-full">
      <path d="M0 8H200" stroke="var(--line)" vectorEffect="non-scaling-stroke" />
      {d.quarter !== null && d.threeQuarters !== null && <rect x={x(d.quarter)} y="3" width={Math.max(1, x(d.threeQuarters) - x(d.quarter))} height="10" fill="var(--waiting-bg)" stroke="var(--waiting)" strokeWidth="0.75" vectorEffect="non-scaling-stroke" />}
      {dots.map((dot) => <path key={dot.code} d={`M${x(dot.value)} 5.5V10.5`} stroke="var(--ink-3)" strokeWidth="1" vectorEffect="non-scaling-stroke"><title>{`${dot.code}: ${valueWords(dot.value, unit)}`}</title></path>)}
      {d.median !== null && <path d={`M${x(d.median)} 1V15`} stroke="var(--waiting)" strokeWidth="2.5" vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}

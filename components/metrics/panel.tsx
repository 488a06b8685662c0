'use client'
/** One metric panel: the value and its unit, stable and limit beside it, the chart, and in words why there is no value when there is none. */
import { useCallback, useRef } from 'react'
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { useZone } from '@/components/ui/clock'
import { Surface } from '@/components/ui/surface'
import { formatClock } from '@/lib/domain/format'
import type { PanelMark, PanelState, PanelView } from '@/lib/domain/preset/panel-view'
import { unitOf, valueText, writeValue } from '@/lib/domain/preset/unit'
import { Chart } from './chart'
import type { Hovered } from './plot'

interface MetricPanelProps {
  panel: PanelView
  from: number
  to: number
  stepSeconds: number
  marks: readonly PanelMark[]
  candidateLabel: string
  stableLabel: string | null
}

const STATE_WORDS: Readonly<Record<Exclude<PanelState, 'ok'>, string>> = { inconclusive: 'inconclusive', 'no-data': 'no data', idle: 'idle', error: 'not measured' }
const SIGNS: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '<': '<', '>': '>', '==': '=' }

/** The value in the panel's unit; words that are no known unit stand behind the number as they are. */
function written(value: number, unit: string): { readonly number: string; readonly unit: string } {
  const known = writeValue(value, unitOf(unit))
  return { number: known.number, unit: known.unit || (unitOf(unit) === 'score' && unit !== 'score' && unit !== '1' ? unit : '') }
}

export function MetricPanel({ panel, from, to, stepSeconds, marks, candidateLabel, stableLabel }: MetricPanelProps) {
  const zone = useZone()
  const line = useRef<HTMLSpanElement>(null)
  const rest = panel.state === 'ok' ? panel.words : panel.reason
  const { unit } = panel
  const say = useCallback((hovered: Hovered) => {
    const element = line.current
    if (!element) return
    if (!hovered) {
      element.textContent = element.dataset['rest'] ?? ''
      return
    }
    const text = (value: number | null) => (value === null ? '–' : valueText(value, unitOf(unit)))
    const parts = [formatClock(hovered.at * 1000, zone), text(hovered.candidate), ...(hovered.stable === null ? [] : [`stable ${text(hovered.stable)}`])]
    element.textContent = parts.join(' · ')
  }, [unit, zone])
  const value = panel.value === null ? null : written(panel.value, panel.unit)
  const limit = panel.threshold === null ? null : `${SIGNS[panel.threshold.comparator] ?? panel.threshold.comparator} ${valueText(panel.threshold.value, unitOf(panel.unit))}`
  const stable = panel.stableValue === null ? null : valueText(panel.stableValue, unitOf(panel.unit))
  return (
    <Surface className="flex flex-col px-3 pt-3 pb-2" aria-label={spoken(panel, candidateLabel, stableLabel, limit)} role="group">
      <div className="flex min-h-5 items-baseline justify-between gap-2 text-12 text-ink-2">
        <h3 className="min-w-0 truncate text-12 font-normal" title={panel.query}>{panel.title}</h3>
        <span className="shrink-0 whitespace-nowrap">{stable !== null ? `stable ${stable}` : limit !== null ? `limit ${limit}` : ''}</span>
      </div>
      <div className="flex h-7 items-center justify-between gap-2">
        {value ? (
          <span className={classes('text-20 font-semibold', panel.isBreached && 'text-failed')}>
            {value.number}<span className="text-12 font-normal text-ink-2"> {value.unit}</span>
          </span>
        ) : (
          <span className="flex items-center gap-1 text-13 text-ink-2"><Mark state="no-data" size={14} />{panel.state === 'ok' ? 'no data' : STATE_WORDS[panel.state]}</span>
        )}
        {panel.isBreached && <span className="flex items-center gap-1 text-12 whitespace-nowrap text-failed"><Mark state="failed" size={12} />outside {limit}</span>}
        {!panel.isBreached && stable !== null && limit !== null && <span className="text-12 whitespace-nowrap text-ink-3">{limit}</span>}
      </div>
      <Chart panel={panel} from={from} to={to} stepSeconds={stepSeconds} marks={marks} onHover={say} />
      <span ref={line} data-rest={rest} title={rest} className="block h-5 truncate pt-1 text-11 text-ink-3">{rest}</span>
    </Surface>
  )
}

function spoken(panel: PanelView, candidateLabel: string, stableLabel: string | null, limit: string | null): string {
  const own = panel.value === null ? `${panel.state === 'ok' ? 'no data' : STATE_WORDS[panel.state]}. ${panel.reason}` : `${candidateLabel} ${valueText(panel.value, unitOf(panel.unit))}`
  const beside = panel.stableValue === null ? '' : `, stable ${stableLabel ?? ''} ${valueText(panel.stableValue, unitOf(panel.unit))}`
  const held = limit === null ? '' : `, limit ${limit}${panel.isBreached ? ', outside of it' : ''}`
  return `${panel.title}: ${own}${beside}${held}`
}

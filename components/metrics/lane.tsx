'use client'
/** The time line over all charts: what happened, and the handle by which the shared instant is moved with the keyboard. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { classes } from '@/components/ui/class-names'
import { useZone } from '@/components/ui/clock'
import { formatExact } from '@/lib/domain/format'
import type { PanelMark, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { timeTicks } from './chart-axis'
import { valueAt, type Cursor } from './cursor'
import { KIND_WORDS, MarkGlyph } from './mark-glyph'
import { clusters, type Cluster } from './mark-clusters'
import { clockText, marksNear, useInstant } from './pointed'
import { writtenText } from './written'

interface LaneProps {
  view: ReleaseMetricsView
  cursor: Cursor
  isZoomed: boolean
  onZoom: (from: number, to: number) => void
  onZoomOut: () => void
}

export function Lane({ view, cursor, isZoomed, onZoom, onZoomOut }: LaneProps) {
  const { from, to, stepSeconds, marks } = view
  const zone = useZone()
  const at = useInstant(cursor)
  const track = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1000)
  const groups = useMemo(() => clusters(marks, from, to, width), [marks, from, to, width])
  useEffect(() => {
    const element = track.current
    if (!element) return
    const size = new ResizeObserver(() => setWidth(element.clientWidth))
    size.observe(element)
    return () => size.disconnect()
  }, [])

  const move = (to_: number) => cursor.set(Math.min(to, Math.max(from, Math.round(to_ / stepSeconds) * stepSeconds)))
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    cursor.set(from + ((event.clientX - box.left) / box.width) * (to - from))
  }
  const press = (event: KeyboardEvent) => {
    const now = at ?? to
    const zoomBy = (factor: number) => onZoom(now - (now - from) * factor, now + (to - now) * factor)
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(now - stepSeconds), ArrowRight: () => move(now + stepSeconds), PageDown: () => move(now - 10 * stepSeconds), PageUp: () => move(now + 10 * stepSeconds),
      Home: () => move(from), End: () => move(to),
      ArrowUp: () => cursor.set(marks.find((mark) => mark.at > now + 0.5 && mark.at <= to)?.at ?? now), ArrowDown: () => cursor.set(marks.findLast((mark) => mark.at < now - 0.5 && mark.at >= from)?.at ?? now),
      '+': () => zoomBy(0.5), '=': () => zoomBy(0.5), '-': onZoomOut,
    }
    const act = keys[event.key]
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  }
  const near = at === null ? [] : marksNear(marks, at, from, to)
  const said = at === null ? 'No instant chosen' : [
    formatExact(at * 1000, zone), ...near.map((mark) => `${KIND_WORDS[mark.kind]}: ${mark.label}`),
    ...view.panels.map((panel) => {
      const [own, beside] = [valueAt(panel.candidate, at, stepSeconds), valueAt(panel.stable, at, stepSeconds)]
      return `${panel.title} ${own === null ? 'no value' : writtenText(own, panel.unit)}${beside === null ? '' : `, stable ${writtenText(beside, panel.unit)}`}`
    }),
  ].join('; ')
  const place = (instant: number) => `${((instant - from) / (to - from || 1)) * 100}%`

  return (
    <div className="mb-3 overflow-x-clip rounded-surface border border-line bg-surface px-4 pt-2 pb-1">
      <div
        ref={track} role="slider" tabIndex={0} aria-label="Instant" aria-valuemin={from} aria-valuemax={to} aria-valuenow={Math.round(at ?? to)} aria-valuetext={said}
        aria-describedby="lane-keys" onKeyDown={press} onFocus={() => { if (cursor.at() === null) move(to) }} onBlur={() => cursor.set(null)} onPointerMove={point} onPointerDown={point} onPointerLeave={() => cursor.set(null)}
        className="relative h-7 cursor-crosshair touch-pan-y"
      >
        <div aria-hidden="true" className="absolute inset-x-0 top-1/2 border-t border-line-strong" />
        {at !== null && <div aria-hidden="true" className="absolute inset-y-0 border-l border-ink-3" style={{ left: place(at) }} />}
        {groups.map((group) => <ClusterSign key={group.marks[0]?.at} group={group} width={width} zone={zone} isNear={at !== null && group.marks.some((mark) => near.includes(mark))} />)}
      </div>
      <div className="relative h-5 text-11 text-ink-3">
        {timeTicks(from, to, zone, 8).map((tick, k) => <span key={tick.at} aria-hidden="true" className={classes('absolute top-0 -translate-x-1/2 whitespace-nowrap', k % 2 === 1 && 'max-sm:hidden')} style={{ left: place(tick.at) }}>{tick.text}</span>)}
        <span id="lane-keys" className="sr-only">Left and right move the instant, up and down go to what happened, plus looks closer, minus goes back{isZoomed ? '; the charts show a part' : ''}.</span>
      </div>
    </div>
  )
}

/** One sign, or the first of several with their number; words where there is room, all of them when it is pointed at. */
function ClusterSign({ group, width, zone, isNear }: { group: Cluster; width: number; zone: string; isNear: boolean }) {
  const [first] = group.marks
  if (!first) return null
  const { words, side } = group
  const sign = <MarkGlyph kind={first.kind} />
  return (
    <span className="group/sign absolute top-0 flex h-7 items-center" style={{ left: `${group.at * 100}%` }}>
      <span className={classes('flex h-5 items-center gap-1 rounded-control bg-surface px-0.5 text-11 whitespace-nowrap text-ink-2', side === 'left' ? '-translate-x-[calc(100%-8px)]' : '-translate-x-2')}>
        {side === 'left' && words}{sign}{side === 'right' ? words : side === null && group.marks.length > 1 ? group.marks.length : null}
      </span>
      <span aria-hidden="true" className={classes('pointer-events-none absolute top-full z-20 w-max rounded-control bg-ink px-3 py-2 text-12 text-paper shadow-float group-hover/sign:block', isNear ? 'block' : 'hidden', group.at > 0.5 ? 'right-0' : '-left-2')} style={{ maxWidth: Math.min(288, Math.max(group.at, 1 - group.at) * width) }}>
        {group.marks.slice(0, 8).map((mark: PanelMark, k) => <span key={k} className="block"><span className="tabular-nums opacity-70">{clockText(mark.at, zone)}</span> {mark.label}</span>)}
        {group.marks.length > 8 && <span className="block opacity-70">and {group.marks.length - 8} more; look closer to tell them apart</span>}
      </span>
    </span>
  )
}

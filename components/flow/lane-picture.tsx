'use client'
/** The lanes of a release as a picture that the pointer and the arrow keys walk through; what is under them stands below in words. */
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { DrawingView } from '@/components/flow/drawing'
import { useWidth } from '@/components/flow/use-width'
import { useZone } from '@/components/ui/clock'
import { formatExact } from '@/lib/domain/format'
import { drawLanes, segmentWords } from '@/lib/domain/flow/lane-drawing'
import type { LanesView } from '@/lib/domain/flow/view'

/** Every segment under the name that the drawing gives it, row by row. */
function wordsOf({ lanes }: LanesView, zone: string): readonly (readonly { readonly about: string; readonly words: string }[])[] {
  return lanes.lanes.flatMap((lane) => lane.rows.map((row) => row.segments.map((one, i) => ({
    about: `${lane.team.id}/${row.gateId}/${i}`,
    words: `${segmentWords(lane.team.name, row.number, row.name, one.kind, one.to - one.from, one.workingMs)}; ${one.isOn ? `since ${formatExact(one.from, zone)}` : `${formatExact(one.from, zone)} to ${formatExact(one.to, zone)}`}`,
  }))).filter((row) => row.length > 0))
}

const STEPS: Readonly<Record<string, readonly [row: number, place: number]>> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

export function LanePicture({ view }: { view: LanesView }) {
  const zone = useZone()
  const [ref, width] = useWidth(960)
  const drawing = useMemo(() => drawLanes(view.lanes, width, zone, view.forecast), [view, width, zone])
  const rows = useMemo(() => wordsOf(view, zone), [view, zone])
  const [shown, setShown] = useState<string | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const rects = useRef(new Map<string, SVGRectElement>())
  const said = new Map(rows.flat().map((one) => [one.about, one.words]))
  const current = at !== null && said.has(at) ? at : rows[0]?.[0]?.about

  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const row = rows.findIndex((one) => one.some((piece) => piece.about === current))
    const place = rows[row]?.findIndex((piece) => piece.about === current) ?? -1
    if (!step || row < 0) return
    event.preventDefault()
    const next = rows[Math.min(rows.length - 1, Math.max(0, row + step[0]))]
    const target = next?.[Math.min(next.length - 1, Math.max(0, step[0] === 0 ? place + step[1] : place))]
    if (target) rects.current.get(target.about)?.focus()
  }

  return (
    <div ref={ref} className="min-w-0">
      <DrawingView
        drawing={drawing}
        label={`${view.lanes.code} by teams over time. Arrow keys walk from wait to wait; the table below says the same.`}
        reach={(shape, about) => (
          <rect
            key={about} ref={(element) => { if (element) rects.current.set(about, element); else rects.current.delete(about) }}
            x={shape.x} y={shape.y} width={shape.w} height={shape.h} rx={shape.r} fill={`var(--${shape.fill ?? 'waiting'})`} stroke={shape.stroke && `var(--${shape.stroke})`} strokeWidth={shape.strokeWidth} strokeDasharray={shape.dash}
            role="img" aria-label={said.get(about)} tabIndex={about === current ? 0 : -1} className="outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus"
            onPointerEnter={() => setShown(about)} onPointerLeave={() => setShown(null)} onFocus={() => { setAt(about); setShown(about) }} onBlur={() => setShown(null)} onKeyDown={walk}
          />
        )}
      />
      <p aria-hidden="true" className="mt-1 min-h-10 text-12 text-ink-2 sm:min-h-5">{shown === null ? 'Point at a wait, or walk with the arrow keys, to read it.' : said.get(shown)}</p>
    </div>
  )
}

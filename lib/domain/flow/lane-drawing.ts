/** Lays a release's lanes out as a drawing: a row for each gate in its team's lane, what lay over it behind, milestones above, traffic below. */
import { formatDuration, formatHours } from '@/lib/domain/format'
import { TEAM_PATHS } from '@/lib/domain/team-paths'
import { ticksOf } from './axis'
import type { Forecast } from './forecast'
import type { Band, Lanes, Milestone, SegmentKind } from './lanes'
import { rounded, type Drawing, type Ink, type Shape } from './shape'

const ROW = 20
const HEAD = 26
const TRAFFIC = 30
const CHARACTER = 6.1

export const SEGMENT_WORDS: Readonly<Record<SegmentKind, string>> = { waiting: 'waiting for the team', stale: 'stale, to be affirmed again', rejected: 'rejected', failed: 'a line failed', clock: 'measuring or soaking' }
export const BAND_WORDS: Readonly<Record<Band['kind'], string>> = { hold: 'on hold', freeze: 'freeze', 'at-risk': 'at risk' }

const SEGMENTS: Readonly<Record<SegmentKind, { readonly fill: Ink; readonly stroke: Ink; readonly dash?: string; readonly inset: number }>> = {
  waiting: { fill: 'waiting-bg', stroke: 'waiting', inset: 5 }, stale: { fill: 'stale-bg', stroke: 'stale', dash: '3 2', inset: 5 }, rejected: { fill: 'failed', stroke: 'failed', inset: 3 },
  failed: { fill: 'failed-bg', stroke: 'failed', inset: 5 }, clock: { fill: 'open-bg', stroke: 'open', inset: 7 },
}
const BANDS: Readonly<Record<Band['kind'], { readonly fill: Ink; readonly stroke: Ink }>> = { hold: { fill: 'waiting-bg', stroke: 'waiting' }, freeze: { fill: 'open-bg', stroke: 'open' }, 'at-risk': { fill: 'risk-bg', stroke: 'risk' } }
const MILESTONES: Partial<Record<Milestone['kind'], Ink>> = { go: 'passed', stable: 'passed', 'no-go': 'failed', 'roll-back': 'failed', 'rolled-back': 'failed', defer: 'waiting', candidate: 'stale' }

function segment(kind: SegmentKind, x: number, y: number, width: number, about?: string): Shape {
  const { fill, stroke, dash, inset } = SEGMENTS[kind]
  const x0 = rounded(x)
  return { kind: 'rect', x: x0, y: y + inset, w: Math.max(2, rounded(width)), h: ROW - 2 * inset, r: 2, fill, stroke, strokeWidth: 1, dash, ...(about === undefined ? {} : { about }) }
}

const SIGN_WORDS = { signed: 'signed', withdrawn: 'sign-off withdrawn', rejected: 'rejected' } as const

function sign(kind: keyof typeof SIGN_WORDS, x: number, y: number): readonly Shape[] {
  const at = rounded(x)
  const tick = kind === 'signed' ? 'M-2.4 0.1L-0.6 1.9L2.5 -1.8' : 'M-2 -2L2 2M2 -2L-2 2'
  return [
    { kind: 'circle', x: at, y, r: 5.5, fill: kind === 'signed' ? 'passed' : kind === 'rejected' ? 'failed' : 'surface', stroke: kind === 'withdrawn' ? 'idle' : 'surface', strokeWidth: 1.25 },
    { kind: 'path', d: tick, x: at, y, stroke: kind === 'withdrawn' ? 'idle' : 'surface', strokeWidth: 1.5 },
  ]
}

function cut(text: string, width: number): string {
  const most = Math.max(3, Math.floor(width / CHARACTER))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

/** Labels above the picture on as many levels as they need, so that none lies over another. */
function headLabels(milestones: readonly Milestone[], x: (at: number) => number, right: number): { readonly levels: number; readonly placed: readonly { readonly milestone: Milestone; readonly level: number; readonly x: number; readonly isEnd: boolean }[] } {
  const ends: number[] = []
  const placed = milestones.map((milestone) => {
    const width = milestone.label.length * CHARACTER + 10
    const at = x(milestone.at)
    const isEnd = at + width > right
    const from = isEnd ? at - width : at
    const free = ends.findIndex((end) => end <= from)
    const level = free === -1 ? ends.length : free
    ends[level] = from + width
    return { milestone, level, x: at, isEnd }
  })
  return { levels: ends.length, placed }
}

function legend(lanes: Lanes, forecast: Forecast | null, width: number, top: number): { readonly shapes: readonly Shape[]; readonly height: number } {
  const kinds = new Set(lanes.lanes.flatMap((lane) => lane.rows.flatMap((row) => row.segments.map((one) => one.kind))))
  const bands = new Set(lanes.bands.map((band) => band.kind))
  const signs = new Set(lanes.lanes.flatMap((lane) => lane.rows.flatMap((row) => row.signs.map((one) => one.kind))))
  const entries = [
    ...[...kinds].map((kind) => ({ words: SEGMENT_WORDS[kind], draw: (x: number, y: number) => [segment(kind, x, y - ROW / 2, 18)] })),
    ...(['signed', 'withdrawn', 'rejected'] as const).filter((kind) => kind === 'signed' || signs.has(kind)).map((kind) => ({ words: SIGN_WORDS[kind], draw: (x: number, y: number) => sign(kind, x + 9, y) })),
    ...[...bands].map((kind) => ({ words: BAND_WORDS[kind], draw: (x: number, y: number): readonly Shape[] => [{ kind: 'rect', x, y: y - 6, w: 18, h: 12, fill: BANDS[kind].fill, stroke: BANDS[kind].stroke, strokeWidth: 0.75, dash: '1 2' }] })),
    // Inner and outer interval lie in one another, as in the picture.
    ...(forecast ? [{ words: `go by forecast: ${forecast.intervals.map((one) => `${Math.round(one.coverage * 100)} %`).join(', ')}`, draw: (x: number, y: number): readonly Shape[] => [{ kind: 'rect', x, y: y - 6, w: 18, h: 12, fill: 'idle-bg', opacity: 0.55 }, { kind: 'rect', x: x + 5, y: y - 6, w: 8, h: 12, fill: 'idle-bg' }] }] : []),
  ]
  const shapes: Shape[] = []
  let x = 0
  let y = top + 12
  for (const { words, draw } of entries) {
    const wide = 26 + words.length * CHARACTER + 14
    if (x > 0 && x + wide > width) [x, y] = [0, y + 20]
    shapes.push(...draw(x, y), { kind: 'text', x: x + 24, y: y + 4, text: words, size: 11, fill: 'ink-2' })
    x += wide
  }
  return { shapes, height: y - top + 14 }
}

export interface LaneDrawing extends Drawing {
  /** Where time lies, for a pointer: instants at the left and right edge of the axis. */
  readonly axis: { readonly left: number; readonly right: number; readonly from: number; readonly to: number }
}

/** The drawing. In: the lanes, the width in px, the viewer's zone, the forecast of the go where there is one. A segment is `about` `team/gate/index`. */
export function drawLanes(lanes: Lanes, width: number, zone: string, forecast: Forecast | null = null): LaneDrawing {
  const isNarrow = width < 560
  const left = isNarrow ? 92 : 176
  const right = width - 8
  const wide = forecast?.intervals.at(-1)
  // A far forecast must not squeeze what was into a corner.
  const to = Math.max(lanes.to, wide ? Math.min(wide.to, lanes.to + (lanes.to - lanes.from) * 0.6) : 0)
  const x = (at: number) => left + ((Math.min(to, Math.max(lanes.from, at)) - lanes.from) / (to - lanes.from)) * (right - left)
  const labels = headLabels(lanes.milestones, x, right)
  const top = 8 + labels.levels * 15 + 18
  const front: Shape[] = []
  let y = top
  for (const lane of lanes.lanes) {
    const waited = `${formatHours(lane.workingMs)}`
    front.push({ kind: 'path', d: `M0 ${y}H${width}`, stroke: 'line-strong', strokeWidth: 1 }, { kind: 'path', d: TEAM_PATHS[lane.team.shape], x: 1, y: y + 7, scale: 0.92, fill: 'ink' })
    front.push({ kind: 'text', x: 18, y: y + 17, text: cut(lane.team.name, isNarrow ? width / 2 : left - 56), size: 12, fill: 'ink', isStrong: true }, { kind: 'text', x: isNarrow ? right : left - 8, y: y + 17, text: waited, size: 11, fill: 'ink-2', anchor: 'end' })
    y += HEAD
    for (const row of lane.rows) {
      front.push({ kind: 'text', x: 18, y: y + 14, text: cut(`${row.number} ${row.name}`, left - 24), size: 11, fill: 'ink-2' })
      front.push({ kind: 'path', d: `M${left} ${y + ROW / 2}H${right}`, stroke: 'line', strokeWidth: 1 })
      row.segments.forEach((one, i) => front.push(segment(one.kind, x(one.from), y, x(one.to) - x(one.from), `${lane.team.id}/${row.gateId}/${i}`)))
      for (const one of row.signs) front.push(...sign(one.kind, x(one.at), y + ROW / 2))
      y += ROW
    }
    y += 6
  }
  if (lanes.traffic.length > 0) {
    front.push({ kind: 'path', d: `M0 ${y}H${width}`, stroke: 'line-strong', strokeWidth: 1 }, { kind: 'text', x: 18, y: y + 20, text: 'Traffic', size: 12, fill: 'ink', isStrong: true })
    for (const one of lanes.traffic) {
      const h = Math.max(3, rounded((TRAFFIC - 8) * (one.share / 100)))
      front.push({ kind: 'rect', x: rounded(x(one.from)), y: y + TRAFFIC - h, w: Math.max(1.5, rounded(x(one.to) - x(one.from))), h, fill: one.isWayBack ? 'failed' : 'open', opacity: one.isWayBack ? 1 : 0.75 })
      if (x(one.to) - x(one.from) > 34) front.push({ kind: 'text', x: rounded((x(one.from) + x(one.to)) / 2), y: y + TRAFFIC - h - 2 > y + 9 ? y + TRAFFIC - h - 2 : y + TRAFFIC - 6, text: `${one.share} %`, size: 10, fill: y + TRAFFIC - h - 2 > y + 9 ? 'ink-2' : 'surface', anchor: 'middle' })
    }
    y += TRAFFIC + 4
  }
  const bottom = y
  const back: Shape[] = []
  for (const tick of ticksOf(lanes.from, to, zone, Math.max(2, Math.floor((right - left) / 74)))) {
    back.push({ kind: 'path', d: `M${rounded(x(tick.at))} ${top - 4}V${bottom}`, stroke: 'line', strokeWidth: 1 })
    back.push({ kind: 'text', x: rounded(x(tick.at)), y: top - 7, text: tick.label, size: 10, fill: 'ink-3', anchor: x(tick.at) > right - 24 ? 'end' : x(tick.at) < left + 18 ? 'start' : 'middle' })
  }
  for (const band of lanes.bands) back.push({ kind: 'rect', x: rounded(x(band.from)), y: top, w: Math.max(1.5, rounded(x(band.to) - x(band.from))), h: bottom - top, fill: BANDS[band.kind].fill, stroke: BANDS[band.kind].stroke, strokeWidth: 0.75, dash: '1 2', opacity: 0.8 })
  const over: Shape[] = labels.placed.flatMap(({ milestone, level, x: at, isEnd }): Shape[] => {
    const fill = MILESTONES[milestone.kind] ?? 'ink-2'
    return [
      { kind: 'path', d: `M${rounded(at)} ${12 + level * 15}V${bottom}`, stroke: fill, strokeWidth: 1.25, dash: '4 2' }, { kind: 'circle', x: rounded(at), y: 12 + level * 15, r: 3, fill },
      { kind: 'text', x: rounded(at) + (isEnd ? -7 : 7), y: 16 + level * 15, text: milestone.label, size: 11, fill, isStrong: true, anchor: isEnd ? 'end' : 'start' },
    ]
  })
  if (lanes.isMoving && to > lanes.to) over.push({ kind: 'path', d: `M${rounded(x(lanes.to))} ${top}V${bottom}`, stroke: 'ink', strokeWidth: 1 }, { kind: 'text', x: rounded(x(lanes.to)) - 4, y: bottom - 4, text: 'now', size: 10, fill: 'ink', anchor: 'end' })
  if (forecast && wide) {
    for (const [i, one] of forecast.intervals.toReversed().entries()) back.push({ kind: 'rect', x: rounded(x(one.from)), y: top, w: Math.max(1, rounded(x(one.to) - x(one.from))), h: bottom - top, fill: 'idle-bg', opacity: i === 0 ? 0.55 : 1 })
    if (forecast.median <= to) over.push({ kind: 'path', d: `M${rounded(x(forecast.median))} ${top}V${bottom}`, stroke: 'ink-3', strokeWidth: 1.25, dash: '1 3' }, { kind: 'text', x: rounded(x(forecast.median)), y: top + 11, text: 'go?', size: 10, fill: 'ink-2', anchor: 'middle' })
  }
  const key = legend(lanes, wide ? forecast : null, width, bottom + 6)
  return { width, height: bottom + 6 + key.height, shapes: [...back, ...front, ...over, ...key.shapes], axis: { left, right, from: lanes.from, to } }
}

/** A segment in words, as the tooltip, the keyboard and the table say it. */
export function segmentWords(team: string, number: number, gate: string, kind: SegmentKind, elapsedMs: number, workingMs: number): string {
  const lasted = kind === 'clock' ? formatDuration(elapsedMs) : `${formatHours(workingMs)} of working time, ${formatDuration(elapsedMs)} elapsed`
  return `Gate ${number} ${gate}, ${kind === 'clock' ? SEGMENT_WORDS.clock : `${team}: ${SEGMENT_WORDS[kind]}`}, ${lasted}`
}

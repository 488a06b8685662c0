/** The small rail as SVG text with as few shapes as it can have: a board holds hundreds of rails, most of their marks are alike, and none of them is a component. */
import { markMarkup } from '@/components/gate/mark'
import type { RailGeometry, RailNode } from '@/components/gate/rail-geometry'
import type { MarkState, RailModel } from '@/lib/domain/rail'

interface Point {
  readonly x: number
  readonly y: number
}

/**
 * The inside of a small rail. In: the model and its geometry, x in percent of `span` pixels between the two ends. Out: SVG text of
 * numbers and constants only; no word of a person or a template is in it.
 */
export function railMarkup(model: RailModel, geometry: RailGeometry, span: number): string {
  const at = (node: RailNode) => round(geometry.end + (span * node.x) / 100)
  const r = geometry.radius
  let links = ''
  let later = ''
  let discs = ''
  let ticks = ''
  let others = ''
  let ring = ''
  geometry.nodes.forEach((node, i) => {
    const x = at(node)
    const { marks } = node
    if (marks.length > 1) links += `M${x} ${marks[0]?.y ?? 0}V${marks.at(-1)?.y ?? 0}`
    for (const { y, state } of marks) {
      if (state === 'later') later += disc({ x, y }, r - 1.5)
      else if (state === 'passed') {
        discs += disc({ x, y }, r + 0.75)
        ticks += tick({ x, y }, r)
      } else others += mark(state, x, y, r)
    }
    if (model.gates[i]?.hasBall) ring += ringAround(node, x, r + 3.5)
  })
  const walked = path(geometry, at, true)
  const ahead = path(geometry, at, false)
  return [
    ahead && `<path d="${ahead}" fill="none" stroke="var(--line-strong)" stroke-width="1.4" stroke-dasharray="1.5 3.5" stroke-linecap="round"/>`,
    walked && `<path d="${walked}" fill="none" stroke="var(--ink-2)" stroke-width="1.4"/>`,
    links && `<path d="${links}" stroke="var(--line-strong)" stroke-width="3" stroke-linecap="round"/>`,
    later && `<path d="${later}" fill="var(--surface)" stroke="var(--later)" stroke-width="1.25"/>`,
    discs && `<path d="${discs}" fill="var(--passed)" stroke="var(--rail-halo, var(--surface))" stroke-width="1.5"/>`,
    ticks && `<path d="${ticks}" fill="none" stroke="var(--surface)" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
    others, ring,
  ].join('')
}

function mark(state: MarkState, x: number, y: number, r: number): string {
  return `<g transform="translate(${x} ${y})">${markMarkup(state, r)}</g>`
}

function ringAround(node: RailNode, x: number, r: number): string {
  const first = node.marks[0]?.y ?? node.y
  const last = node.marks.at(-1)?.y ?? node.y
  return `<rect x="${round(x - r)}" y="${round(first - r)}" width="${r * 2}" height="${round(last - first + r * 2)}" rx="${r}" fill="none" stroke="var(--ink)" stroke-width="1.4"/>`
}

function path(geometry: RailGeometry, at: (node: RailNode) => number, isWalked: boolean): string {
  let d = ''
  geometry.paths.forEach((step, i) => {
    const from = geometry.nodes[i]
    const to = geometry.nodes[i + 1]
    if (step.isWalked !== isWalked || !from || !to) return
    const middle = round((at(from) + at(to)) / 2)
    d += `M${at(from)} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${at(to)} ${to.y}`
  })
  return d
}

function disc({ x, y }: Point, r: number): string {
  return `M${round(x - r)} ${y}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0`
}

function tick({ x, y }: Point, r: number): string {
  return `M${round(x - r * 0.44)} ${round(y + r * 0.02)}l${round(r * 0.34)} ${round(r * 0.34)}l${round(r * 0.56)} ${round(-r * 0.68)}`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

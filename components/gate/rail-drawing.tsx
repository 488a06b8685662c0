/** The small rail drawn with as few elements as it can be: a board holds hundreds of rails, and most of their marks are alike. */
import { MarkShape } from '@/components/gate/mark'
import type { RailGeometry, RailNode } from '@/components/gate/rail-geometry'
import type { MarkState, RailModel } from '@/lib/domain/rail'

interface Point {
  readonly x: number
  readonly y: number
}

/** The inside of a small rail. In: the model and its geometry, x in percent of `span` pixels between the two ends. */
export function RailDrawing({ model, geometry, span }: { model: RailModel; geometry: RailGeometry; span: number }) {
  const at = (node: RailNode) => round(geometry.end + (span * node.x) / 100)
  const r = geometry.radius
  const all = geometry.nodes.flatMap((node) => node.marks.map((mark) => ({ x: at(node), y: mark.y, state: mark.state })))
  const of = (state: MarkState) => all.filter((mark) => mark.state === state)
  const passed = of('passed')
  const later = of('later')
  const links = geometry.nodes.filter((n) => n.marks.length > 1).map((n) => `M${at(n)} ${n.marks[0]?.y ?? 0}V${n.marks.at(-1)?.y ?? 0}`).join('')
  const walked = path(geometry, at, true)
  const ahead = path(geometry, at, false)
  return (
    <>
      {ahead !== '' && <path d={ahead} fill="none" stroke="var(--line-strong)" strokeWidth={1.4} strokeDasharray="1.5 3.5" strokeLinecap="round" />}
      {walked !== '' && <path d={walked} fill="none" stroke="var(--ink-2)" strokeWidth={1.4} />}
      {links !== '' && <path d={links} stroke="var(--line-strong)" strokeWidth={3} strokeLinecap="round" />}
      {later.length > 0 && <path d={later.map((p) => disc(p, r - 1.5)).join('')} fill="var(--surface)" stroke="var(--later)" strokeWidth={1.25} />}
      {passed.length > 0 && (
        <>
          <path d={passed.map((p) => disc(p, r + 0.75)).join('')} fill="var(--passed)" stroke="var(--rail-halo, var(--surface))" strokeWidth={1.5} />
          <path d={passed.map((p) => tick(p, r)).join('')} fill="none" stroke="var(--surface)" strokeWidth={1.5} strokeLinecap="round" strokeLinejoin="round" />
        </>
      )}
      {all.map((mark, i) => (mark.state === 'passed' || mark.state === 'later' ? null : <g key={i} transform={`translate(${mark.x} ${mark.y})`}><MarkShape state={mark.state} r={r} /></g>))}
      {model.gates.map((gate, i) => {
        const node = geometry.nodes[i]
        return gate.hasBall && node && <Ring key={gate.id} node={node} x={at(node)} r={r + 3.5} />
      })}
    </>
  )
}

function Ring({ node, x, r }: { node: RailNode; x: number; r: number }) {
  const first = node.marks[0]?.y ?? node.y
  const last = node.marks.at(-1)?.y ?? node.y
  return <rect x={round(x - r)} y={round(first - r)} width={r * 2} height={round(last - first + r * 2)} rx={r} fill="none" stroke="var(--ink)" strokeWidth={1.4} />
}

function path(geometry: RailGeometry, at: (node: RailNode) => number, isWalked: boolean): string {
  return geometry.paths
    .map((step, i) => {
      const from = geometry.nodes[i]
      const to = geometry.nodes[i + 1]
      if (step.isWalked !== isWalked || !from || !to) return ''
      const middle = round((at(from) + at(to)) / 2)
      return `M${at(from)} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${at(to)} ${to.y}`
    })
    .join('')
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

/** The marks of the states: one shape and one colour each, drawn around a point so that the rail and single marks share them. */
import { markWord, type MarkState } from '@/lib/domain/rail'

const COLOURS: Record<MarkState, string> = {
  passed: 'var(--passed)', open: 'var(--open)', soaking: 'var(--open)', waiting: 'var(--waiting)', waived: 'var(--waiting)', held: 'var(--waiting)',
  stale: 'var(--stale)', failed: 'var(--failed)', risk: 'var(--risk)', later: 'var(--later)', 'no-data': 'var(--idle)',
}

const HALO = 'var(--rail-halo, var(--surface))'

type Part = readonly [tag: 'circle' | 'path', attributes: Readonly<Record<string, string | number>>]

/** What draws a state around the origin with radius r, in the units of the svg; the names of attributes are React's. */
function partsOf(state: MarkState, r: number): readonly Part[] {
  const c = COLOURS[state]
  if (state === 'later') return [['circle', { r: r - 1.5, fill: 'var(--surface)', stroke: c, strokeWidth: 1.25 }]]
  if (state === 'passed') {
    return [
      ['circle', { r: r + 0.75, fill: c, stroke: HALO, strokeWidth: 1.5 }],
      ['path', { d: `M${round(-r * 0.44)} ${round(r * 0.02)}L${round(-r * 0.1)} ${round(r * 0.36)}L${round(r * 0.46)} ${round(-r * 0.32)}`, ...fineLine(r) }],
    ]
  }
  return [['circle', { r: r + 1.5, fill: HALO }], ...inner(state, c, r, r - 1)]
}

/** The shape of a state around (0, y) with radius r, in the units of the svg. */
export function MarkShape({ state, y = 0, r }: { state: MarkState; y?: number; r: number }) {
  return (
    <g transform={y === 0 ? undefined : `translate(0 ${y})`}>
      {partsOf(state, r).map(([tag, attributes], i) => (tag === 'circle' ? <circle key={i} {...attributes} /> : <path key={i} {...attributes} />))}
    </g>
  )
}

const markups = new Map<string, string>()

/** The same shape as SVG text around the origin, for drawings that are made of hundreds of marks; it holds nothing but constants and numbers. */
export function markMarkup(state: MarkState, r: number): string {
  const key = `${state} ${r}`
  const known = markups.get(key)
  if (known !== undefined) return known
  const made = partsOf(state, r).map(([tag, attributes]) => `<${tag}${Object.entries(attributes).map(([name, value]) => ` ${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${value}"`).join('')}/>`).join('')
  markups.set(key, made)
  return made
}

function round(n: number): number {
  return Math.round(n * 100) / 100
}

function fineLine(r: number) {
  return { fill: 'none', stroke: 'var(--surface)', strokeWidth: Math.max(1.5, r / 5), strokeLinecap: 'round', strokeLinejoin: 'round' }
}

function inner(state: Exclude<MarkState, 'passed' | 'later'>, c: string, r: number, ring: number): readonly Part[] {
  const hollow: Part = ['circle', { r: ring, fill: 'var(--surface)', stroke: c, strokeWidth: 2 }]
  switch (state) {
    case 'failed':
      return [['circle', { r, fill: c }], ['path', { d: `M${round(-r * 0.36)} ${round(-r * 0.36)}L${round(r * 0.36)} ${round(r * 0.36)}M${round(r * 0.36)} ${round(-r * 0.36)}L${round(-r * 0.36)} ${round(r * 0.36)}`, ...fineLine(r) }]]
    case 'open':
      return [hollow]
    case 'waiting':
      return [hollow, ['path', { d: `M0 ${-ring}A${ring} ${ring} 0 0 1 0 ${ring}Z`, fill: c }]]
    case 'soaking':
      // Three quarters of a clock: time is at work here, no person.
      return [hollow, ['path', { d: `M0 0V${round(-ring * 0.66)}A${round(ring * 0.66)} ${round(ring * 0.66)} 0 1 1 ${round(-ring * 0.66)} 0Z`, fill: c }]]
    case 'stale':
      return [['circle', { ...hollow[1], strokeDasharray: r > 6 ? '3.2 2.2' : '2.4 1.6' }], ['circle', { r: round(r / 3), fill: c }]]
    case 'waived':
      return [hollow, ['path', { d: `M${round(-ring * 0.62)} ${round(ring * 0.62)}L${round(ring * 0.62)} ${round(-ring * 0.62)}`, stroke: c, strokeWidth: 2 }]]
    case 'held':
      return [hollow, ['path', { d: `M${round(-r * 0.22)} ${round(-r * 0.36)}V${round(r * 0.36)}M${round(r * 0.22)} ${round(-r * 0.36)}V${round(r * 0.36)}`, stroke: c, strokeWidth: Math.max(1.4, r / 5), strokeLinecap: 'round' }]]
    case 'risk':
      return [['path', { d: `M0 ${round(-r * 1.1)}L${round(r * 1.12)} ${round(r * 0.86)}H${round(-r * 1.12)}Z`, fill: c, stroke: c, strokeWidth: 1.2, strokeLinejoin: 'round' }]]
    case 'no-data':
      return [['circle', { r: ring, fill: 'var(--surface)', stroke: c, strokeWidth: 1.5, strokeDasharray: '1.6 2' }]]
  }
}

interface MarkProps {
  state: MarkState
  /** Pixels across. */
  size?: number
  /** Read out in place of the shape; absent when the words stand beside it. `true` says the state's own word. */
  label?: string | true
}

/** One mark on its own, for items, lists and pills. */
export function Mark({ state, size = 16, label }: MarkProps) {
  const said = label === true ? markWord(state) : label
  const r = size / 2 - 1
  const named = said === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': said }
  return (
    <svg width={size} height={size} viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`} className="shrink-0 [--rail-halo:transparent]" {...named}>
      <MarkShape state={state} r={r} />
    </svg>
  )
}

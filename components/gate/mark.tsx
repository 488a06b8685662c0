/** The marks of the states: one shape and one colour each, drawn around a point so that the rail and single marks share them. */
import { markWord, type MarkState } from '@/lib/domain/rail'

const COLOURS: Record<MarkState, string> = {
  passed: 'var(--passed)', open: 'var(--open)', soaking: 'var(--open)', waiting: 'var(--waiting)', waived: 'var(--waiting)', held: 'var(--waiting)',
  stale: 'var(--stale)', failed: 'var(--failed)', risk: 'var(--risk)', later: 'var(--later)', 'no-data': 'var(--idle)',
}

const HALO = 'var(--rail-halo, var(--surface))'

/** The shape of a state around (0, y) with radius r, in the units of the svg. */
export function MarkShape({ state, y = 0, r }: { state: MarkState; y?: number; r: number }) {
  const c = COLOURS[state]
  if (state === 'later') return <circle cy={y} r={r - 1.5} fill="var(--surface)" stroke={c} strokeWidth={1.25} />
  if (state === 'passed') {
    return (
      <>
        <circle cy={y} r={r + 0.75} fill={c} stroke={HALO} strokeWidth={1.5} />
        <path d={`M${round(-r * 0.44)} ${round(y + r * 0.02)}L${round(-r * 0.1)} ${round(y + r * 0.36)}L${round(r * 0.46)} ${round(y - r * 0.32)}`} {...fineLine(r)} />
      </>
    )
  }
  return (
    <g transform={y === 0 ? undefined : `translate(0 ${y})`}>
      <circle r={r + 1.5} fill={HALO} />
      {inner(state, c, r, r - 1)}
    </g>
  )
}

function round(n: number): number {
  return Math.round(n * 100) / 100
}

function fineLine(r: number) {
  return { fill: 'none', stroke: 'var(--surface)', strokeWidth: Math.max(1.5, r / 5), strokeLinecap: 'round', strokeLinejoin: 'round' } as const
}

function inner(state: Exclude<MarkState, 'passed' | 'later'>, c: string, r: number, ring: number) {
  const hollow = { r: ring, fill: 'var(--surface)', stroke: c, strokeWidth: 2 }
  switch (state) {
    case 'failed':
      return <><circle r={r} fill={c} /><path d={`M${round(-r * 0.36)} ${round(-r * 0.36)}L${round(r * 0.36)} ${round(r * 0.36)}M${round(r * 0.36)} ${round(-r * 0.36)}L${round(-r * 0.36)} ${round(r * 0.36)}`} {...fineLine(r)} /></>
    case 'open':
      return <circle {...hollow} />
    case 'waiting':
      return <><circle {...hollow} /><path d={`M0 ${-ring}A${ring} ${ring} 0 0 1 0 ${ring}Z`} fill={c} /></>
    case 'soaking':
      // Three quarters of a clock: time is at work here, no person.
      return <><circle {...hollow} /><path d={`M0 0V${round(-ring * 0.66)}A${round(ring * 0.66)} ${round(ring * 0.66)} 0 1 1 ${round(-ring * 0.66)} 0Z`} fill={c} /></>
    case 'stale':
      return <><circle {...hollow} strokeDasharray={r > 6 ? '3.2 2.2' : '2.4 1.6'} /><circle r={round(r / 3)} fill={c} /></>
    case 'waived':
      return <><circle {...hollow} /><path d={`M${round(-ring * 0.62)} ${round(ring * 0.62)}L${round(ring * 0.62)} ${round(-ring * 0.62)}`} stroke={c} strokeWidth={2} /></>
    case 'held':
      return <><circle {...hollow} /><path d={`M${round(-r * 0.22)} ${round(-r * 0.36)}V${round(r * 0.36)}M${round(r * 0.22)} ${round(-r * 0.36)}V${round(r * 0.36)}`} stroke={c} strokeWidth={Math.max(1.4, r / 5)} strokeLinecap="round" /></>
    case 'risk':
      return <path d={`M0 ${round(-r * 1.1)}L${round(r * 1.12)} ${round(r * 0.86)}H${round(-r * 1.12)}Z`} fill={c} stroke={c} strokeWidth={1.2} strokeLinejoin="round" />
    case 'no-data':
      return <circle r={ring} fill="var(--surface)" stroke={c} strokeWidth={1.5} strokeDasharray="1.6 2" />
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

/** Ninety days as ninety bars: plain SVG without script, each state with its own shape, and the same in words beside it. */
import type { DayBar } from '@/lib/domain/live/day'

const STEP = 4
const WIDE = 3
const HIGH = 24
/** Below the bars: a dot marks trouble, so that colour does not say it alone. */
const FOOT = 5

function box(x: number, top: number, bottom: number): string {
  return `M${x} ${top}h${WIDE}v${bottom - top}h-${WIDE}z`
}

/** The paths of all days by colour, which is a third of the bytes of ninety elements. */
function pathsOf(days: readonly DayBar[]) {
  const paths = { good: '', bad: '', some: '', known: '', unknown: '', none: '', dots: '' }
  for (const [index, { state, coverage }] of days.entries()) {
    const x = index * STEP
    if (state === 'none') { paths.none += box(x, HIGH - 2, HIGH); continue }
    // What is not known of a day stays an empty frame above what is.
    const top = state === 'no-data' ? HIGH : Math.round(HIGH * (1 - Math.max(0.2, coverage)))
    if (top > 2) paths.unknown += `M${x + 0.5} ${top}V0.5h${WIDE - 1}V${top}`
    if (state === 'good') paths.good += box(x, top, HIGH)
    if (state === 'bad') paths.bad += box(x, top, HIGH)
    if (state === 'some-bad') {
      const middle = Math.round(top + (HIGH - top) * 0.4)
      paths.some += box(x, top, middle)
      paths.good += box(x, middle, HIGH)
    }
    if (state === 'bad' || state === 'some-bad') paths.dots += `M${x + WIDE / 2} ${HIGH + 3}h0`
  }
  return paths
}

/** The bars. In: the days, oldest first; `label` is read out in place of the picture. */
export function RecordBars({ days, label }: { days: readonly DayBar[]; label: string }) {
  const paths = pathsOf(days)
  const width = days.length * STEP - (STEP - WIDE)
  return (
    <svg viewBox={`0 0 ${width} ${HIGH + FOOT}`} width={width} height={HIGH + FOOT} role="img" aria-label={label} preserveAspectRatio="none">
      {paths.good && <path d={paths.good} fill="var(--passed)" />}
      {paths.some && <path d={paths.some} fill="var(--risk)" />}
      {paths.bad && <path d={paths.bad} fill="var(--failed)" />}
      {paths.unknown && <path d={paths.unknown} fill="none" stroke="var(--idle)" strokeWidth={0.75} strokeDasharray="1.5 1.5" />}
      {paths.none && <path d={paths.none} fill="var(--line-strong)" />}
      {paths.dots && <path d={paths.dots} stroke="var(--failed)" strokeWidth={3} strokeLinecap="round" vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}

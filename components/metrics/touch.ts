/** Hides fingers on a chart: one points at an instant, two that go apart look closer, two that come together go back. Up and down stays the page's. */

/** Fractions of the chart's width, 0 to 1, that two fingers stand at. */
export type Fingers = readonly [number, number]

/** Nearer than this at the beginning, two fingers are one clumsy one, as a fraction of the width. */
const APART = 0.02
/** So much wider or narrower is meant. */
const MEANT = 1.15

/**
 * What two fingers say. In: where they began and where they are. Out: the span to look at, as fractions of the present one (what was under each
 * finger comes to lie under it), `out` to go back to the wider one, or `null`: they have hardly moved.
 */
export function pinched(began: Fingers, are: Fingers): Fingers | 'out' | null {
  const [left, right] = began[0] <= began[1] ? began : [began[1], began[0]]
  const [toLeft, toRight] = are[0] <= are[1] ? are : [are[1], are[0]]
  const [before, after] = [right - left, toRight - toLeft]
  if (before < APART || after < APART) return before < MEANT * after ? null : 'out'
  if (before > MEANT * after) return 'out'
  if (after < MEANT * before) return null
  const scale = before / after
  const from = Math.max(0, left - toLeft * scale)
  return [from, Math.min(1, from + scale)]
}

interface Told {
  readonly onPoint: (at: number | null) => void
  readonly onSpan: (span: Fingers) => void
  readonly onOut: () => void
}

/** Listens to the fingers on an element. Out: the function that ends it. */
export function watchFingers(element: HTMLElement, { onPoint, onSpan, onOut }: Told): () => void {
  const began = new Map<number, number>()
  const are = new Map<number, number>()
  const place = ({ clientX }: PointerEvent) => {
    const { left, width } = element.getBoundingClientRect()
    return Math.min(1, Math.max(0, (clientX - left) / (width || 1)))
  }
  const down = (event: PointerEvent) => {
    if (event.pointerType !== 'touch' || are.size > 1) return
    are.set(event.pointerId, place(event))
    for (const [id, at] of are) began.set(id, at)
    if (are.size === 1) onPoint(place(event))
  }
  const move = (event: PointerEvent) => {
    if (!are.has(event.pointerId)) return
    are.set(event.pointerId, place(event))
    if (are.size === 1) onPoint(place(event))
  }
  const end = (event: PointerEvent) => {
    if (!are.has(event.pointerId)) return
    const [[one, first] = [], [other, second] = []] = [...are]
    const [from, to] = [began.get(one ?? -1), began.get(other ?? -1)]
    are.clear()
    began.clear()
    onPoint(null)
    if (event.type !== 'pointerup' || first === undefined || second === undefined || from === undefined || to === undefined) return
    const said = pinched([from, to], [first, second])
    if (said === 'out') onOut()
    else if (said) onSpan(said)
  }
  const listeners = [['pointerdown', down], ['pointermove', move], ['pointerup', end], ['pointercancel', end]] as const
  for (const [name, listen] of listeners) element.addEventListener(name, listen)
  return () => { for (const [name, listen] of listeners) element.removeEventListener(name, listen) }
}

'use client'
/** Decides which items of a long list are drawn: those near the window, from measured heights where they are known and estimates where not. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'

interface NearOptions {
  /** Keys of all items, in order. */
  readonly keys: readonly string[]
  /** What an item is high before it has been seen, pixels. */
  readonly estimate: (index: number) => number
  /** Pixels of the list that the first picture holds, on the server and while hydrating. */
  readonly firstPx: number
  /** Items beyond both edges of the window that are drawn as well. */
  readonly beyond: number
}

export interface Near {
  /** Goes around the items; each child that is an item carries `data-index`. */
  readonly list: RefObject<HTMLDivElement | null>
  /** The items that are drawn: `from` up to, not including, `to`. */
  readonly from: number
  readonly to: number
  /** Room for what is not drawn, pixels. */
  readonly before: number
  readonly after: number
  /** Brings an item to the middle of the window. */
  readonly show: (index: number) => void
}

/** The first index whose end lies beyond a place. In: where each item begins, with the end of all as the last entry. */
function indexAt(starts: readonly number[], place: number): number {
  let low = 0
  let high = Math.max(0, starts.length - 2)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle + 1] ?? 0) > place) high = middle
    else low = middle + 1
  }
  return low
}

/** The items that reach into a stretch of the list, with some beyond both of its edges. */
export function reach(starts: readonly number[], top: number, bottom: number, beyond: number): readonly [from: number, to: number] {
  const count = starts.length - 1
  return [Math.max(0, indexAt(starts, top) - beyond), Math.min(count, indexAt(starts, bottom) + 1 + beyond)]
}

const NOTHING: ReadonlyMap<string, number> = new Map()

/** Where each item begins, with the end of all as the last entry. */
function startsOf(keys: readonly string[], estimate: (index: number) => number, heights: ReadonlyMap<string, number>): readonly number[] {
  let at = 0
  return [0, ...keys.map((key, i) => (at += heights.get(key) ?? estimate(i)))]
}

/** Follows the window's scrolling and size. The server and the first picture of the browser draw the same first items. */
export function useNear({ keys, estimate, firstPx, beyond }: NearOptions): Near {
  const list = useRef<HTMLDivElement>(null)
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(NOTHING)
  const [view, setView] = useState<readonly [top: number, bottom: number]>([0, firstPx])

  const starts = useMemo(() => startsOf(keys, estimate, heights), [keys, estimate, heights])
  const [from, to] = reach(starts, view[0], view[1], beyond)

  // What is drawn only changes when an item comes or goes, so the state does not follow each pixel.
  const look = useCallback(() => {
    const box = list.current?.getBoundingClientRect()
    if (!box) return
    const [top, bottom] = [-box.top, window.innerHeight - box.top]
    setView((seen) => {
      const [a, b] = reach(starts, seen[0], seen[1], beyond)
      const [c, d] = reach(starts, top, bottom, beyond)
      return a === c && b === d ? seen : [top, bottom]
    })
  }, [starts, beyond])

  useEffect(() => {
    look()
    window.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      window.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [look])

  // Heights are taken of what is drawn, and again whenever one changes (a narrower window, a longer sentence).
  const measure = useCallback(() => {
    const element = list.current
    if (!element) return
    const top = -element.getBoundingClientRect().top
    const found = new Map<string, number>()
    let above = 0
    for (const child of element.children) {
      const index = child instanceof HTMLElement ? Number(child.dataset['index']) : Number.NaN
      const key = keys[index]
      if (key === undefined) continue
      const { height } = child.getBoundingClientRect()
      const before = heights.get(key) ?? estimate(index)
      if (Math.abs(height - before) < 0.5) continue
      found.set(key, height)
      if ((starts[index + 1] ?? 0) <= top) above += height - before
    }
    if (found.size === 0) return
    setHeights((known) => new Map([...known, ...found]))
    // What stands above the window and turned out higher must not push what is read.
    if (above !== 0) window.scrollBy(0, above)
  }, [keys, estimate, heights, starts])

  // The watcher's first word comes before the picture is painted.
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const watcher = new ResizeObserver(measure)
    for (const child of element.children) watcher.observe(child)
    return () => watcher.disconnect()
  }, [measure, from, to])

  const show = useCallback((index: number) => {
    const box = list.current?.getBoundingClientRect()
    if (!box || index < 0) return
    const middle = ((starts[index] ?? 0) + (starts[index + 1] ?? 0)) / 2
    window.scrollTo(0, box.top + window.scrollY + middle - window.innerHeight / 2)
  }, [starts])

  return { list, from, to, before: starts[from] ?? 0, after: (starts.at(-1) ?? 0) - (starts[to] ?? 0), show }
}

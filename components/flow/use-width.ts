/** The width of an element in whole pixels, for drawings that are laid out for their place. */
import { useCallback, useState } from 'react'

/** In: the width that the server draws for. Out: a ref for the element, and its width. */
export function useWidth(first: number): readonly [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(first)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const observer = new ResizeObserver(([entry]) => {
      const now = Math.floor(entry?.contentRect.width ?? 0)
      if (now > 0) setWidth(now)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}

/** Tells all charts at once that the colours of the page are others now: one watch for as many charts as there are. */

const listeners = new Set<() => void>()
let ends: (() => void) | null = null

function begin(): () => void {
  const tell = () => { for (const listener of listeners) listener() }
  const theme = new MutationObserver(tell)
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', tell)
  return () => {
    theme.disconnect()
    dark.removeEventListener('change', tell)
  }
}

/** Out: the function that ends it. */
export function watchTheme(listener: () => void): () => void {
  listeners.add(listener)
  ends ??= begin()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    ends?.()
    ends = null
  }
}

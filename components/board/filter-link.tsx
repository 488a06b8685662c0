'use client'
/** A link that only changes the filters in the URL: the page stays, the query behind the board follows. */
import type { ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'
import { boardFiltersOf, boardHref, type BoardFilters } from '@/lib/domain/board'

/** Puts the address into the history without asking the server for a page; `useSearchParams` follows it. */
export function goToFilters(href: string): void {
  window.history.pushState(null, '', href)
}

/**
 * The address of the board after a change of the filters that are on at the press. The rows on the screen may still be those of the
 * filters before; a second press must not undo the first.
 */
export function boardHrefNow(change: (now: BoardFilters) => BoardFilters): string {
  return boardHref(change(boardFiltersOf(new URLSearchParams(window.location.search))))
}

interface FilterLinkProps {
  href: string
  /** Where a press leads, when that depends on the address at the press. */
  hrefNow?: () => string
  isOn: boolean
  children: ReactNode
}

/** A real link (it can be opened in a tab) that changes filters in place when it is simply pressed. */
export function FilterLink({ href, hrefNow, isOn, className, children }: FilterLinkProps & { className?: string }) {
  return (
    <a
      href={href}
      aria-current={isOn ? 'true' : undefined}
      className={className}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
        event.preventDefault()
        goToFilters(hrefNow?.() ?? href)
      }}
    >
      {children}
    </a>
  )
}

/** A filter that is on or off, with the number of rows that it would leave. */
export function FilterToggle({ isOn, count, children, ...link }: FilterLinkProps & { count?: number }) {
  return (
    <FilterLink {...link} isOn={isOn} className={classes('inline-flex h-7 shrink-0 items-center gap-2 rounded-control border bg-surface px-2 text-12 whitespace-nowrap hover:bg-sunken', isOn ? 'border-ink font-medium text-ink' : 'border-line text-ink-2')}>
      {children}
      {count !== undefined && <span className="font-normal text-ink-3">{count}</span>}
    </FilterLink>
  )
}

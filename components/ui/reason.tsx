/** The small floating text that says why something is refused; opens on hover and focus of its `group/reason`. */
import type { ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'

/** The text of a refusal beside its control. `at` says which edges meet; it stays readable by `aria-describedby` while closed. */
export function Reason({ id, at, children }: { id: string; at: 'start' | 'end'; children: ReactNode }) {
  return (
    <span
      id={id}
      role="tooltip"
      className={classes(
        'pointer-events-none absolute bottom-full z-30 mb-2 hidden w-max max-w-64 rounded-control bg-ink px-3 py-2 text-left text-12 font-normal whitespace-normal text-paper shadow-float',
        'group-hover/reason:block group-focus-within/reason:block',
        at === 'end' ? 'right-0' : 'left-0',
      )}
    >
      {children}
    </span>
  )
}

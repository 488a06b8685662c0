/** The small surface beside the gate: a title with its count, rows, and one quiet button. */
import type { ReactNode } from 'react'
import { Surface } from '@/components/ui/surface'

/** In: title, the count behind it, the button, the rows. */
export function Card({ title, count, action, children }: { title: string; count?: number; action?: ReactNode; children?: ReactNode }) {
  return (
    <Surface className="px-4 py-3">
      <div className="mb-1 flex min-h-7 items-center gap-2">
        <h2 className="text-13">{title}</h2>
        {count !== undefined && <span className="text-ink-3">{count}</span>}
        {action && <span className="ml-auto">{action}</span>}
      </div>
      {children}
    </Surface>
  )
}

/** A row of two sides that wraps on a small screen. */
export function CardRow({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-1">
      <span className="min-w-0 flex-1 basis-40 break-words">{children}</span>
      {aside && <span className="text-12 text-ink-2">{aside}</span>}
    </li>
  )
}

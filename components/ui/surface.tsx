/** The white card with a hairline, its head, its rows, and the heading of a page. */
import type { ComponentProps, ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'

/** A surface: hairline, no shadow. */
export function Surface({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={classes('min-w-0 rounded-surface border border-line bg-surface', className)} />
}

/** The head of a surface: title on the left, whatever else on the right, a hairline below. */
export function SurfaceHead({ title, note, level = 2, children }: { title: ReactNode; note?: ReactNode; level?: 2 | 3; children?: ReactNode }) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
      <Heading className="min-w-0 text-14">{title}</Heading>
      {note && <span className="text-ink-3">{note}</span>}
      {children && <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  )
}

/** A list of rows with hairlines between them. */
export function Rows({ className, ...rest }: ComponentProps<'ul'>) {
  return <ul role="list" {...rest} className={classes('divide-y divide-line', className)} />
}

/** One row: what it is on the left (two lines), numbers and actions on the right. */
export function Row({ title, detail, aside, className, children }: { title?: ReactNode; detail?: ReactNode; aside?: ReactNode; className?: string; children?: ReactNode }) {
  return (
    <li className={classes('flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3', className)}>
      {title !== undefined && (
        <div className="min-w-0 flex-1 basis-56">
          <div className="font-medium break-words">{title}</div>
          {detail && <div className="text-12 break-words text-ink-2">{detail}</div>}
        </div>
      )}
      {children}
      {aside && <div className="ml-auto flex flex-wrap items-center gap-3 text-right">{aside}</div>}
    </li>
  )
}

/** The top of a page: its name, its actions, and the sentence that a person would say. */
export function PageHead({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-4">
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <h1 className="min-w-0 break-words">{title}</h1>
        {children && <div className="ml-auto flex flex-wrap items-center gap-3">{children}</div>}
      </div>
      {lead && <p className="mt-1 text-14 text-ink-2 [&_b]:font-medium [&_b]:text-ink">{lead}</p>}
    </header>
  )
}

/** A small titled group of facts: terms and values in two columns. */
export function Facts({ items, className }: { items: readonly { term: ReactNode; value: ReactNode }[]; className?: string | undefined }) {
  return (
    <dl className={classes('grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1', className)}>
      {items.map((item, i) => (
        <div key={i} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-3">{item.term}</dt>
          <dd className="break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}

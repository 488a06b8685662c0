/** A real table with hairlines that scrolls inside of itself on a small screen. */
import type { ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'

export interface Column<T> {
  readonly key: string
  readonly head: ReactNode
  /** Numbers stand on the right with tabular figures. */
  readonly isNumber?: boolean
  readonly cell: (row: T) => ReactNode
}

interface TableProps<T> {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
}

/** Rows as a table. In: the caption (read out, not shown), the columns, the rows and their keys. */
export function Table<T>({ caption, columns, rows, rowKey }: TableProps<T>) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-12 text-ink-3">
            {columns.map((c) => <th key={c.key} scope="col" className={classes('px-4 py-2 font-normal whitespace-nowrap', c.isNumber && 'text-right')}>{c.head}</th>)}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="hover:bg-sunken">
              {columns.map((c) => <td key={c.key} className={classes('px-4 py-2 align-top', c.isNumber && 'text-right tabular-nums')}>{c.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

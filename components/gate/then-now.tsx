/** Two readings of the same things side by side: as they were when somebody judged, and as they are. */

import { shortDigest } from '@/components/gate/digest'

function short(value: string): string {
  return shortDigest(value) || '–'
}

/** In: the rows. Out: a table that scrolls inside of itself; nothing without rows. */
export function ThenNow({ rows, thenLabel = 'Then', nowLabel = 'Now' }: { rows: readonly { readonly name: string; readonly then: string; readonly now: string }[]; thenLabel?: string; nowLabel?: string }) {
  if (rows.length === 0) return null
  return (
    <div className="overflow-x-auto">
      <table className="my-1 w-full border-collapse text-left text-12">
        <thead>
          <tr className="text-ink-2"><th scope="col" className="py-1 pr-3 font-normal"><span className="sr-only">What</span></th><th scope="col" className="py-1 pr-3 font-normal">{thenLabel}</th><th scope="col" className="py-1 font-normal">{nowLabel}</th></tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="align-top">
              <th scope="row" className="py-1 pr-3 font-normal text-ink-2">{row.name}</th>
              <td className="mono py-1 pr-3 wrap-anywhere" title={row.then}>{short(row.then)}</td>
              <td title={row.now} className={row.then === row.now ? 'mono py-1 wrap-anywhere text-ink-2' : 'mono py-1 wrap-anywhere font-medium'}>{short(row.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

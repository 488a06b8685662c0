/** The differences between two contents of a template, each before and after. */
import type { Change } from '@/lib/domain/template/changes'

export function ChangeList({ changes, empty }: { changes: readonly Change[]; empty: string }) {
  if (changes.length === 0) return <p className="px-4 py-3 text-ink-3">{empty}</p>
  const places = [...new Set(changes.map((change) => change.where))]
  return (
    <ul role="list" className="divide-y divide-line">
      {places.map((where) => (
        <li key={where} className="px-4 py-2">
          <p className="font-medium break-words" dir="auto">{where}</p>
          <ul role="list" className="text-12">
            {changes.filter((change) => change.where === where).map((change) => (
              <li key={change.what} className="grid gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
                <span className="text-ink-3">{change.what}</span>
                <span className="min-w-0 break-words" dir="auto">
                  {change.before === '' ? <ins className="no-underline"><b className="font-medium text-passed">added</b> {change.after}</ins> : change.after === '' ? <del className="no-underline"><b className="font-medium text-failed">removed</b> <s className="text-ink-3">{change.before}</s></del> : <><del className="text-ink-3">{change.before}</del> → <ins className="no-underline">{change.after}</ins></>}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

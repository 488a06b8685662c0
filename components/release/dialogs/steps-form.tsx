'use client'
/** The rollout steps as rows: share, soak, requests; steps that have begun stay as they are. */
import { useState } from 'react'
import type { FormProps } from '@/components/release/dialogs/change-form'
import { Button } from '@/components/ui/button'

interface Row {
  readonly share: number
  readonly soakMinutes: number
  readonly minimumRequests: number
}

const COLUMNS = [['share', 'Share, %'], ['soakMinutes', 'Soak, minutes'], ['minimumRequests', 'Requests at least']] as const

export function StepsForm({ view, onChange }: FormProps) {
  const [rows, setRows] = useState<readonly Row[]>(() => view.steps.map(({ share, soakMinutes, minimumRequests }) => ({ share, soakMinutes, minimumRequests })))
  const begun = view.steps.filter((step) => step.status !== 'later').length
  const set = (next: readonly Row[]) => {
    setRows(next)
    const rises = next.every((row, i) => row.share > (next[i - 1]?.share ?? 0) && row.share <= 100)
    const isWhole = next.every((row) => Number.isFinite(row.share) && Number.isInteger(row.soakMinutes) && row.soakMinutes >= 0 && Number.isInteger(row.minimumRequests) && row.minimumRequests >= 0)
    onChange(rises && isWhole && next.at(-1)?.share === 100 ? [{ part: 'steps', value: next.map((row) => ({ ...row })) }] : null)
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-x-auto">
        <table className="w-full text-left">
          <caption className="sr-only">Rollout steps</caption>
          <thead><tr className="text-12 text-ink-2">{COLUMNS.map(([key, label]) => <th key={key} scope="col" className="pr-2 pb-1 font-normal">{label}</th>)}<th scope="col"><span className="sr-only">Remove</span></th></tr></thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {COLUMNS.map(([key, label]) => (
                  <td key={key} className="pr-2 pb-2"><input type="number" aria-label={`${label}, step ${i + 1}`} className="control min-w-24" disabled={i < begun} value={Number.isNaN(row[key]) ? '' : row[key]} onChange={(event) => set(rows.map((one, at) => (at === i ? { ...one, [key]: event.target.valueAsNumber } : one)))} /></td>
                ))}
                <td className="pb-2">{i >= begun && rows.length > 1 && <Button size="s" look="quiet" aria-label={`Remove step ${i + 1}`} onClick={() => set(rows.filter((_, at) => at !== i))}>Remove</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-12 text-ink-3">The shares rise, and the last step is 100 %; its soak is the final one.</p>
      <div><Button size="s" onClick={() => set([...rows.slice(0, -1), { share: Math.min(99, Math.round(((rows.at(-2)?.share ?? 0) + 100) / 2)), soakMinutes: 240, minimumRequests: 1000 }, ...rows.slice(-1)])}>Add a step before full traffic</Button></div>
    </div>
  )
}

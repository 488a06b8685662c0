/** The record of ninety days: the bars, what they say in words, and the days with trouble by name. */
import { RecordBars } from '@/components/status/record-bars'
import { said } from '@/components/ui/said'
import { recordWords, shareWords, type LiveRecord } from '@/lib/domain/live/day'

/** The bars with their two figures, for a row. */
export function RecordStrip({ record }: { record: LiveRecord }) {
  return (
    <div className="flex w-full max-w-90 min-w-0 flex-col gap-1 [&>svg]:max-w-full">
      <div className="max-w-full overflow-hidden [&>svg]:max-w-full"><RecordBars days={record.days} label={recordWords(record)} /></div>
      <p className="flex flex-wrap justify-between gap-x-3 text-11 text-ink-3" aria-hidden="true">
        <span>90 days</span>
        <span>{record.goodShare === null ? 'not measured' : `${shareWords(record.goodShare)} good`}{record.coverage !== null && record.goodShare !== null && `, ${shareWords(record.coverage)} measured`}</span>
      </p>
    </div>
  )
}

const LEGEND = [['var(--passed)', 'good'], ['var(--risk)', 'some trouble'], ['var(--failed)', 'bad (5 % or more)']] as const

/** The record with its legend and the list of days with trouble. */
export function RecordDetail({ record }: { record: LiveRecord }) {
  const trouble = record.days.filter((day) => day.badMinutes > 0).toReversed()
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <div className="[&>svg]:h-8 [&>svg]:w-full"><RecordBars days={record.days} label={recordWords(record)} /></div>
      <p className="max-w-prose">{said(recordWords(record))}</p>
      <ul role="list" className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
        {LEGEND.map(([colour, words]) => <li key={words} className="flex items-center gap-1"><svg width={8} height={12} aria-hidden="true"><rect width={8} height={12} fill={colour} /></svg>{words}</li>)}
        <li className="flex items-center gap-1"><svg width={8} height={12} aria-hidden="true"><rect x={0.5} y={0.5} width={7} height={11} fill="none" stroke="var(--idle)" strokeDasharray="2 2" /></svg>no data: live, and nobody knows how</li>
        <li className="flex items-center gap-1"><svg width={8} height={12} aria-hidden="true"><circle cx={4} cy={6} r={2} fill="var(--failed)" /></svg>a day with trouble</li>
      </ul>
      {trouble.length > 0 && (
        <details className="text-12">
          <summary className="text-ink-2">Days with trouble, {trouble.length}</summary>
          <ul role="list" className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
            {trouble.map((day) => <li key={day.day} className="flex justify-between gap-3 tabular-nums"><span>{day.day} UTC</span><span>{day.badMinutes} min bad, {shareWords(day.coverage)} measured</span></li>)}
          </ul>
        </details>
      )}
    </div>
  )
}

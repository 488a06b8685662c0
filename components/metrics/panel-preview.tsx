'use client'
/** What a panel would show, with the labels of the release filled in, while it is written. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { ApiError } from '@/lib/client/api'
import { previewQuery } from '@/lib/client/metrics'
import { formatDuration } from '@/lib/domain/format'
import type { Panel } from '@/lib/domain/release/panel'
import { AxisChart } from './axis-chart'
import { emptyText, limitText, stateWords, written, writtenText } from './written'

const PAUSE_MS = 450

/** A value once it has rested for a moment. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

interface PanelPreviewProps {
  releaseId: string
  panel: Panel
  /** Why it cannot be asked as it is written; `null` when it can. */
  fault: string | null
  /** Told what the source says against the query; empty when nothing. */
  onAnswer: (errors: readonly string[]) => void
}

export function PanelPreview({ releaseId, panel, fault, onAnswer }: PanelPreviewProps) {
  const rested = useRested(panel)
  const isEmpty = rested.query !== null && rested.query.trim() === ''
  const asked = { ...rested, threshold: rested.threshold && Number.isFinite(rested.threshold.value) ? rested.threshold : null }
  const { data, error, isFetching } = useQuery({ ...previewQuery(releaseId, asked, '1h'), enabled: fault === null && !isEmpty, placeholderData: keepPreviousData })
  const shown = data?.panels[0]
  const against = fault === null && shown?.state === 'error' && shown.reason !== '' ? shown.reason : ''
  useEffect(() => onAnswer(against === '' || panel.query === null ? [] : [against]), [against, onAnswer, panel.query])

  const refused = error instanceof ApiError ? error.refusal.message : error ? 'The preview could not be read.' : null
  const words = isEmpty ? 'Write a query, and what it gives is drawn here.' : fault !== null ? 'The preview waits until the query can be read.' : refused ?? (shown ? null : 'Asking the source…')
  const value = shown?.value == null ? null : written(shown.value, shown.unit)
  return (
    <section aria-label="Preview" aria-busy={isFetching} className="rounded-control border border-line px-3 pt-2 pb-3">
      <div className="flex min-h-7 flex-wrap items-baseline gap-x-3 text-12 text-ink-2">
        <h3 className="text-12 font-medium">Preview</h3>
        {shown && words === null && (
          <>
            {value ? <span className={classes('text-16 font-semibold', shown.isBreached ? 'text-failed' : 'text-ink')}>{value.number}<span className="text-12 font-normal text-ink-2"> {value.unit}</span></span> : <span className="flex items-center gap-1"><Mark state="no-data" size={12} />{stateWords(shown)}</span>}
            {shown.stableValue !== null && <span>stable {writtenText(shown.stableValue, shown.unit)}</span>}
            {limitText(shown) !== null && <span className={shown.isBreached ? 'text-failed' : undefined}>{shown.isBreached ? 'outside ' : 'limit '}{limitText(shown)}</span>}
          </>
        )}
        <span className="ml-auto text-ink-3">{isFetching ? 'reading…' : data ? `the last ${formatDuration((data.to - data.from) * 1000)}` : ''}</span>
      </div>
      {shown && data && words === null ? <AxisChart panel={shown} view={data} empty={emptyText(shown)} className="h-28" /> : <p className="flex h-28 items-center justify-center text-12 text-ink-3">{words}</p>}
      {shown && words === null && <p className="mt-1 line-clamp-2 text-12 text-ink-3"><code className="break-all">{shown.query}</code></p>}
    </section>
  )
}

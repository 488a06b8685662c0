'use client'
/** Plans a series, or changes one from an occurrence on; who is too late sees what is there now. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { missing, SeriesForm, usePreview, type Choices } from '@/components/calendar/series-form'
import { dayWords } from '@/components/calendar/days'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { PlanShown, SeriesView } from '@/lib/domain/calendar/view'

interface SeriesDialogProps {
  /** Absent: a new one. */
  series?: SeriesView
  /** The occurrence from which on it changes; `next`: all that have not begun. */
  from?: string
  start: PlanShown
  choices: Choices
  onClose: () => void
}

function isSeries(value: unknown): value is SeriesView {
  return typeof value === 'object' && value !== null && 'revision' in value && 'plan' in value && 'rhythm' in value
}

/** The form is longer than a phone; what happened meanwhile is not to stand where nobody looks. */
function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

export function SeriesDialog({ series, from = 'next', start, choices, onClose }: SeriesDialogProps) {
  const [id] = useState(() => series?.id ?? uuid())
  const { run, pending, refusal, clear } = useCommand('series', id)
  const [plan, setPlan] = useState(start)
  const [seen, setSeen] = useState(series?.revision ?? 0)
  const [newer, setNewer] = useState<SeriesView | null>(null)
  const preview = usePreview(plan)
  const send = async () => {
    const ran = await run(series === undefined ? { type: 'start-series', plan } : { type: 'change-series', plan, from, expects: seen })
    if (ran.ok) onClose()
    else if (ran.refusal.code === 'stale' && isSeries(ran.current)) setNewer(ran.current)
  }
  const takeOver = (isMine: boolean) => {
    if (!newer) return
    setSeen(newer.revision)
    if (!isMine) setPlan(newer.plan)
    setNewer(null)
    clear()
  }
  const name = series === undefined ? 'Plan a series' : from === 'next' ? `Change all of ${series.title}` : `Change ${series.title} from ${dayWords(from.slice(0, 10))} on`
  return (
    <Dialog open size="l" onClose={onClose} isBusy={pending} onSubmit={() => void send()} title={name}
      description={series === undefined ? 'Each time becomes a check-in by itself, with an agenda made from the state of the releases.' : 'What was held stays as it was. Check-ins that are planned already follow; topics that people added stay.'}
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={newer ? 'Somebody was faster. Choose above what is to hold.' : (plan.title.trim() === '' ? 'Give it a name.' : (missing(plan) ?? preview?.problem ?? null))}>{series === undefined ? 'Plan it' : 'Save'}</Button></>}>
      {newer && (
        <div ref={bringIntoView} role="alert" className="rounded-control border border-stale bg-stale-bg px-3 py-2">
          <p>{newer.changedBy} changed this series while you wrote. It is now: {newer.title}. {newer.rhythm}, {newer.plan.durationMinutes} min.</p>
          <p className="mt-2 flex flex-wrap gap-2"><Button size="s" onClick={() => takeOver(false)}>Begin from that</Button><Button size="s" onClick={() => takeOver(true)}>Keep what I wrote</Button></p>
        </div>
      )}
      <SeriesForm plan={plan} change={(more) => setPlan((now) => ({ ...now, ...more }))} choices={choices} preview={preview} />
      {!newer && <Problem refusal={refusal} />}
    </Dialog>
  )
}

'use client'
/** Ends a series with a reason: what is to come is cancelled, what was held stays. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { SeriesView } from '@/lib/domain/calendar/view'

export function EndSeries({ series, onClose }: { series: SeriesView; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('series', series.id)
  const [reason, setReason] = useState('')
  const send = async () => { if ((await run({ type: 'end-series', reason, expects: series.revision })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title={`End ${series.title}`} description="Check-ins that are planned are cancelled, and calendars hear of it. What was held stays."
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={reason.trim() === '' ? 'Say why; it goes into the record.' : null}>End it</Button></>}>
      <Field label="Reason">{(control) => <TextArea {...control} maxLength={1_000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <Problem refusal={refusal} />
    </Dialog>
  )
}

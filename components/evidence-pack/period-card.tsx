'use client'
/** The evidence of a period: two dates and one button. */
import { useState } from 'react'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { savePack } from '@/lib/client/record'
import type { RecordView } from '@/lib/domain/evidence-pack/view'

const DAY_MS = 86_400_000

/** The quarter that ended last, as dates. */
function lastQuarter(now: Date): { from: string; to: string } {
  const begins = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3, 1))
  const before = new Date(Date.UTC(begins.getUTCFullYear(), begins.getUTCMonth() - 3, 1))
  return { from: before.toISOString().slice(0, 10), to: new Date(begins.getTime() - DAY_MS).toISOString().slice(0, 10) }
}

export function PeriodCard({ view }: { view: RecordView }) {
  const { run, isBusy, refusal } = useCall()
  const [period, setPeriod] = useState(() => lastQuarter(new Date()))
  const { from, to } = period
  const why = from === '' || to === '' ? 'Choose both days.' : from > to ? 'The last day must not lie before the first.' : null
  const make = () => void run(() => savePack({ from: `${from}T00:00:00.000Z`, to: new Date(Date.parse(`${to}T00:00:00.000Z`) + DAY_MS).toISOString() }))
  return (
    <Surface aria-label="Evidence pack">
      <SurfaceHead title="Evidence pack" note="of a period" />
      <div className="flex flex-col gap-3 p-4">
        {refusal !== null && <Problem refusal={refusal} />}
        <div className="flex flex-wrap items-end gap-3">
          <Field label="First day">{(control) => <TextInput {...control} type="date" value={from} max={to} onChange={(event) => setPeriod({ ...period, from: event.target.value })} />}</Field>
          <Field label="Last day">{(control) => <TextInput {...control} type="date" value={to} min={from} onChange={(event) => setPeriod({ ...period, to: event.target.value })} />}</Field>
          <Button look="primary" isBusy={isBusy} busyLabel="Gathering…" refusal={view.refusals.packPeriod ?? why} onClick={make}>Make the pack</Button>
        </div>
        <p className="text-12 text-ink-2">A zip with every release in which something was recorded in these days (UTC): pages to print, JSON and Markdown, stored files, minutes, the log’s chain, signed checkpoints, and a verifier that needs neither network nor Gatehouse. The pack of one release is made on its page. That a pack was made enters the log.</p>
      </div>
    </Surface>
  )
}

'use client'
/** One occurrence of a series: open it as a check-in, change it alone, with all that follow, or all; cancel it. */
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { localMoment } from '@/components/check-in/plan-dialog'
import { DayTime } from '@/components/calendar/day-time'
import { dayWords } from '@/components/calendar/days'
import { SeriesDialog } from '@/components/calendar/series-dialog'
import { isRoute } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { useZone } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Facts } from '@/components/ui/surface'
import { seriesListQuery, seriesQuery } from '@/lib/client/calendar'
import { useCommand } from '@/lib/client/commands'
import type { CalendarEvent } from '@/lib/domain/calendar/view'

interface OccurrenceDialogProps {
  event: CalendarEvent
  onClose: () => void
}

type Step = 'look' | 'one' | 'cancel' | 'following' | 'all'

function checkInIdIn(answer: unknown): string | null {
  return typeof answer === 'object' && answer !== null && 'checkInId' in answer && typeof answer.checkInId === 'string' ? answer.checkInId : null
}

export function OccurrenceDialog({ event, onClose }: OccurrenceDialogProps) {
  const [step, setStep] = useState<Step>('look')
  const seriesId = event.occurrence?.seriesId ?? ''
  const key = event.occurrence?.key ?? ''
  const { data: series } = useQuery(seriesQuery(seriesId))
  const { data: choices } = useQuery(seriesListQuery())
  const command = useCommand('series', seriesId)
  const router = useRouter()
  const open = async () => {
    const href = event.href ?? (await command.run({ type: 'open-occurrence', key }).then((ran) => (ran.ok ? checkInIdIn(ran.answer.answer) : null)).then((id) => (id === null ? null : `/check-ins/${id}`)))
    if (href !== null && isRoute(href)) router.push(href)
  }
  const isOver = event.status === 'closed' || event.status === 'missed' || event.status === 'cancelled' || event.status === 'running'
  const over = isOver ? 'It is running, over or called off; it stays as it was.' : null
  const ended = series?.ended ? 'This series has ended.' : null
  const plan = series ? (series.allowed.plan ?? ended) : 'One moment.'
  if (series && choices && (step === 'following' || step === 'all')) {
    return <SeriesDialog series={series} choices={choices} onClose={onClose} from={step === 'all' ? 'next' : key} start={step === 'all' ? series.plan : { ...series.plan, firstDate: key.slice(0, 10) }} />
  }
  if (step === 'one' || step === 'cancel') return <One event={event} seriesId={seriesId} occurrenceKey={key} isCancel={step === 'cancel'} teams={choices?.teams ?? []} onClose={onClose} />
  return (
    <Dialog open onClose={onClose} isBusy={command.pending} title={event.title} description={event.note === null ? undefined : `${event.note.charAt(0).toUpperCase()}${event.note.slice(1)}.`}
      footer={<><Button onClick={onClose}>Close</Button><Button look="primary" isBusy={command.saving === 'open-occurrence'} busyLabel="Opening…" refusal={event.href === null ? (event.status === 'skipped' ? 'It is skipped. Change this one to let it take place.' : (series?.allowed.open ?? null)) : null} onClick={() => void open()}>Open the check-in</Button></>}>
      <Facts items={[
        { term: 'When', value: <DayTime at={event.startsAt} planZone={event.zone ?? undefined} /> }, { term: 'With', value: event.detail },
        ...(series ? [{ term: 'Series', value: `${series.rhythm}; ${series.scope}` }] : []), ...(series && series.warnings.length > 0 ? [{ term: 'Hours', value: <span className="text-waiting">{series.warnings.join(' ')}</span> }] : []),
      ]} />
      <div className="flex flex-wrap gap-2">
        <Button size="s" reasonAt="start" refusal={plan ?? over} onClick={() => setStep('one')}>Change this one</Button>
        <Button size="s" refusal={plan ?? over} onClick={() => setStep('following')}>This and following</Button>
        <Button size="s" refusal={plan} onClick={() => setStep('all')}>All to come</Button>
        <Button size="s" look="danger" refusal={plan ?? over ?? (event.status === 'skipped' ? 'It is skipped already.' : null)} onClick={() => setStep('cancel')}>Cancel this one</Button>
      </div>
      <Problem refusal={command.refusal} />
    </Dialog>
  )
}

interface OneProps {
  event: CalendarEvent
  seriesId: string
  occurrenceKey: string
  isCancel: boolean
  teams: readonly { readonly id: string; readonly name: string }[]
  onClose: () => void
}

function One({ event, seriesId, occurrenceKey, isCancel, teams, onClose }: OneProps) {
  const { run, pending, refusal } = useCommand('series', seriesId)
  const zone = useZone()
  const [title, setTitle] = useState(event.title)
  const [at, setAt] = useState(() => localMoment(new Date(event.startsAt)))
  const [minutes, setMinutes] = useState(String(Math.round((Date.parse(event.endsAt) - Date.parse(event.startsAt)) / 60_000)))
  const [asked, setAsked] = useState(event.teams)
  const [reason, setReason] = useState('')
  const send = async () => {
    const words = isCancel ? { type: 'cancel-occurrence', key: occurrenceKey, reason } : { type: 'change-occurrence', key: occurrenceKey, title, startsAt: new Date(at).toISOString(), durationMinutes: Number(minutes), teams: asked }
    if ((await run(words)).ok) onClose()
  }
  const missing = isCancel ? (reason.trim() === '' ? 'Say why; it goes into the record.' : null) : title.trim() === '' ? 'Give it a name.' : at === '' ? 'Say when.' : asked.length === 0 ? 'Choose at least one team.' : null
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title={isCancel ? `Cancel ${event.title}` : `Change ${event.title}`} description={<>Only the one of {dayWords(occurrenceKey.slice(0, 10))}, {occurrenceKey.slice(11)}; the others stay.</>}
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={missing}>{isCancel ? 'Cancel it' : 'Save'}</Button></>}>
      {isCancel ? <Field label="Reason">{(control) => <TextArea {...control} maxLength={1_000} value={reason} onChange={(one) => setReason(one.target.value)} />}</Field> : (
        <>
          <Field label="Name">{(control) => <TextInput {...control} maxLength={120} value={title} onChange={(one) => setTitle(one.target.value)} />}</Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Starts" hint={`In your zone, ${zone}.`}>{(control) => <TextInput {...control} type="datetime-local" required value={at} onChange={(one) => setAt(one.target.value)} />}</Field>
            <Field label="Minutes">{(control) => <TextInput {...control} type="number" min={5} max={480} step={5} required value={minutes} onChange={(one) => setMinutes(one.target.value)} />}</Field>
          </div>
          <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
            <legend className="mb-1 font-medium">Teams</legend>
            {teams.map((team) => <Checkbox key={team.id} label={team.name} checked={asked.includes(team.id)} onChange={(one) => setAsked(one.target.checked ? [...asked, team.id] : asked.filter((other) => other !== team.id))} />)}
          </fieldset>
        </>
      )}
      <Problem refusal={refusal} />
    </Dialog>
  )
}

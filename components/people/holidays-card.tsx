'use client'
/** The holidays beside the working hours: listed by year, added one by one or out of a calendar file, removed. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { ApiError, post } from '@/lib/client/api'
import { holidaysQuery } from '@/lib/client/calendar'
import { useCommand } from '@/lib/client/commands'
import type { HolidayView } from '@/lib/domain/calendar/view'
import { formatPlural } from '@/lib/domain/format'

const dateWords = (date: string) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(`${date}T00:00Z`)).replace(',', '')

export function HolidaysCard() {
  const { data } = useSuspenseQuery(holidaysQuery())
  const { run, saving, refusal } = useCommand('installation', 'installation')
  const [isAdding, setAdding] = useState(false)
  const [isAll, setAll] = useState(false)
  const today = new Date().toISOString().slice(0, 10)
  const coming = data.holidays.filter((one) => one.date >= today)
  const shown = isAll ? data.holidays : coming
  const whose = (one: HolidayView) => (one.teams === 'all' ? 'everybody' : one.teams.map((team) => data.teams.find((known) => known.id === team)?.name ?? team).join(', '))
  const add = <Button refusal={data.allowed.add} onClick={() => setAdding(true)}>Add holidays</Button>
  return (
    <Surface aria-label="Holidays">
      <SurfaceHead title="Holidays" note={`${coming.length} to come`}>{data.holidays.length > 0 && add}</SurfaceHead>
      {data.holidays.length === 0 ? <EmptyState title="No holiday is known." action={add}>On a holiday nobody is waited for, and check-ins of a series are moved or skipped. Enter them here, or read them out of a calendar file of your country.</EmptyState> : (
        <>
          <Rows className="max-h-96 overflow-y-auto">
            {shown.map((one) => <Row key={`${one.date} ${one.name}`} title={one.name} detail={`${dateWords(one.date)} · ${whose(one)}`} aside={<Button size="s" look="quiet" refusal={data.allowed.remove} aria-label={`Remove ${one.name} of ${one.date}`} onClick={() => void run({ type: 'remove-holidays', holidays: [{ date: one.date, name: one.name }] })}>Remove</Button>} />)}
            {shown.length === 0 && <li className="px-4 py-3 text-ink-2">None is to come. Add those of the next year.</li>}
          </Rows>
          {coming.length < data.holidays.length && <p className="border-t border-line px-4 py-2"><Button size="s" look="quiet" onClick={() => setAll(!isAll)}>{isAll ? 'Only those to come' : `Show the ${data.holidays.length - coming.length} that are over`}</Button></p>}
        </>
      )}
      {refusal && saving === null && <div className="px-4 pb-3"><Problem refusal={refusal} /></div>}
      {isAdding && <AddHolidays teams={data.teams} onClose={() => setAdding(false)} />}
    </Surface>
  )
}

interface Read { readonly holidays: readonly { readonly date: string; readonly name: string }[]; readonly skipped: readonly string[] }

function AddHolidays({ teams, onClose }: { teams: readonly { readonly id: string; readonly name: string }[]; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('installation', 'installation')
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const [found, setFound] = useState<Read | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [asked, setAsked] = useState<readonly string[]>([])
  const whose = asked.length === 0 ? ('all' as const) : asked
  const read = async (file: File | undefined) => {
    setFound(null)
    setProblem(null)
    if (!file) return
    try {
      const answer = await post<Read>('/holidays/read', { text: await file.text() })
      setFound(answer)
      if (answer.holidays.length === 0) setProblem('No all-day event is in this file.')
    } catch (error) {
      setProblem(error instanceof ApiError ? error.refusal.message : 'The file cannot be read.')
    }
  }
  const chosen = found?.holidays.length ? found.holidays : date !== '' && name.trim() !== '' ? [{ date, name: name.trim() }] : []
  const send = async () => {
    for (let from = 0; from < chosen.length; from += 400) {
      const ran = await run({ type: 'add-holidays', holidays: chosen.slice(from, from + 400).map((one) => ({ ...one, teams: whose })) })
      if (!ran.ok) return
    }
    onClose()
  }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title="Add holidays" description="A day, or all days of a calendar file (.ics)."
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={chosen.length === 0 ? 'Say the day and its name, or choose a file.' : null}>{found?.holidays.length ? `Add ${formatPlural(chosen.length, 'day')}` : 'Add'}</Button></>}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Day">{(control) => <TextInput {...control} type="date" min="2000-01-01" max="2099-12-31" value={date} onChange={(event) => setDate(event.target.value)} />}</Field>
        <Field label="Name">{(control) => <TextInput {...control} maxLength={80} placeholder="Ascension Day" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      </div>
      <Field label="Calendar file" isOptional hint="iCalendar, such as agencies and calendars hand out. You see what was read before it is added.">
        {(control) => <TextInput {...control} type="file" accept=".ics,text/calendar" className="py-1" onChange={(event) => void read(event.target.files?.[0])} />}
      </Field>
      {found !== null && found.holidays.length > 0 && (
        <ul className="max-h-40 overflow-y-auto rounded-control border border-line bg-sunken px-3 py-2 text-12" tabIndex={0} aria-label="Read from the file">
          {found.holidays.map((one) => <li key={`${one.date} ${one.name}`}>{dateWords(one.date)}: {one.name}</li>)}
          {found.skipped.map((one, index) => <li key={`${index} ${one}`} className="text-waiting">left out: {one}</li>)}
        </ul>
      )}
      <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
        <legend className="mb-1 font-medium">Whose</legend>
        <Checkbox label="Everybody’s" checked={asked.length === 0} onChange={() => setAsked([])} />
        {teams.map((team) => <Checkbox key={team.id} label={team.name} checked={asked.includes(team.id)} onChange={(event) => setAsked(event.target.checked ? [...asked, team.id] : asked.filter((one) => one !== team.id))} />)}
      </fieldset>
      {problem !== null && <Problem refusal={{ message: problem }} />}
      <Problem refusal={refusal} />
    </Dialog>
  )
}

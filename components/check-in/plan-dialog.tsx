'use client'
/** Plans a check-in or changes its plan: when, for how long, for which releases, with whom, and which one it continues. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Button } from '@/components/ui/button'
import { useNow, useZone } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import { formatDay } from '@/lib/domain/format'

/** What a plan says, as the form holds it. */
export interface Plan {
  readonly title: string
  readonly startsAt: string
  readonly durationMinutes: number
  readonly releaseIds: 'all' | readonly string[]
  readonly teams: readonly string[]
  readonly previousId: string | null
  /** Until when teams answer in writing; absent or null: they meet. */
  readonly answerBy?: string | null
}

interface PlanDialogProps {
  /** Absent: a new check-in. */
  id?: string
  start: Plan
  releases: readonly { readonly id: string; readonly code: string; readonly modelName: string }[]
  teams: readonly { readonly id: string; readonly name: string }[]
  /** Earlier ones that it may continue. */
  earlier?: readonly { readonly id: string; readonly title: string; readonly startsAt: string }[]
  onClose: () => void
  onDone: (id: string) => void
}

/** An instant as a field of date and time takes it, in the browser's zone. */
export function localMoment(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The next full half hour. */
export function nextHalfHour(): string {
  return new Date(Math.ceil((Date.now() + 60_000) / 1_800_000) * 1_800_000).toISOString()
}

export function PlanDialog({ id, start, releases, teams, earlier = [], onClose, onDone }: PlanDialogProps) {
  const zone = useZone()
  const now = useNow()
  const [own] = useState(() => id ?? uuid())
  const { run, pending, refusal } = useCommand('check-in', own)
  const [title, setTitle] = useState(start.title)
  const [at, setAt] = useState(() => localMoment(new Date(start.startsAt)))
  const [answerBy, setAnswerBy] = useState(() => (start.answerBy ? localMoment(new Date(start.answerBy)) : ''))
  const [minutes, setMinutes] = useState(String(start.durationMinutes))
  const [isAll, setAll] = useState(start.releaseIds === 'all')
  const [chosen, setChosen] = useState<readonly string[]>(start.releaseIds === 'all' ? [] : start.releaseIds)
  const [asked, setAsked] = useState<readonly string[]>(start.teams)
  const [previousId, setPrevious] = useState(start.previousId ?? '')
  const toggle = (list: readonly string[], one: string, isOn: boolean) => (isOn ? [...list, one] : list.filter((other) => other !== one))
  const missing = title.trim() === '' ? 'Give it a name.' : at === '' ? 'Say when.' : answerBy !== '' && answerBy <= at ? 'The answers are due after it opens.' : !isAll && chosen.length === 0 ? 'Choose at least one release, or all.' : asked.length === 0 ? 'Choose at least one team.' : null
  const send = async () => {
    const plan = { title, startsAt: new Date(at).toISOString(), durationMinutes: Number(minutes), zone, releaseIds: isAll ? 'all' : chosen, teams: asked, answerBy: answerBy === '' ? null : new Date(answerBy).toISOString() }
    const ran = await run(id === undefined ? { type: 'schedule', ...plan, previousId: previousId || null } : { type: 'change-plan', ...plan })
    if (ran.ok) onDone(own)
  }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title={id === undefined ? 'Plan a check-in' : 'Change the plan'} description="Its agenda makes itself from the state of the releases; you can add to it."
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={missing}>{id === undefined ? 'Plan it' : 'Save'}</Button></>}>
      <Field label="Name">{(control) => <TextInput {...control} maxLength={120} placeholder="Fraud weekly" value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Starts" hint={`In your zone, ${zone}.`}>{(control) => <TextInput {...control} type="datetime-local" required value={at} onChange={(event) => setAt(event.target.value)} />}</Field>
        <Field label="Minutes">{(control) => <TextInput {...control} type="number" min={5} max={480} step={5} required value={minutes} onChange={(event) => setMinutes(event.target.value)} />}</Field>
      </div>
      <Field label="Answers until" hint="For teams that do not meet: each answers in writing before this, and the check-in closes by itself. Leave it empty to meet." isOptional>
        {(control) => <TextInput {...control} type="datetime-local" className="sm:max-w-64" value={answerBy} onChange={(event) => setAnswerBy(event.target.value)} />}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">Releases</legend>
        <Checkbox label="All that are in flight then" checked={isAll} onChange={(event) => setAll(event.target.checked)} />
        {!isAll && (releases.length === 0 ? <p className="text-ink-2">No release is in flight.</p> : <div className="grid max-h-48 gap-2 overflow-y-auto sm:grid-cols-2">{releases.map((one) => <Checkbox key={one.id} label={`${one.code} ${one.modelName}`} checked={chosen.includes(one.id)} onChange={(event) => setChosen(toggle(chosen, one.id, event.target.checked))} />)}</div>)}
      </fieldset>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
        <legend className="mb-1 font-medium">Teams</legend>
        {teams.map((team) => <Checkbox key={team.id} label={team.name} checked={asked.includes(team.id)} onChange={(event) => setAsked(toggle(asked, team.id, event.target.checked))} />)}
      </fieldset>
      {id === undefined && earlier.length > 0 && (
        <Field label="Continues" hint="What was parked or left open there comes back here." isOptional>
          {(control) => <Select {...control} value={previousId} onChange={(event) => setPrevious(event.target.value)}><option value="">nothing</option>{earlier.map((one) => <option key={one.id} value={one.id}>{one.title}, {formatDay(one.startsAt, now, zone)}</option>)}</Select>}
        </Field>
      )}
      <Problem refusal={refusal} />
    </Dialog>
  )
}

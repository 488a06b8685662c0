'use client'
/** The fields of a series: rhythm, clock, scope, teams and what holidays do; and beside them what it comes to. */
import { useEffect, useState } from 'react'
import { DayTime } from '@/components/calendar/day-time'
import { ZoneField } from '@/components/people/zone-field'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { post } from '@/lib/client/api'
import type { PlanPreview, PlanShown, SeriesListView } from '@/lib/domain/calendar/view'
import type { Rhythm } from '@/lib/domain/series/state'
import { weekdayOf } from '@/lib/domain/series/wall-clock'

export type Choices = Pick<SeriesListView, 'models' | 'releases' | 'teams'>

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const WAIT_MS = 350

/** What a plan lacks before it can be saved, in words; null when nothing. */
export function missing(plan: PlanShown): string | null {
  if (plan.rhythm.kind === 'weekly' && plan.rhythm.days.length === 0) return 'Choose at least one day.'
  if (plan.rhythm.kind === 'rule' && plan.rhythm.rule.trim() === '') return 'Write the rule.'
  if (plan.time === '' || plan.firstDate === '') return 'Say when.'
  if (plan.teams.length === 0) return 'Choose at least one team.'
  return plan.scope.kind === 'releases' && plan.scope.releaseIds.length === 0 ? 'Choose at least one release, or all.' : null
}

/** Asks the server, a moment after the last change, what the plan comes to; not while it lacks something. */
export function usePreview(plan: PlanShown): PlanPreview | null {
  const [preview, setPreview] = useState<PlanPreview | null>(null)
  const words = missing(plan) === null ? JSON.stringify(plan) : null
  useEffect(() => {
    if (words === null) return
    const gone = new AbortController()
    const timer = setTimeout(() => {
      const asked: PlanShown = JSON.parse(words)
      const title = asked.title.trim() === '' ? 'Check-in' : asked.title
      post<PlanPreview>('/series-preview', { plan: { ...asked, title } }, gone.signal).then(setPreview).catch((error: unknown) => {
        if (!gone.signal.aborted) setPreview({ problem: error instanceof Error ? error.message : 'This cannot be read yet.', rhythm: '', next: [], warnings: [] })
      })
    }, WAIT_MS)
    return () => { clearTimeout(timer); gone.abort() }
  }, [words])
  return preview
}

const RHYTHMS = [['1', 'Every week'], ['2', 'Every second week'], ['4', 'Every fourth week'], ['rollout', 'Every working day of a rollout'], ['rule', 'By an own rule (RRULE)']] as const

/** How many hours there are to answer; 0 where people meet. */
const HELD = [[0, 'together, people meet'], [4, 'in writing, within 4 hours'], [24, 'in writing, within a day'], [48, 'in writing, within two days'], [168, 'in writing, within a week']] as const

function rhythmKey(rhythm: Rhythm): string {
  return rhythm.kind === 'weekly' ? String(rhythm.everyWeeks) : rhythm.kind
}

function RhythmFields({ plan, change }: FormProps) {
  const { rhythm } = plan
  const key = rhythmKey(rhythm)
  const choose = (next: string) => change({
    rhythm: next === 'rollout' ? { kind: 'rollout' } : next === 'rule' ? { kind: 'rule', rule: 'FREQ=MONTHLY;BYDAY=1TU' } : { kind: 'weekly', days: rhythm.kind === 'weekly' ? rhythm.days : [weekdayOf(plan.firstDate)], everyWeeks: Number(next) },
  })
  return (
    <>
      <Field label="Rhythm" hint={rhythm.kind === 'rollout' ? 'Only while one of its releases is rolling out or soaking.' : undefined}>
        {(control) => (
          <Select {...control} value={key} onChange={(event) => choose(event.target.value)}>
            {RHYTHMS.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
            {!RHYTHMS.some(([value]) => value === key) && <option value={key}>Every {key} weeks</option>}
          </Select>
        )}
      </Field>
      {rhythm.kind === 'weekly' && (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
          <legend className="mb-1 font-medium">Days</legend>
          {DAYS.map((label, index) => <Checkbox key={label} label={label} checked={rhythm.days.includes(index + 1)} onChange={(event) => change({ rhythm: { ...rhythm, days: event.target.checked ? [...rhythm.days, index + 1].toSorted() : rhythm.days.filter((day) => day !== index + 1) } })} />)}
        </fieldset>
      )}
      {rhythm.kind === 'rule' && (
        <Field label="Rule" hint="As calendars write it: FREQ=MONTHLY;BYDAY=2TU is each second Tuesday of a month. At most one a day; the time and the last day are said below.">
          {(control) => <TextInput {...control} isMono maxLength={300} value={rhythm.rule} onChange={(event) => change({ rhythm: { kind: 'rule', rule: event.target.value } })} />}
        </Field>
      )}
    </>
  )
}

interface FormProps {
  plan: PlanShown
  change: (more: Partial<PlanShown>) => void
}

const toggled = (list: readonly string[], one: string, isOn: boolean) => (isOn ? [...list, one] : list.filter((other) => other !== one))

function ScopeFields({ plan, change, choices }: FormProps & { choices: Choices }) {
  const { scope } = plan
  const choose = (kind: string) => {
    const [model] = choices.models
    change({ scope: kind === 'model' && model ? { kind: 'model', modelId: model.id } : kind === 'releases' ? { kind: 'releases', releaseIds: [] } : { kind: 'all' } })
  }
  return (
    <>
      <Field label="Speaks of">
        {(control) => (
          <Select {...control} value={scope.kind} onChange={(event) => choose(event.target.value)}>
            <option value="all">All releases in flight</option>
            {choices.models.length > 0 && <option value="model">The releases of one model</option>}
            <option value="releases">A group of releases</option>
          </Select>
        )}
      </Field>
      {scope.kind === 'model' && <Field label="Model">{(control) => <Select {...control} value={scope.modelId} onChange={(event) => change({ scope: { kind: 'model', modelId: event.target.value } })}>{choices.models.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>}
      {scope.kind === 'releases' && (
        <fieldset className="grid max-h-48 gap-2 overflow-y-auto sm:grid-cols-2">
          <legend className="mb-1 font-medium">Releases</legend>
          {choices.releases.length === 0 && <p className="text-ink-2">No release is in flight.</p>}
          {choices.releases.map((one) => <Checkbox key={one.id} label={`${one.code} ${one.modelName}`} checked={scope.releaseIds.includes(one.id)} onChange={(event) => change({ scope: { kind: 'releases', releaseIds: toggled(scope.releaseIds, one.id, event.target.checked) } })} />)}
        </fieldset>
      )}
    </>
  )
}

export function SeriesForm({ plan, change, choices, preview }: FormProps & { choices: Choices; preview: PlanPreview | null }) {
  return (
    <>
      <Field label="Name">{(control) => <TextInput {...control} maxLength={120} placeholder="Release check-in" value={plan.title} onChange={(event) => change({ title: event.target.value })} />}</Field>
      <RhythmFields plan={plan} change={change} />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="At">{(control) => <TextInput {...control} type="time" required value={plan.time} onChange={(event) => change({ time: event.target.value })} />}</Field>
        <Field label="Minutes">{(control) => <TextInput {...control} type="number" min={5} max={480} step={5} required value={String(plan.durationMinutes)} onChange={(event) => change({ durationMinutes: Number(event.target.value) })} />}</Field>
        <ZoneField label="Time zone" value={plan.zone} onChange={(zone) => change({ zone: zone ?? 'UTC' })} />
        <Field label="From">{(control) => <TextInput {...control} type="date" required value={plan.firstDate} onChange={(event) => change({ firstDate: event.target.value })} />}</Field>
        <Field label="Last day" isOptional>{(control) => <TextInput {...control} type="date" value={plan.lastDate ?? ''} onChange={(event) => change({ lastDate: event.target.value === '' ? null : event.target.value })} />}</Field>
        <Field label="On a holiday">
          {(control) => (
            <Select {...control} value={plan.onHoliday} onChange={(event) => change({ onHoliday: event.target.value === 'keep' ? 'keep' : event.target.value === 'next-day' ? 'next-day' : 'skip' })}>
              <option value="next-day">next working day</option>
              <option value="skip">is skipped</option>
              <option value="keep">takes place</option>
            </Select>
          )}
        </Field>
      </div>
      <Field label="Held" hint={plan.answerHours ? 'It opens at its time. Each team writes conditions, actions and needs until the deadline, is reminded before it, and nobody has to meet.' : undefined}>
        {(control) => (
          <Select {...control} value={String(plan.answerHours ?? 0)} onChange={(event) => change({ answerHours: Number(event.target.value) || null })}>
            {HELD.map(([hours, label]) => <option key={hours} value={hours}>{label}</option>)}
            {!HELD.some(([hours]) => hours === (plan.answerHours ?? 0)) && <option value={plan.answerHours ?? 0}>in writing, within {plan.answerHours} hours</option>}
          </Select>
        )}
      </Field>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
        <legend className="mb-1 font-medium">Teams</legend>
        {choices.teams.map((team) => <Checkbox key={team.id} label={team.name} checked={plan.teams.includes(team.id)} onChange={(event) => change({ teams: toggled(plan.teams, team.id, event.target.checked) })} />)}
      </fieldset>
      <ScopeFields plan={plan} change={change} choices={choices} />
      <PreviewBox lack={missing(plan)} preview={preview} zone={plan.zone} />
    </>
  )
}

/** What it comes to; keeps its place while it is asked. */
function PreviewBox({ lack, preview, zone }: { lack: string | null; preview: PlanPreview | null; zone: string }) {
  return (
    <div role="status" aria-label="What it comes to" className="min-h-28 rounded-control border border-line bg-sunken px-3 py-2">
      {lack !== null ? <p className="text-ink-2">{lack}</p> : preview === null ? <p className="text-ink-3">Laying it out…</p> : preview.problem !== null ? <p className="text-failed">{preview.problem}</p> : (
        <>
          <p className="font-medium">{preview.rhythm}</p>
          <ul className="mt-1 text-12 text-ink-2">
            {preview.next.slice(0, 4).map((one) => <li key={one.key}><DayTime at={one.startsAt} planZone={zone} />{one.status === 'conditional' && one.note === null ? ', if a release is rolling out' : ''}{one.note !== null && <span className="text-waiting"> · {one.note}</span>}</li>)}
          </ul>
          {preview.warnings.map((warning) => <p key={warning} className="mt-1 text-12 text-waiting">{warning}</p>)}
        </>
      )}
    </div>
  )
}

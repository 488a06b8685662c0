'use client'
/** Snoozes, hands on, changes or drops an action, wherever it is kept; the server says why where it may not be. */
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { dayIn, dayOf, endOfDay } from '@/components/release/dialogs/day'
import { showToast } from '@/components/shell/toasts'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Time } from '@/components/ui/time'
import { ChangeFields, changeMissing, changeOf, draftOf, type ChangeDraft, type Changeable } from '@/components/work/change-fields'
import { useCommand } from '@/lib/client/commands'
import { workQuery } from '@/lib/client/queries'
import type { ActionMove } from '@/lib/domain/work/action-rule'
import { dutyOf, type Duty } from '@/lib/domain/work/duty'

type Way = 'snooze' | 'change' | 'hand' | 'drop'

const WAYS: readonly (readonly [Way, string])[] = [['snooze', 'Snooze it'], ['change', 'Change its day or words'], ['hand', 'Hand it on'], ['drop', 'Drop it']]
export interface Movable extends Changeable {
  readonly kind: 'release' | 'check-in' | 'live'
  readonly ownerId: string
  readonly source: string
  readonly ownerPersonId: string | null
  readonly team: string | null
  readonly isSnoozed: boolean
  /** Whether what it was promised for has gone. */
  readonly isReleased: boolean
}

interface MoveActionProps {
  action: Movable
  people: readonly { readonly id: string; readonly name: string }[]
  teams: readonly { readonly id: string; readonly name: string }[]
  onClose: () => void
}

/** Until when it sleeps. In: a day as date fields give it. What keeps its day sleeps until its hour of that day. */
function wakesAt({ dueAt }: Movable, duty: Duty | null, until: string): string {
  return duty && dueAt !== null && dayOf(dueAt) === until ? dueAt : endOfDay(until)
}

/** Why the way cannot be gone with what is filled in; null: it can. The same rule as the server's, said before it is pressed. */
function missing(way: Way, action: Movable, duty: Duty | null, until: string, draft: ChangeDraft, to: string, reason: string): string | null {
  const { dueAt } = action
  const unchanged = way === 'change' ? changeMissing(action, draft, duty) : null
  if (unchanged !== null) return unchanged
  if (way === 'snooze') {
    if (until === '') return 'Say until when.'
    if (duty && dueAt !== null && wakesAt(action, duty, until) > dueAt) return `${duty.name} cannot sleep past its due date: ${duty.why}. Choose an earlier day.`
  }
  if (way === 'drop' && duty) return `${duty.name} is not dropped: ${duty.why}.`
  if (way === 'hand') return to === '' ? 'Name who takes it over.' : null
  return reason.trim() === '' ? 'Say why; it goes into the record.' : null
}

export function MoveAction({ action, people, teams, onClose }: MoveActionProps) {
  const client = useQueryClient()
  const group = useId()
  const { run, pending, refusal } = useCommand(action.kind, action.ownerId)
  const [way, setWay] = useState<Way>('snooze')
  const [until, setUntil] = useState(dayIn(3))
  const [to, setTo] = useState('')
  const [draft, setDraft] = useState(() => draftOf(action))
  const [reason, setReason] = useState('')
  const duty = dutyOf(action.source, action.isReleased)
  const send = async (move: ActionMove) => {
    if (!(await run(move)).ok) return
    await client.invalidateQueries({ queryKey: workQuery().queryKey })
    if (move.type === 'change-action') showToast({ message: 'The action is changed.', undo: () => void takeBack(move) })
    onClose()
  }
  const takeBack = async (move: Extract<ActionMove, { type: 'change-action' }>) => {
    const ran = await run({ type: 'change-action', actionId: action.actionId, title: move.title === null ? null : action.title, dueAt: action.dueAt, reason: 'Taken back right away.' })
    if (ran.ok) await client.invalidateQueries({ queryKey: workQuery().queryKey })
    else showToast({ message: ran.refusal.message, isFailure: true })
  }
  const { actionId } = action
  const build = (): ActionMove => {
    if (way === 'snooze') return { type: 'snooze-action', actionId, until: wakesAt(action, duty, until), reason: reason.trim() }
    if (way === 'change') return changeOf(action, draft, reason.trim())
    if (way === 'drop') return { type: 'drop-action', actionId, reason: reason.trim() }
    const [kind, id = ''] = to.split(' ')
    return { type: 'reassign-action', actionId, ownerId: kind === 'person' ? id : null, team: kind === 'team' ? id : action.team, reason: reason.trim() }
  }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send(build())} title="Change the action" description={action.title}
      footer={<>
        <Button onClick={onClose}>Leave it</Button>
        {action.isSnoozed && <Button isBusy={pending} onClick={() => void send({ type: 'wake-action', actionId })}>Wake it now</Button>}
        <Button type="submit" look={way === 'drop' ? 'danger' : 'primary'} isBusy={pending} refusal={missing(way, action, duty, until, draft, to, reason)}>{WAYS.find(([one]) => one === way)?.[1]}</Button>
      </>}>
      <fieldset className="flex flex-wrap gap-4">
        <legend className="sr-only">What to do with it</legend>
        {WAYS.map(([one, words]) => <label key={one} className="flex items-center gap-2"><input type="radio" name={group} className="accent-ink" checked={way === one} onChange={() => setWay(one)} />{words}</label>)}
      </fieldset>
      {way === 'snooze' && (
        <Field label="Until" className="max-w-56" hint={duty && action.dueAt !== null ? `${duty.name} sleeps until its due date at most.` : 'It comes back by itself.'}>
          {(control) => <input {...control} type="date" className="control" min={dayIn(0)} max={duty && action.dueAt !== null ? dayOf(action.dueAt) : undefined} value={until} onChange={(event) => setUntil(event.target.value)} />}
        </Field>
      )}
      {way === 'change' && <ChangeFields action={action} duty={duty} draft={draft} onChange={setDraft} />}
      {way === 'hand' && (
        <Field label="Who takes it over">
          {(control) => (
            <Select {...control} value={to} onChange={(event) => setTo(event.target.value)}>
              <option value="">choose</option>
              <optgroup label="People">{people.filter((one) => one.id !== action.ownerPersonId).map((one) => <option key={one.id} value={`person ${one.id}`}>{one.name}</option>)}</optgroup>
              <optgroup label="Teams">{teams.filter((one) => one.id !== action.team || action.ownerPersonId !== null).map((one) => <option key={one.id} value={`team ${one.id}`}>{one.name}</option>)}</optgroup>
            </Select>
          )}
        </Field>
      )}
      {way === 'drop' && duty ? <p className="text-ink-2">{duty.name} is not dropped: {duty.why}. {action.source === 'condition' ? 'Meet it, or record a decision that supersedes the go.' : 'Close it once it is done.'}</p> : <Field label="Why" isOptional={way === 'hand'}>{(control) => <TextArea {...control} rows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>}
      {action.dueAt !== null && way !== 'change' && <p className="text-12 text-ink-2">Due <Time at={action.dueAt} as="day" />.</p>}
      <Problem refusal={refusal} />
    </Dialog>
  )
}

'use client'
/** Another day or other words for an action: the fields, what is filled in, and what it said before with the way back. */
import { dayIn, dayOf, endOfDay } from '@/components/release/dialogs/day'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Time } from '@/components/ui/time'
import type { ActionMove } from '@/lib/domain/work/action-rule'
import type { Duty } from '@/lib/domain/work/duty'
import type { ActionChanged } from '@/lib/domain/work/view'

export interface Changeable {
  readonly actionId: string
  readonly title: string
  readonly dueAt: string | null
  readonly changes: readonly ActionChanged[]
  readonly agreedDueAt: string | null
}

export interface ChangeDraft {
  /** As date fields give it; empty for no day. */
  readonly day: string
  readonly title: string
}

export function draftOf({ title, dueAt }: Pick<Changeable, 'title' | 'dueAt'>): ChangeDraft {
  return { title, day: dayOf(dueAt) }
}

/** The command that a draft comes to. A day that was not touched keeps its time. */
export function changeOf(action: Changeable, { day, title }: ChangeDraft, reason: string): Extract<ActionMove, { type: 'change-action' }> {
  const known = [action.dueAt, ...action.changes.map((one) => one.dueAt)].find((one) => one !== null && dayOf(one) === day)
  const dueAt = day === '' ? null : (known ?? endOfDay(day))
  return { type: 'change-action', actionId: action.actionId, title: title.trim() === action.title ? null : title.trim(), dueAt, reason }
}

/** Why a draft cannot be saved; null: it can. In: what the action owes, if anything: that keeps its day and its words. */
export function changeMissing(action: Changeable, draft: ChangeDraft, duty: Duty | null): string | null {
  const { title, dueAt } = changeOf(action, draft, '')
  if (draft.title.trim() === '') return 'Say what there is to do.'
  if (title === null && dueAt === action.dueAt) return 'Choose another day, or other words.'
  const { agreedDueAt } = action
  return duty && agreedDueAt !== null && (dueAt === null || Date.parse(dueAt) > Date.parse(agreedDueAt)) ? `${duty.name} is due by the day that was agreed, at the latest: ${duty.why}.` : null
}

interface ChangeFieldsProps {
  action: Changeable
  duty: Duty | null
  draft: ChangeDraft
  onChange: (draft: ChangeDraft) => void
}

export function ChangeFields({ action, duty, draft, onChange }: ChangeFieldsProps) {
  return (
    <>
      <Field label="Due" className="max-w-56" hint={duty && action.agreedDueAt !== null ? `${duty.name} may be due earlier, not later.` : 'Empty: on no day.'}>
        {(control) => <input {...control} type="date" className="control" min={dayIn(0)} max={duty && action.agreedDueAt !== null ? dayOf(action.agreedDueAt) : undefined} value={draft.day} onChange={(event) => onChange({ ...draft, day: event.target.value })} />}
      </Field>
      {!duty && <Field label="What there is to do">{(control) => <TextInput {...control} maxLength={300} value={draft.title} onChange={(event) => onChange({ ...draft, title: event.target.value })} />}</Field>}
      {action.changes.length > 0 && <Before action={action} onBack={(one) => onChange({ day: dayOf(one.dueAt), title: one.title ?? action.title })} />}
    </>
  )
}

function Before({ action, onBack }: { action: Changeable; onBack: (one: ActionChanged) => void }) {
  return (
    <section className="text-12">
      <h3 className="font-medium text-ink-2">What it said before</h3>
      <ul role="list" className="mt-1 flex flex-col gap-1">
        {action.changes.map((one) => (
          <li key={one.at} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
            <span className="min-w-0 flex-1 basis-40 break-words">{one.title !== null && <>“{one.title}”, </>}{one.dueAt === null ? 'due on no day' : <>due <Time at={one.dueAt} as="day" /></>}; changed by {one.by}: {one.reason}</span>
            <Button size="s" look="quiet" onClick={() => onBack(one)}>Put it back</Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

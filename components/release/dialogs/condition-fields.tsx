'use client'
/** The conditions of a go: each becomes an action with an owner and a date that follows the release. */
import { dayIn } from '@/components/release/dialogs/day'
import { useStage } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'

export interface ConditionDraft {
  readonly title: string
  readonly ownerId: string
  readonly team: string
  readonly due: string
  /** The watched line that measures it; empty: people say whether it is met. */
  readonly itemId: string
}

export function emptyCondition(): ConditionDraft {
  return { title: '', ownerId: '', team: '', due: dayIn(7), itemId: '' }
}

export function ConditionFields({ conditions, onChange }: { conditions: readonly ConditionDraft[]; onChange: (conditions: readonly ConditionDraft[]) => void }) {
  const { view } = useStage()
  const watched = view.gates.flatMap((gate) => gate.items.filter((item) => item.metric?.mode === 'standing'))
  const set = (at: number, change: Partial<ConditionDraft>) => onChange(conditions.map((one, i) => (i === at ? { ...one, ...change } : one)))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">Conditions</legend>
      {conditions.map((one, i) => (
        <div key={i} className="grid gap-2 rounded-control border border-line p-3 sm:grid-cols-[minmax(0,1fr)_160px_140px]">
          <Field label={`Condition ${i + 1}`}>{(control) => <TextInput {...control} maxLength={300} value={one.title} onChange={(event) => set(i, { title: event.target.value })} />}</Field>
          <Field label="Owner">{(control) => (
            <Select {...control} value={one.ownerId ? `p:${one.ownerId}` : one.team ? `t:${one.team}` : ''} onChange={(event) => {
              const [kind, id] = [event.target.value.slice(0, 1), event.target.value.slice(2)]
              set(i, { ownerId: kind === 'p' ? id : '', team: kind === 't' ? id : '' })
            }}>
              <option value="">nobody yet</option>
              {view.teams.map((team) => <option key={team.id} value={`t:${team.id}`}>{team.name}</option>)}
              {view.people.map((person) => <option key={person.id} value={`p:${person.id}`}>{person.name}</option>)}
            </Select>
          )}</Field>
          <Field label="Due">{(control) => <input {...control} type="date" className="control" min={dayIn(0)} value={one.due} onChange={(event) => set(i, { due: event.target.value })} />}</Field>
          {watched.length > 0 && (
            <Field label="Measured by" isOptional className="sm:col-span-3" hint={one.itemId === '' ? undefined : 'Watched from the start of the rollout. If it fails past its day, a roll-back is proposed.'}>{(control) => (
              <Select {...control} value={one.itemId} onChange={(event) => set(i, { itemId: event.target.value })}>
                <option value="">nothing; people say whether it is met</option>
                {watched.map((item) => <option key={item.id} value={item.id}>{item.id} {item.title}</option>)}
              </Select>
            )}</Field>
          )}
        </div>
      ))}
      <div className="flex gap-2">
        <Button size="s" onClick={() => onChange([...conditions, emptyCondition()])}>Add a condition</Button>
        {conditions.length > 1 && <Button size="s" look="quiet" onClick={() => onChange(conditions.slice(0, -1))}>Remove the last</Button>}
      </div>
    </fieldset>
  )
}

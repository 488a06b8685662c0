'use client'
/** The gates of the draft in their order: choose one, move it, add another. */
import { useState } from 'react'
import { addGate, moved, numberAnew } from '@/components/template/edit-gates'
import { dragging, Grip, movedByKey, OrderButtons } from '@/components/template/studio/order-buttons'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { Field, Select, TextInput } from '@/components/ui/field'
import { formatPlural } from '@/lib/domain/format'
import type { GateTemplate } from '@/lib/domain/template/template'

interface GateListProps {
  gates: readonly GateTemplate[]
  before: readonly GateTemplate[]
  chosen: string
  firstTeam: string
  choose: (id: string) => void
  change: (make: (gates: readonly GateTemplate[]) => readonly GateTemplate[]) => void
}

/** The entry that is no gate: name, steps and conditions of the whole. */
export const WHOLE = 'whole'

export function GateList({ gates, before, chosen, firstTeam, choose, change }: GateListProps) {
  const move = (from: number, to: number) => change((all) => moved(all, from, to))
  const isOrdered = gates.every((gate, at) => gate.number === at + 1 && gate.items.every((item, line) => item.id === `${at + 1}.${line + 1}`))
  return (
    <nav aria-label="Gates of the draft" className="flex flex-col gap-3">
      <Field label="Gate" className="lg:hidden">
        {(control) => <Select {...control} value={chosen} onChange={(event) => choose(event.target.value)}><option value={WHOLE}>The template as a whole</option>{gates.map((gate) => <option key={gate.id} value={gate.id}>{gate.number}. {gate.name}</option>)}</Select>}
      </Field>
      <ol role="list" className="hidden flex-col gap-px lg:flex">
        <li><Entry isChosen={chosen === WHOLE} onClick={() => choose(WHOLE)}>The template as a whole</Entry></li>
        {gates.map((gate, index) => {
          const { handle, ...drop } = dragging('gate', index, move)
          return (
            <li key={gate.id} {...drop} className="flex items-center">
              <Grip {...handle} />
              <Entry isChosen={chosen === gate.id} onClick={() => choose(gate.id)} onKeyDown={(event) => movedByKey(event, { index, count: gates.length, move })} note={formatPlural(gate.items.length, 'item')}>{gate.number}. {gate.name}</Entry>
              <OrderButtons index={index} count={gates.length} move={move} name={`gate ${gate.number}`} />
            </li>
          )
        })}
      </ol>
      <AddGate refusal={gates.length >= 30 ? 'A template has at most 30 gates.' : null} add={(name) => { const made = addGate(gates, before, name, firstTeam); change(() => made.gates); choose(made.id) }} />
      {!isOrdered && <div className="text-12 text-ink-3"><p>Gates and items keep their numbers when they are moved, because releases know them by these.</p><Button size="s" look="quiet" reasonAt="start" className="-ml-2" onClick={() => change(numberAnew)}>Number all anew</Button></div>}
    </nav>
  )
}

function Entry({ isChosen, note, children, ...rest }: { isChosen: boolean; note?: string; children: React.ReactNode; onClick: () => void; onKeyDown?: (event: React.KeyboardEvent) => void }) {
  return (
    <button {...rest} type="button" aria-current={isChosen ? 'true' : undefined} className={classes('min-w-0 flex-1 rounded-control px-2 py-1 text-left hover:bg-sunken', isChosen && 'bg-sunken font-medium')}>
      <span className="block truncate">{children}</span>{note && <span className="block text-12 font-normal text-ink-3">{note}</span>}
    </button>
  )
}

function AddGate({ add, refusal }: { add: (name: string) => void; refusal: string | null }) {
  const [name, setName] = useState('')
  return (
    <div className="flex items-end gap-2">
      <Field label="New gate" className="flex-1">{(control) => <TextInput {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Button refusal={refusal ?? (name.trim() === '' ? 'Write its name first.' : null)} onClick={() => { add(name.trim()); setName('') }}>Add gate</Button>
    </div>
  )
}

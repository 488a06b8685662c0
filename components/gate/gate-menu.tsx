'use client'
/** What is seldom done with a gate: due date, reopening, inheriting, break-glass; folded away behind one button. */
import { useId, useState } from 'react'
import { CommandButton } from '@/components/release/command-button'
import { useAsk } from '@/components/release/use-ask'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import type { GateView } from '@/lib/domain/release/view'

/** A small menu that opens below its button. */
export function GateMenu({ gate }: { gate: GateView }) {
  const { view, open, send } = useStage()
  const ask = useAsk()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const close = () => setOpen(false)
  return (
    <span
      className="relative"
      onKeyDown={(event) => { if (event.key === 'Escape') close() }}
      onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) close() }}
    >
      <Button look="quiet" size="s" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>More</Button>
      {isOpen && (
        <div id={id} className="absolute right-0 z-20 mt-1 flex w-64 flex-col items-stretch gap-2 rounded-surface border border-line bg-surface p-3 text-ink shadow-float">
          <label className="flex items-center justify-between gap-2">
            Due
            <input
              type="date" className="control w-auto" defaultValue={gate.dueAt?.slice(0, 10) ?? ''}
              onChange={(event) => {
                const { value } = event.target
                if (value === '' || value > '2000') void send({ type: 'set-due', gateId: gate.id, dueAt: value === '' ? null : `${value}T17:00:00.000Z` })
              }}
            />
          </label>
          <Button refusal={why(view, `reopen-gate:${gate.id}`)} onClick={() => { close(); ask((asks) => asks.askReopen(gate)) }}>Reopen the gate</Button>
          <Button onClick={() => { close(); open({ kind: 'inherit', gateId: gate.id }) }}>Take over from a release</Button>
          {view.viewer.isAdmin && <Button look="danger" refusal={why(view, `break-glass:${gate.id}`)} onClick={() => { close(); open({ kind: 'break-glass', gateId: gate.id }) }}>Break glass: sign for a team</Button>}
          {gate.dueAt !== null && <CommandButton look="quiet" command={{ type: 'set-due', gateId: gate.id, dueAt: null }}>Remove the due date</CommandButton>}
        </div>
      )}
    </span>
  )
}

'use client'
/** Says of a decision that it held or did not, with what was seen, and when to look again. */
import { useId, useState } from 'react'
import { dayIn, endOfDay } from '@/components/release/dialogs/day'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { DecisionView } from '@/lib/domain/release/view'

const OUTCOMES = [['held', 'It held'], ['not-held', 'It did not hold']] as const
type Outcome = (typeof OUTCOMES)[number][0]

export function ConfirmDialog({ decision, releaseId, onClose }: { decision: DecisionView; releaseId: string; onClose: () => void }) {
  const group = useId()
  const { run, pending, refusal } = useCommand('release', releaseId)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [note, setNote] = useState('')
  const [next, setNext] = useState('')
  const send = async () => {
    if (outcome === null) return
    if ((await run({ type: 'confirm-decision', number: decision.number, outcome, note: note.trim(), nextAt: next === '' ? null : endOfDay(next) })).ok) onClose()
  }
  const missing = outcome === null ? 'Say whether it held.' : note.trim() === '' ? 'Say what was seen; it goes into the record.' : null
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title={`Did D-${decision.number} hold?`} description={decision.confirmation?.how ?? decision.title}
      footer={<><Button onClick={onClose}>Not yet</Button><Button type="submit" look="primary" isBusy={pending} refusal={missing}>Record it</Button></>}>
      <fieldset className="flex flex-wrap gap-4">
        <legend className="sr-only">Whether it held</legend>
        {OUTCOMES.map(([one, words]) => <label key={one} className="flex items-center gap-2"><input type="radio" name={group} className="accent-ink" checked={outcome === one} onChange={() => setOutcome(one)} />{words}</label>)}
      </fieldset>
      <Field label="What was seen">{(control) => <TextArea {...control} rows={3} maxLength={10_000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
      <Field label="Look again" isOptional className="max-w-56" hint="Empty: it is settled.">{(control) => <input {...control} type="date" className="control" min={dayIn(0)} value={next} onChange={(event) => setNext(event.target.value)} />}</Field>
      {outcome === 'not-held' && <p className="text-12 text-ink-2">The decision stays as it was taken. Its first decider gets an action to say what follows.</p>}
      <Problem refusal={refusal} />
    </Dialog>
  )
}

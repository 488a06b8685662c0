'use client'
/** Asks from when to when, in the zone of the browser. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { windowOf, type Between } from '@/lib/domain/preset/metrics-window'

/** An instant as a field of date and time takes it. */
function localSecond(seconds: number): string {
  const at = new Date(seconds * 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

function instantOf(local: string): string {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}

export default function BetweenDialog({ start, onClose, onShow }: { start: Between; onClose: () => void; onShow: (next: Between) => void }) {
  const [from, setFrom] = useState(localSecond(start.from))
  const [to, setTo] = useState(localSecond(start.to))
  const [error, setError] = useState('')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const show = () => {
    const found = windowOf({ from: instantOf(from), to: instantOf(to) })
    if (!found || typeof found === 'string') return setError('The end must lie after the start, 30 seconds to 31 days later.')
    onShow(found)
    onClose()
  }
  return (
    <Dialog open onClose={onClose} onSubmit={show} size="s" title="Show a time" footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit">Show</Button></>}>
      <Field label="From" hint={`In your zone, ${zone}.`}>{(control) => <TextInput {...control} type="datetime-local" step={1} required value={from} onChange={(event) => setFrom(event.target.value)} />}</Field>
      <Field label="To" error={error}>{(control) => <TextInput {...control} type="datetime-local" step={1} required value={to} onChange={(event) => setTo(event.target.value)} />}</Field>
    </Dialog>
  )
}

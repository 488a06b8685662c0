'use client'
/** The dialogs of a live version: record a review, say which alerts belong here. */
import { useState } from 'react'
import { labelsText, parseLabels } from '@/components/live/labels'
import { dayOf, endOfDay } from '@/components/release/dialogs/day'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { Alerting } from '@/lib/domain/alert/alert'
import type { LiveView } from '@/lib/domain/live/view'

export function ReviewDialog({ view, onClose }: { view: LiveView; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('live', view.id)
  const [note, setNote] = useState('')
  const [day, setDay] = useState(dayOf(new Date(Date.parse(view.asOf) + 90 * 86_400_000).toISOString()))
  const send = async () => { if ((await run({ type: 'review', note, nextAt: day === '' ? null : endOfDay(day) })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title={`Review ${view.modelName} ${view.label ?? ''}`} description="You have looked at its watch, its drift and its labels. What you say is kept with your name, and the next date is set."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Record the review</Button></>}>
      <Problem refusal={refusal} />
      <Field label="What you found">{(control) => <TextArea {...control} required maxLength={10000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
      <Field label="Next review on" hint="Empty: none is planned.">{(control) => <TextInput {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}</Field>
    </Dialog>
  )
}

const PROPOSES = [['critical', 'those with severity critical, page or emergency'], ['every', 'every one that matches'], ['never', 'none: they are only shown']] as const

/** Which alerts belong to a release or a live version, and which of them propose a roll-back. */
export function AlertingDialog({ owner, alerting, onClose }: { owner: { kind: 'release' | 'live'; id: string; name: string }; alerting: Alerting & { readonly isDefault: boolean }; onClose: () => void }) {
  const { run, pending, refusal } = useCommand(owner.kind, owner.id)
  const [text, setText] = useState(labelsText(alerting.matchers))
  const [proposes, setProposes] = useState<Alerting['proposes']>(alerting.proposes)
  const { labels, fault } = parseLabels(text)
  const set = async (value: Alerting | null) => { if ((await run({ type: 'set-alerting', alerting: value })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => { if (fault === null) void set({ matchers: labels, proposes }) }} isBusy={pending} title={`Alerts of ${owner.name}`} description="An alert that Alertmanager hands in belongs here when it carries all of these labels."
      footer={<>{!alerting.isDefault && <Button look="quiet" isBusy={pending} onClick={() => void set(null)}>Use the labels of its metrics</Button>}<Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Save</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Labels" hint={alerting.isDefault ? 'These are the labels of its metrics, until you save something else.' : 'One name=value in a line.'} error={fault ?? (Object.keys(labels).length === 0 ? 'Name at least one label.' : undefined)}>
        {(control) => <TextArea {...control} className="mono" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Field label="Alerts that propose a roll-back">
        {(control) => <Select {...control} value={proposes} onChange={(event) => setProposes(PROPOSES.find(([value]) => value === event.target.value)?.[0] ?? 'critical')}>{PROPOSES.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</Select>}
      </Field>
    </Dialog>
  )
}

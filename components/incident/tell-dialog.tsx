'use client'
/** Tells on an incident: an update, a correction, its head, what was learnt, or that it was none. */
import { useState } from 'react'
import { Choice, Places } from '@/components/incident/incident-dialog'
import { AUDIENCE_TEXT, IMPACT_TEXT, STATUS_TEXT } from '@/components/incident/words'
import { MarkdownText } from '@/components/status/markdown-text'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand, type CommandWords } from '@/lib/client/commands'
import type { IncidentsView, WrittenIncident } from '@/lib/domain/status/editor-view'

export type Telling = { readonly kind: 'update' | 'edit' | 'post-mortem' | 'withdraw' } | { readonly kind: 'correct'; readonly number: number; readonly text: string }

const WORDS = {
  'update': { title: 'Add an update', description: 'Readers and subscribers get it as it is.', label: 'Update', save: 'Tell it', limit: 2000 },
  'correct': { title: 'Correct an update', description: 'The page says that it was corrected. The earlier words stay in the record.', label: 'Update', save: 'Correct it', limit: 2000 },
  'edit': { title: 'Edit the details', description: 'Its updates stay as they are.', label: '', save: 'Change it', limit: 0 },
  'post-mortem': { title: 'What was learnt', description: 'Shown under the incident. Markdown is shown as text: headings, lists and paragraphs; no links or pictures.', label: 'Post-mortem', save: 'Publish it', limit: 20_000 },
  'withdraw': { title: 'Withdraw the incident', description: 'It disappears from the page and the feed. The reason stays inside.', label: 'Reason', save: 'Withdraw it', limit: 1000 },
} as const

export function TellDialog({ telling, incident, view, onClose }: { telling: Telling; incident: WrittenIncident; view: IncidentsView; onClose: () => void }) {
  const command = useCommand('incident', incident.id)
  const words = WORDS[telling.kind]
  const [text, setText] = useState(telling.kind === 'correct' ? telling.text : telling.kind === 'post-mortem' ? (incident.postMortem ?? '') : '')
  const [title, setTitle] = useState(incident.title)
  const [status, setStatus] = useState(incident.status)
  const [impact, setImpact] = useState(incident.impact)
  const [audience, setAudience] = useState(incident.audience)
  const [places, setPlaces] = useState(incident.places)
  const wish = (): CommandWords => {
    if (telling.kind === 'update') return { type: 'update-incident', status, text, impact }
    if (telling.kind === 'correct') return { type: 'correct-update', number: telling.number, text }
    if (telling.kind === 'edit') return { type: 'edit-incident', audience, title, impact, places }
    return telling.kind === 'post-mortem' ? { type: 'write-post-mortem', text } : { type: 'withdraw-incident', reason: text }
  }
  const save = async () => { if ((await command.run(wish())).ok) onClose() }
  const missing = words.limit > 0 ? (text.trim() === '' ? 'Write it first.' : null) : title.trim() === '' ? 'Say what is wrong.' : null
  return (
    <Dialog
      open onClose={onClose} isBusy={command.pending} size="l" title={words.title} description={words.description} onSubmit={() => { if (missing === null) void save() }}
      footer={<><Button onClick={onClose}>Cancel</Button><Button look={telling.kind === 'withdraw' ? 'danger' : 'primary'} type="submit" isBusy={command.pending} refusal={missing}>{words.save}</Button></>}
    >
      {telling.kind === 'edit' && <Field label="What is wrong">{(control) => <TextInput {...control} data-autofocus maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>}
      <div className="grid gap-3 sm:grid-cols-2">
        {telling.kind === 'update' && <Choice label="Status" value={status} options={STATUS_TEXT} onChange={setStatus} />}
        {(telling.kind === 'update' || telling.kind === 'edit') && <Choice label="Impact" value={impact} options={IMPACT_TEXT} onChange={setImpact} />}
        {telling.kind === 'edit' && <Choice label="Who reads it" value={audience} options={AUDIENCE_TEXT} onChange={setAudience} />}
      </div>
      {words.limit > 0 && <Field label={words.label}>{(control) => <TextArea {...control} data-autofocus rows={telling.kind === 'post-mortem' ? 12 : 4} maxLength={words.limit} value={text} onChange={(event) => setText(event.target.value)} />}</Field>}
      {telling.kind === 'post-mortem' && text.trim() !== '' && <section aria-label="Preview" className="rounded-surface border border-line p-4"><MarkdownText text={text} /></section>}
      {telling.kind === 'edit' && incident.about === null && <Places view={view} places={places} onChange={setPlaces} />}
      <Problem refusal={command.refusal} />
    </Dialog>
  )
}

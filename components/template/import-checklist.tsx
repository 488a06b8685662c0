'use client'
/** The dialog that reads a Markdown checklist: paste it or choose a file, see what was understood and what was not, and take it into the studio as a draft. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useGo } from '@/components/model/use-go'
import { keepDraft } from '@/components/template/studio/use-draft'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Chip } from '@/components/ui/small'
import { ApiError } from '@/lib/client/api'
import { importChecklist } from '@/lib/client/templates'
import { formatPlural } from '@/lib/domain/format'
import type { ImportedChecklist } from '@/lib/domain/template/imported'
import type { TemplateView } from '@/lib/domain/template/view'

const MOST_BYTES = 900_000

export function ImportChecklist({ teams, onClose }: { teams: TemplateView['teams']; onClose: () => void }) {
  const go = useGo()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const reading = useMutation({ mutationFn: () => importChecklist(text, name.replace(/\.(md|markdown|txt)$/iu, '').replaceAll(/[-_]+/gu, ' ')), networkMode: 'always' })
  const found = reading.data
  const open = async (file: File | undefined) => {
    if (!file) return
    if (file.size > MOST_BYTES) { setTrouble(`${file.name} has ${Math.round(file.size / 1000).toLocaleString('en-GB')} kB; a checklist has at most 900 kB.`); return }
    setTrouble(null); setName(file.name); setText(await file.text()); reading.reset()
  }
  const take = () => {
    if (!found) return
    keepDraft('new', { base: 0, content: found.content, at: new Date().toISOString(), leftovers: found.leftovers.map(({ line, why, text: words }) => ({ line, why, text: words.slice(0, 4000) })) })
    go('/settings/templates/new')
  }
  return (
    <Dialog open onClose={onClose} size="xl" isBusy={reading.isPending} onSubmit={() => (found ? take() : reading.mutate())} title="Import a checklist"
      description="Headings become gates and list lines become items. Nothing is saved: you see it first, and then it becomes a draft."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button>{found && <Button onClick={() => reading.reset()}>Change the text</Button>}<Button look="primary" type="submit" isBusy={reading.isPending} busyLabel="Reading…" refusal={text.trim() === '' ? 'Paste a checklist or choose a file first.' : null}>{found ? 'Make it a draft' : 'Read it'}</Button></>}>
      <Problem refusal={trouble ? { message: trouble } : reading.error instanceof ApiError ? reading.error.refusal : reading.error ? { message: 'It could not be read. Try again.' } : null} />
      {!found && (
        <>
          <Field label="Checklist in Markdown" hint="Such as “## Data”, then “- [ ] Training data pinned (Data science)”. At most 10,000 lines.">
            {(control) => <TextArea {...control} dir="auto" className="mono min-h-48" rows={10} spellCheck={false} data-autofocus value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
          <Field label="Or a file">{(control) => <input {...control} type="file" accept=".md,.markdown,.txt,text/markdown,text/plain" className="text-12" onChange={(event) => void open(event.target.files?.[0])} />}</Field>
        </>
      )}
      {found && <Found found={found} teams={teams} />}
    </Dialog>
  )
}

function Found({ found, teams }: { found: ImportedChecklist; teams: TemplateView['teams'] }) {
  const { content, notes, leftovers, ticked } = found
  const nameOf = (team: string) => teams.find((one) => one.id === team)?.name ?? team
  const count = content.gates.reduce((sum, gate) => sum + gate.items.length, 0)
  return (
    <>
      <p role="status"><b className="font-medium" dir="auto">{content.name}</b>: {formatPlural(content.gates.length, 'gate')} with {formatPlural(count, 'item')} out of {formatPlural(found.lineCount, 'line')}; {leftovers.length === 0 ? 'every line found its place.' : `${formatPlural(leftovers.length, 'passage')} found no place and ${leftovers.length === 1 ? 'goes' : 'go'} along with the draft.`}</p>
      {leftovers.length > 0 && (
        <section aria-label="Not understood" className="rounded-control border border-waiting">
          <h3 className="border-b border-line px-3 py-2 text-13 text-waiting">Not understood, and kept</h3>
          <ul role="list" tabIndex={0} aria-label="Passages that found no place" className="max-h-56 divide-y divide-line overflow-y-auto">
            {leftovers.slice(0, 100).map((one) => <li key={`${one.line} ${one.why} ${one.text}`} className="grid gap-x-3 px-3 py-2 sm:grid-cols-[7rem_minmax(0,1fr)]"><span className="text-12 text-ink-3">{one.endLine > one.line ? `lines ${one.line}–${one.endLine}` : `line ${one.line}`}</span><span className="min-w-0"><span className="block text-12 text-ink-3">{one.why}</span><span className="mono block max-h-24 overflow-y-auto text-12 break-words whitespace-pre-wrap" dir="auto">{one.text.slice(0, 2000)}</span></span></li>)}
            {leftovers.length > 100 && <li className="px-3 py-2 text-ink-3">and {leftovers.length - 100} more</li>}
          </ul>
        </section>
      )}
      {(notes.length > 0 || ticked.length > 0) && (
        <section aria-label="How it was read">
          <h3 className="text-13 text-ink-2">How it was read</h3>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-4 text-12 text-ink-2">
            {ticked.length > 0 && <li>{formatPlural(ticked.length, 'box was', 'boxes were')} ticked, on {ticked.length === 1 ? 'line' : 'lines'} {ticked.slice(0, 12).join(', ')}{ticked.length > 12 ? '…' : ''}; a template only asks, so that nothing is ticked in it.</li>}
            {notes.slice(0, 60).map((note) => <li key={`${note.line} ${note.text}`}><span dir="auto">{note.text}</span>{note.line !== null && <span className="text-ink-3"> Line {note.line}.</span>}</li>)}
            {notes.length > 60 && <li>and {notes.length - 60} more</li>}
          </ul>
        </section>
      )}
      <section aria-label="What becomes of it" className="flex flex-col gap-3">
        {content.gates.map((gate) => (
          <div key={gate.id}>
            <h3 className="text-13 font-medium break-words" dir="auto">{gate.number}. {gate.name} <span className="font-normal text-ink-3">{nameOf(gate.ownerTeam)}</span></h3>
            <ul role="list">{gate.items.map((item) => <li key={item.id} className="flex flex-wrap items-baseline gap-x-3"><span className="mono w-8 shrink-0 text-12 text-ink-3">{item.id}</span><span className="min-w-0 flex-1 break-words" dir="auto">{item.title}</span>{item.ownerTeam !== undefined && <Chip>{nameOf(item.ownerTeam)}</Chip>}{item.kind !== 'check' && <Chip>{item.kind}</Chip>}</li>)}</ul>
          </div>
        ))}
      </section>
    </>
  )
}

'use client'
/** Puts the draft on the record: a new revision with its reason, which waits for a second person when it changes who signs, or a new template. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ChangeList } from '@/components/template/change-list'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import { formatPlural } from '@/lib/domain/format'
import type { Change } from '@/lib/domain/template/changes'
import { changedRules } from '@/lib/domain/template/difference'
import type { TemplateContent } from '@/lib/domain/template/template'

interface SaveDialogProps {
  id: string
  /** The revision that the draft began with; null for a new template. */
  base: number | null
  before: TemplateContent
  content: TemplateContent
  changes: readonly Change[]
  /** Passages of an imported file that nobody took or put away. */
  leftOver: number
  onClose: () => void
  onSaved: (id: string) => void
}

export function SaveDialog({ id, base, before, content, changes, leftOver, onClose, onSaved }: SaveDialogProps) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const { run, pending, refusal } = useCommand('template', id)
  const rules = base === null ? [] : changedRules(before, content)
  const confirm = base === null ? 'Create the template' : rules.length > 0 ? 'Propose the revision' : 'Save the revision'
  const send = async () => {
    const told = await run(base === null ? { type: 'create-template', content } : { type: 'revise-template', expects: base, content, reason })
    if (told.ok) { onSaved(id); return }
    // Somebody was faster: their revision came back with the refusal, and the studio shows both.
    if (told.refusal.code === 'stale' && told.current) { client.setQueryData(['template', id], told.current); onClose() }
  }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="l" title={confirm} description={base === null ? `${content.name} begins at revision 1.` : `${formatPlural(changes.length, 'change')} to revision ${base}.`}
      footer={<><Button look="quiet" onClick={onClose}>Go on writing</Button><Button look="primary" type="submit" isBusy={pending}>{confirm}</Button></>}>
      <Problem refusal={refusal} />
      {leftOver > 0 && <p className="text-waiting">{formatPlural(leftOver, 'passage')} of the file found no place and {leftOver === 1 ? 'is' : 'are'} not part of the template. When it is saved, the draft and {leftOver === 1 ? 'this passage' : 'these passages'} with it are forgotten.</p>}
      {rules.length > 0 && <p className="text-waiting">Changes who must sign: {rules.join(', ')}. Another lead or admin confirms it; until then the revision before it counts.</p>}
      {base !== null && <Field label="Reason" hint="Everyone who adopts it reads this.">{(control) => <TextArea {...control} required maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>}
      {base !== null && <div className="rounded-control border border-line"><ChangeList changes={changes} empty="Nothing is changed." /></div>}
    </Dialog>
  )
}

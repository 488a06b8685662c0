'use client'
/** The template studio: a draft with undo that this browser keeps, its preview and its differences, and the way into the record. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { v7 as uuid } from 'uuid'
import { useGo } from '@/components/model/use-go'
import { ChangeList } from '@/components/template/change-list'
import { Preview } from '@/components/template/preview'
import { Conflict } from '@/components/template/studio/conflict'
import type { Teams } from '@/components/template/studio/form'
import { GateForm } from '@/components/template/studio/gate-form'
import { GateList, WHOLE } from '@/components/template/studio/gate-list'
import { Leftovers } from '@/components/template/studio/leftovers'
import { SaveDialog } from '@/components/template/studio/save-dialog'
import { keepDraft, keptDraft, useDraft, useLeaveWarning, type KeptDraft } from '@/components/template/studio/use-draft'
import { WholeForm } from '@/components/template/studio/whole-form'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/small'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { templateQuery } from '@/lib/client/scene'
import { formatPlural } from '@/lib/domain/format'
import { changesOf, isSameContent } from '@/lib/domain/template/changes'
import { bareContent, type TemplateContent } from '@/lib/domain/template/template'
import { faultsOf } from '@/lib/domain/template/validate'
import type { TemplateView } from '@/lib/domain/template/view'

/** Where the draft of a template is kept that is not there yet. */
export const NEW_DRAFT = 'new'

interface Frame {
  readonly teams: Teams
  readonly separation: TemplateView['separation']
  readonly createRefusal: string | null
}

const nothing = () => () => undefined

/** In: the template, or the content that a new one begins with. What this browser keeps is known only there. */
export function Studio(props: { view: TemplateView | null; start: TemplateContent; frame: Frame }) {
  const isHere = useSyncExternalStore(nothing, () => true, () => false)
  const { data: view } = useQuery({ ...templateQuery(props.view?.id ?? NEW_DRAFT), enabled: props.view !== null, ...(props.view ? { initialData: props.view } : {}) })
  if (!isHere) return <><PageHead title={props.view ? `Revise ${props.view.content.name}` : 'New template'} /><Skeleton className="h-96 w-full" /></>
  return <Desk {...props} view={props.view ? (view ?? props.view) : null} />
}

function Desk({ view, start, frame }: { view: TemplateView | null; start: TemplateContent; frame: Frame }) {
  const place = view?.id ?? NEW_DRAFT
  const go = useGo()
  const client = useQueryClient()
  const newest = view?.content.revision ?? 0
  const [kept] = useState<KeptDraft | null>(() => keptDraft(place))
  const [newId] = useState(() => uuid())
  const [base, setBase] = useState(kept?.base ?? newest)
  const [leftovers, setLeftovers] = useState(kept?.leftovers ?? [])
  const draft = useDraft(kept?.content ?? start)
  const [chosen, setChosen] = useState(() => draft.content.gates[0]?.id ?? WHOLE)
  const [side, setSide] = useState<'edit' | 'preview' | 'changes'>('edit')
  const [isSaving, setSaving] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const { content, change } = draft
  const current = view ? bareContent(view.content) : start
  const nameOf = (team: string) => frame.teams.find((one) => one.id === team)?.name ?? team
  const isOld = base !== newest
  const isDirty = !isSaved && (isOld || !isSameContent(content, current) || leftovers.length > 0)
  const changes = changesOf(current, content, nameOf)
  const faults = faultsOf(content)
  useLeaveWarning(isDirty)
  useEffect(() => {
    if (isSaved) return
    keepDraft(place, isDirty ? { base, content, at: new Date().toISOString(), leftovers } : null)
  }, [place, isDirty, isSaved, base, content, leftovers])

  const changeGates = (make: (gates: TemplateContent['gates']) => TemplateContent['gates'], field?: string) => change((one) => ({ ...one, gates: make(one.gates) }), field)
  const goOn = (next: TemplateContent) => { draft.reset(next); setBase(newest) }
  const discard = () => { draft.reset(current); setBase(newest); setLeftovers([]) }
  const done = (id: string) => { setSaved(true); keepDraft(place, null); void client.invalidateQueries({ queryKey: ['template'] }); go(`/settings/templates/${id}`) }
  const refusal = (view ? view.allowed.revise : frame.createRefusal) ?? (isOld ? `Revision ${newest} was saved meanwhile: choose how to go on first.` : null) ?? (changes.length === 0 && view ? 'Nothing is changed yet.' : null) ?? (content.name.trim() === '' ? 'Give it a name first.' : null) ?? faults[0] ?? null
  useKeys({ save: () => { if (refusal === null) setSaving(true) }, undo: draft.undo, redo: draft.redo })
  const gate = content.gates.find((one) => one.id === chosen)
  return (
    <>
      <PageHead title={view ? `Revise ${view.content.name}` : 'New template'} lead={view ? 'Releases in flight keep their revision. A change of who must sign waits for a second lead or admin.' : 'Nothing is saved until you create it; until then this browser keeps the draft.'}>
        <Button refusal={draft.undo ? null : 'There is nothing to undo.'} onClick={() => draft.undo?.()}>Undo</Button>
        <Button refusal={draft.redo ? null : 'There is nothing to do again.'} onClick={() => draft.redo?.()}>Redo</Button>
        <Button look="quiet" refusal={isDirty ? null : 'Nothing is changed yet.'} onClick={discard}>Discard the draft</Button>
        <Button look="primary" refusal={refusal} onClick={() => setSaving(true)}>{view ? 'Save…' : 'Create…'}</Button>
      </PageHead>
      <div className="mb-4 flex flex-col gap-3">
        {kept && isDirty && <p role="status" className="text-12 text-ink-2">This browser kept your draft of <Time at={kept.at} as="moment" />; it goes on from there.</p>}
        {view && isOld && <Conflict view={view} base={base} mine={content} goOn={goOn} />}
        {faults.length > 0 && <div role="status" className="rounded-control border border-waiting bg-waiting-bg px-3 py-2"><p className="font-medium text-waiting">Releases cannot begin with it yet</p><ul className="list-disc pl-4 text-12">{faults.slice(0, 8).map((fault) => <li key={fault}>{fault}</li>)}</ul></div>}
        {leftovers.length > 0 && <Leftovers leftovers={leftovers} gate={gate} before={current.gates} change={changeGates} set={setLeftovers} />}
        <div role="group" aria-label="What is shown" className="flex flex-wrap gap-2">
          {([['edit', 'Edit'], ['preview', 'Preview'], ['changes', `Differences (${formatPlural(changes.length, 'change')})`]] as const).map(([one, words]) => <Button key={one} size="s" look={side === one ? 'primary' : 'plain'} aria-pressed={side === one} onClick={() => setSide(one)}>{words}</Button>)}
        </div>
      </div>
      {side === 'preview' && <Preview gates={content.gates} teams={frame.teams} separation={frame.separation} />}
      {side === 'changes' && <Surface aria-label="Differences"><SurfaceHead title={view ? `Since revision ${newest}` : 'Since it was begun'} note={changes.length} /><ChangeList changes={changes} empty="Nothing is changed yet." /></Surface>}
      {side === 'edit' && (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
          <div className="lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto">
            <GateList gates={content.gates} before={current.gates} chosen={gate ? chosen : WHOLE} firstTeam={frame.teams[0]?.id ?? 'product'} choose={setChosen} change={changeGates} />
          </div>
          {gate
            ? <GateForm key={gate.id} gate={gate} gates={content.gates} before={current.gates} teams={frame.teams} turn={draft.turn} change={changeGates} leave={() => setChosen(content.gates.find((one) => one.id !== gate.id)?.id ?? WHOLE)} />
            : <WholeForm content={content} teams={frame.teams} change={change} />}
        </div>
      )}
      {isSaving && <SaveDialog id={view?.id ?? newId} base={view ? base : null} before={current} content={content} changes={changes} leftOver={leftovers.length} onClose={() => setSaving(false)} onSaved={done} />}
    </>
  )
}

/** Undo and redo where no text is being written, which has its own; saving everywhere. */
function useKeys({ save, undo, redo }: { save: () => void; undo: (() => void) | null; redo: (() => void) | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return
      const key = event.key.toLowerCase()
      if (key === 's') { event.preventDefault(); save(); return }
      const isWriting = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox')
      const act = key === 'z' ? (event.shiftKey ? redo : undo) : key === 'y' ? redo : null
      if (isWriting || !act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [save, undo, redo])
}

'use client'
/** Changes the panels of a release: which, in which order, by preset or own PromQL, with their limits, and the labels by which the series are found. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState, type KeyboardEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Skeleton } from '@/components/ui/small'
import { post } from '@/lib/client/api'
import { useCommand } from '@/lib/client/commands'
import { metricsQuery, promqlRightsQuery } from '@/lib/client/metrics'
import { releaseQuery } from '@/lib/client/queries'
import type { Refusal } from '@/lib/domain/aggregate'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { stacksOf } from '@/lib/domain/preset/resolve'
import type { ReleaseView } from '@/lib/domain/release/view'
import { added, changed, draftOf, labelsOf, linesOf, moved, nameOf, ownPanel, presetPanel, removed, takenBack } from './panel-draft'
import { PanelFields, PresetOptions } from './panel-fields'
import { PanelList } from './panel-list'
import { PanelPreview } from './panel-preview'
import { SourceDiscover } from './source-discover'

/** In: the release's code or id, as its view is kept under. */
export default function PanelsDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const client = useQueryClient()
  const { data: view } = useQuery(releaseQuery(code))
  const known = client.getQueriesData<ReleaseMetricsView>({ queryKey: ['metrics', view?.id ?? ''] }).map(([, data]) => data).find((data) => data !== undefined)
  const { data: metrics = known } = useQuery({ ...metricsQuery(view?.id ?? '', '1h'), enabled: view !== undefined && known === undefined })
  if (!view || !metrics) return <Dialog open onClose={onClose} size="l" title="Metric panels"><Skeleton className="h-64 w-full" /></Dialog>
  return <Panels view={view} code={code} metrics={metrics} onClose={onClose} />
}

function Panels({ view, code, metrics, onClose }: { view: ReleaseView; code: string; metrics: ReleaseMetricsView; onClose: () => void }) {
  const { run } = useCommand('release', view.id, releaseQuery(code).queryKey)
  const { data: rights } = useQuery(promqlRightsQuery())
  const [draft, setDraft] = useState(() => draftOf(view.panels))
  const [start] = useState({ candidate: linesOf(metrics.labels.candidate), stable: linesOf(metrics.labels.stable) })
  const [labels, setLabels] = useState(start)
  const [reason, setReason] = useState('')
  const [faults, setFaults] = useState<Readonly<Record<string, string | null>>>({})
  const [errors, setErrors] = useState<readonly string[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const panel = draft.panels.find((one) => one.id === draft.chosen) ?? null
  // Another stack measures something else: the server asks why (rule 11).
  const isOtherStack = stacksOf(draft.panels).join() !== stacksOf(view.panels).join()
  const labelsAreChanged = labels.candidate !== start.candidate || labels.stable !== start.stable
  const mayWrite = rights === undefined ? 'One moment.' : rights.refusal

  const send = async (change: { readonly part: string; readonly value: unknown }, why: string): Promise<Refusal | null> => {
    const ran = await run({ type: 'change', change, reason: why })
    return ran.ok ? null : ran.refusal
  }
  async function wrong(): Promise<Refusal | null> {
    for (const one of draft.panels) {
      const no = (message: string): Refusal => {
        setDraft((now) => ({ ...now, chosen: one.id }))
        return { code: 'invalid', message: `${nameOf(one)}: ${message}` }
      }
      if (one.title.trim() === '') return no('Give it a title.')
      if (one.threshold && !Number.isFinite(one.threshold.value)) return no('Write the value of its limit, or choose none.')
      if (one.query === null) continue
      const { fault } = await post<{ readonly fault: { readonly message: string } | null }>('/promql/check', { promql: one.query })
      const own = fault?.message ?? faults[one.id]
      if (own) return no(own)
    }
    return null
  }
  async function save() {
    const [candidate, stable] = [labelsOf(labels.candidate), labelsOf(labels.stable)]
    if (!candidate || !stable) return setRefusal({ code: 'invalid', message: 'Write each label on a line of its own, as name=value.' })
    setBusy(true)
    setRefusal(null)
    const refused = await wrong().catch((): Refusal => ({ code: 'conflict', message: 'The server could not be reached. Try again.' }))
      ?? await send({ part: 'panels', value: draft.panels }, isOtherStack ? reason.trim() : '')
      ?? (labelsAreChanged ? await send({ part: 'selectors', value: { candidate, stable, shareQuery: metrics.labels.shareQuery } }, reason.trim()) : null)
    setBusy(false)
    setRefusal(refused)
    if (!refused) onClose()
  }
  const takeBack = (event: KeyboardEvent) => {
    const isText = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(event.target.tagName))
    if (isText || event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    setDraft(takenBack)
  }
  const judged = useCallback((id: string, message: string | null) => setFaults((all) => (all[id] === message ? all : { ...all, [id]: message })), [])
  const last = draft.past.at(-1)

  return (
    <Dialog
      open onClose={onClose} isBusy={isBusy} onSubmit={() => void save()} size="xl" title="Metric panels"
      description="What this release shows of its metrics. A metric item is measured by the first panel that tells what it asks."
      footer={(
        <>
          <span role="status" className="mr-auto text-12 text-ink-2">{last && <>You {last.words}. <button type="button" className="text-link" onClick={() => setDraft(takenBack)}>Undo</button></>}</span>
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isBusy={isBusy}>Save panels</Button>
        </>
      )}
    >
      <div className="flex flex-col gap-4" onKeyDown={takeBack}>
        <Problem refusal={refusal} />
        <div className="grid gap-4 md:grid-cols-[288px_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-2">
            {draft.panels.length > 0 && <PanelList draft={draft} onChoose={(id) => setDraft({ ...draft, chosen: id })} onMove={(id, by) => setDraft(moved(draft, id, by))} onRemove={(id) => setDraft(removed(draft, id))} />}
            <Select aria-label="Add a preset" value="" onChange={(event) => { const found = presetPanel(event.target.value, draft.panels); if (found) setDraft(added(draft, found)) }}>
              <option value="">Add a preset…</option>
              <PresetOptions />
            </Select>
            <Button refusal={mayWrite} reasonAt="start" onClick={() => setDraft(added(draft, ownPanel(draft.panels)))}>Add own PromQL</Button>
          </div>
          <div className="flex min-w-0 flex-col gap-3">
            {panel ? (
              <>
                <PanelFields key={panel.id} panel={panel} sourceId={metrics.sourceId} refusal={mayWrite} errors={errors} onChange={(part) => { setDraft((now) => changed(now, panel.id, part)); setRefusal(null) }} onFault={(message) => judged(panel.id, message)} />
                <PanelPreview key={`preview ${panel.id}`} releaseId={view.id} panel={panel} fault={panel.query === null ? null : (faults[panel.id] ?? null)} onAnswer={setErrors} />
              </>
            ) : <p className="py-8 text-ink-2">No panel yet. Add a preset of the stack that serves this model, or write a query.</p>}
          </div>
        </div>
        <SourceDiscover sourceId={metrics.sourceId} selector={labelsOf(labels.candidate)} taken={draft.panels} onChoose={(found) => setDraft((now) => found.reduce(added, now))} />
        <details className="border-t border-line pt-3" open={labelsAreChanged || undefined}>
          <summary className="w-max font-medium">Labels by which the series are found</summary>
          <div className="mt-2 grid gap-4 sm:grid-cols-2">
            <Field label="Labels of the candidate" hint="One per line, name=value; a value may end in *.">{(control) => <TextArea {...control} className="mono" value={labels.candidate} onChange={(event) => setLabels({ ...labels, candidate: event.target.value })} />}</Field>
            <Field label="Labels of the stable version" hint="The candidate’s, with the version exchanged, when empty.">{(control) => <TextArea {...control} className="mono" value={labels.stable} onChange={(event) => setLabels({ ...labels, stable: event.target.value })} />}</Field>
          </div>
        </details>
        {(labelsAreChanged || isOtherStack) && <Field label={isOtherStack ? 'Why the stack changes' : 'Why the labels change'} hint="Readings are taken anew, and sign-offs that rest on them have to be affirmed.">{(control) => <TextInput {...control} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>}
      </div>
    </Dialog>
  )
}

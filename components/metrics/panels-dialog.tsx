'use client'
/** Changes the panels of a release: presets by stack, own PromQL, limits, and the labels by which the series are found. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useStage } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { post } from '@/lib/client/api'
import type { Refusal } from '@/lib/domain/aggregate'
import { presetById, presetsOf } from '@/lib/domain/preset/catalogue'
import { stacksOf } from '@/lib/domain/preset/resolve'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { latencyWords, STACKS } from '@/lib/domain/preset/preset'
import { UNITS } from '@/lib/domain/preset/unit'
import type { Panel } from '@/lib/domain/release/panel'

type Comparator = NonNullable<Panel['threshold']>['comparator']
const COMPARATORS: readonly { readonly id: Comparator; readonly sign: string }[] = [{ id: '<=', sign: '≤' }, { id: '>=', sign: '≥' }, { id: '<', sign: '<' }, { id: '>', sign: '>' }]

function linesOf(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`).join('\n')
}

/** Labels from lines of name=value; `null` when a line is none. */
function labelsOf(text: string): Record<string, string> | null {
  const pairs = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => /^([a-zA-Z_]\w*)\s*=\s*"?([^"]+)"?$/.exec(line))
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map((pair) => [pair[1] ?? '', pair[2] ?? ''])) : null
}

function panelOf(presetId: string, taken: readonly Panel[]): Panel | null {
  const preset = presetById(presetId)
  if (!preset) return null
  const isTaken = (id: string) => taken.some((panel) => panel.id === id)
  return { id: isTaken(presetId) ? `${presetId}-${taken.length}` : presetId, title: preset.title, presetId, query: null, unit: preset.unit, threshold: null }
}

export default function PanelsDialog({ onClose }: { onClose: () => void }) {
  const { view, send } = useStage()
  const client = useQueryClient()
  const known = client.getQueriesData<ReleaseMetricsView>({ queryKey: ['metrics', view.id] }).map(([, data]) => data).find((data) => data !== undefined)
  const [panels, setPanels] = useState<readonly Panel[]>(view.panels)
  const [labels, setLabels] = useState({ candidate: linesOf(known?.labels.candidate), stable: linesOf(known?.labels.stable) })
  const [before] = useState(labels)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const change = (id: string, part: Partial<Panel>) => setPanels((all) => all.map((panel) => (panel.id === id ? { ...panel, ...part } : panel)))
  // Another stack measures something else: the server asks why (rule 11).
  const isOtherStack = stacksOf(panels).join() !== stacksOf(view.panels).join()
  const labelsAreChanged = labels.candidate !== before.candidate || labels.stable !== before.stable

  async function faultOfQueries(): Promise<Refusal | null> {
    for (const panel of panels.filter((one) => one.query !== null)) {
      const { fault } = await post<{ readonly fault: { readonly message: string } | null }>('/promql/check', { promql: panel.query })
      if (fault) return { code: 'invalid', message: `${panel.title}: ${fault.message}` }
    }
    return null
  }
  async function save() {
    const [candidate, stable] = [labelsOf(labels.candidate), labelsOf(labels.stable)]
    if (!candidate || !stable) return setRefusal({ code: 'invalid', message: 'Write each label on a line of its own, as name=value.' })
    setBusy(true)
    setRefusal(null)
    const refused = await faultOfQueries().catch((): Refusal => ({ code: 'conflict', message: 'The server could not be reached. Try again.' }))
      ?? await send({ type: 'change', change: { part: 'panels', value: [...panels] }, reason: isOtherStack ? reason.trim() : '' })
      ?? (labelsAreChanged ? await send({ type: 'change', change: { part: 'selectors', value: { candidate, stable, shareQuery: known?.labels.shareQuery ?? null } }, reason: reason.trim() }) : null)
    setBusy(false)
    setRefusal(refused)
    if (!refused) onClose()
  }

  return (
    <Dialog
      open onClose={onClose} isBusy={isBusy} onSubmit={() => void save()} size="l" title="Metric panels"
      description="What this release shows of its metrics. A metric item is measured by the first panel that tells what it asks."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={isBusy}>Save panels</Button></>}
    >
      <Problem refusal={refusal} />
      {panels.map((panel) => <PanelFields key={panel.id} panel={panel} change={(part) => change(panel.id, part)} remove={() => setPanels((all) => all.filter((one) => one.id !== panel.id))} />)}
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Add a preset" className="flex-1">
          {(control) => (
            <Select {...control} value="" onChange={(event) => { const added = panelOf(event.target.value, panels); if (added) setPanels([...panels, added]) }}>
              <option value="">Choose…</option>
              {STACKS.map((stack) => <optgroup key={stack} label={stack}>{presetsOf(stack).map((preset) => <option key={preset.id} value={preset.id}>{preset.title}{preset.latency ? ` (${latencyWords(preset)})` : ''}</option>)}</optgroup>)}
            </Select>
          )}
        </Field>
        <Button onClick={() => setPanels([...panels, { id: `own-${Date.now()}`, title: '', presetId: null, query: '', unit: 's', threshold: null }])}>Add own PromQL</Button>
      </div>
      {known && <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Labels of the candidate" hint="One per line, name=value; a value may end in *.">{(control) => <TextArea {...control} className="mono" value={labels.candidate} onChange={(event) => setLabels({ ...labels, candidate: event.target.value })} />}</Field>
        <Field label="Labels of the stable version" hint="The candidate’s, with the version exchanged, when empty.">{(control) => <TextArea {...control} className="mono" value={labels.stable} onChange={(event) => setLabels({ ...labels, stable: event.target.value })} />}</Field>
      </div>}
      {(labelsAreChanged || isOtherStack) && <Field label={isOtherStack ? 'Why the stack changes' : 'Why the labels change'} hint="Readings are taken anew, and sign-offs that rest on them have to be affirmed.">{(control) => <TextInput {...control} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>}
    </Dialog>
  )
}

function PanelFields({ panel, change, remove }: { panel: Panel; change: (part: Partial<Panel>) => void; remove: () => void }) {
  const { threshold } = panel
  const name = panel.title || 'own query'
  return (
    <fieldset className="flex flex-col gap-2 border-b border-line pb-3">
      <legend className="sr-only">{name}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <TextInput aria-label="Title" required maxLength={80} className="min-w-0 flex-1" value={panel.title} onChange={(event) => change({ title: event.target.value })} />
        <Select aria-label={`Limit of ${name}`} className="w-24" value={threshold?.comparator ?? ''} onChange={(event) => { const found = COMPARATORS.find((one) => one.id === event.target.value); change({ threshold: found ? { comparator: found.id, value: threshold?.value ?? 0 } : null }) }}>
          <option value="">no limit</option>
          {COMPARATORS.map((one) => <option key={one.id} value={one.id}>{one.sign}</option>)}
        </Select>
        {threshold && <TextInput aria-label={`Value of the limit of ${name}`} type="number" step="any" required className="w-24" value={threshold.value} onChange={(event) => change({ threshold: { ...threshold, value: Number(event.target.value) } })} />}
        <span className="w-12 text-12 text-ink-3">{panel.query === null ? (presetById(panel.presetId ?? '')?.unit ?? panel.unit) : ''}</span>
        <Button size="s" look="quiet" aria-label={`Remove ${name}`} onClick={remove}>Remove</Button>
      </div>
      {panel.query !== null && (
        <div className="flex gap-2">
          <TextArea aria-label={`PromQL of ${name}`} required className="mono flex-1" placeholder="sum(rate(my_requests_total{$sel}[$w]))" value={panel.query} onChange={(event) => change({ query: event.target.value })} />
          <Select aria-label={`Unit of ${name}`} className="w-24 self-start" value={panel.unit} onChange={(event) => change({ unit: event.target.value })}>{UNITS.map((unit) => <option key={unit}>{unit}</option>)}</Select>
        </div>
      )}
    </fieldset>
  )
}

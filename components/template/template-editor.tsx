'use client'
/** The dialog in which a template is revised: titles, targets and limits, required marks and tiers of items, items to add or drop, and who must sign. */
import { useState } from 'react'
import { addItem, changeCount, changeItem, changeLimit, limitOf, removeItem } from '@/components/template/edit-gates'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import { changedRules, differenceOf } from '@/lib/domain/template/difference'
import { TIERS, type GateTemplate } from '@/lib/domain/template/template'
import { faultsOf } from '@/lib/domain/template/validate'
import type { TemplateView } from '@/lib/domain/template/view'

export function TemplateEditor({ view, onClose }: { view: TemplateView; onClose: () => void }) {
  const { templateId: _id, revision, ...before } = view.content
  const [gates, setGates] = useState<readonly GateTemplate[]>(before.gates)
  const [gateId, setGateId] = useState(before.gates[0]?.id ?? '')
  const [reason, setReason] = useState('')
  const { run, pending, refusal } = useCommand('template', view.id)
  const gate = gates.find((one) => one.id === gateId)
  const difference = differenceOf(before, { gates })
  const isSame = [difference.addedItems, difference.removedItems, difference.changedItems, difference.changedRules].every((list) => list.length === 0)
  const faults = faultsOf({ gates, steps: before.steps })
  const rules = changedRules(before, { gates })
  const send = async () => { if ((await run({ type: 'revise-template', expects: revision, content: { ...before, gates }, reason })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="l" title={`Revise ${view.content.name}`}
      description="Releases in flight keep their revision. A change of who must sign waits for a second lead or admin."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending} refusal={isSame ? 'Nothing is changed yet.' : faults[0]}>{rules.length > 0 ? 'Propose the revision' : 'Save the revision'}</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Gate">{(control) => <Select {...control} value={gateId} onChange={(event) => setGateId(event.target.value)}>{gates.map((one) => <option key={one.id} value={one.id}>{one.number}. {one.name}</option>)}</Select>}</Field>
      {gate && (
        <>
          <fieldset className="flex flex-wrap gap-4">
            <legend className="mb-1 font-medium">Signatures</legend>
            {view.teams.map((team) => (
              <Field key={team.id} label={team.name}>
                {(control) => <TextInput {...control} type="number" min={0} max={10} className="w-20" value={gate.rule.teams.find((one) => one.team === team.id)?.count ?? 0} onChange={(event) => setGates(changeCount(gates, gate.id, team.id, Number(event.target.value)))} />}
              </Field>
            ))}
          </fieldset>
          <ul role="list" className="flex flex-col gap-3">
            {gate.items.map((item) => (
              <li key={item.id} className="grid gap-2 rounded-control border border-line p-3 sm:grid-cols-[minmax(0,1fr)_8rem_auto] sm:items-end">
                <Field label={`${item.id} ${item.kind}`}>{(control) => <TextInput {...control} required maxLength={160} value={item.title} onChange={(event) => setGates(changeItem(gates, gate.id, item.id, { title: event.target.value }))} />}</Field>
                <Field label="From risk">{(control) => <Select {...control} value={item.minTier} onChange={(event) => setGates(changeItem(gates, gate.id, item.id, { minTier: TIERS.find((one) => one === event.target.value) ?? item.minTier }))}>{TIERS.map((tier) => <option key={tier} value={tier}>{tier}</option>)}</Select>}</Field>
                <Button look="quiet" onClick={() => setGates(removeItem(gates, gate.id, item.id))}>Remove {item.id}</Button>
                <div className="flex flex-wrap items-end gap-4 sm:col-span-3">
                  {limitOf(item) !== null && (
                    <Field label={limitOf(item)?.words ?? ''} className="w-40">
                      {(control) => <TextInput {...control} type="number" step="any" placeholder="at the opening" value={limitOf(item)?.value ?? ''} onChange={(event) => setGates(changeLimit(gates, gate.id, item.id, event.target.value === '' || !Number.isFinite(event.target.valueAsNumber) ? null : event.target.valueAsNumber))} />}
                    </Field>
                  )}
                  <Checkbox label="Required" checked={item.isRequired} onChange={(event) => setGates(changeItem(gates, gate.id, item.id, { isRequired: event.target.checked }))} />
                  <Checkbox label="May be marked not applicable" checked={item.allowsNotApplicable} onChange={(event) => setGates(changeItem(gates, gate.id, item.id, { allowsNotApplicable: event.target.checked }))} />
                </div>
              </li>
            ))}
          </ul>
          {gate.isDecision !== true && <AddItem onAdd={(kind, title) => setGates(addItem(gates, before.gates, gate.id, kind, title))} />}
        </>
      )}
      {rules.length > 0 && <p className="text-12 text-waiting">Changes who must sign: {rules.join(', ')}. Another lead or admin confirms it.</p>}
      <Field label="Reason">{(control) => <TextArea {...control} required maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </Dialog>
  )
}

function AddItem({ onAdd }: { onAdd: (kind: 'check' | 'evidence', title: string) => void }) {
  const [kind, setKind] = useState<'check' | 'evidence'>('check')
  const [title, setTitle] = useState('')
  const add = () => { onAdd(kind, title.trim()); setTitle('') }
  return (
    <div className="grid gap-2 sm:grid-cols-[8rem_minmax(0,1fr)_auto] sm:items-end">
      <Field label="New item">{(control) => <Select {...control} value={kind} onChange={(event) => setKind(event.target.value === 'check' ? 'check' : 'evidence')}><option value="check">check</option><option value="evidence">evidence</option></Select>}</Field>
      <Field label="Its title">{(control) => <TextInput {...control} maxLength={160} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <Button refusal={title.trim() === '' ? 'Write its title first.' : null} onClick={add}>Add</Button>
    </div>
  )
}

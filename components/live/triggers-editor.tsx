'use client'
/** The triggers of a roll-back plan that are watched: a standing item of the checklist, or a panel's metric past a limit of its own. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { unitOf } from '@/lib/domain/preset/unit'
import type { RollBackTrigger } from '@/lib/domain/release/rollout-state'
import type { ReleaseView } from '@/lib/domain/release/view'
import { ruleWords } from '@/lib/domain/verdict/rule-words'

type View = Pick<ReleaseView, 'gates' | 'panels'>

function standingItems(view: View) {
  return view.gates.flatMap((gate) => gate.items).filter((item) => item.metric?.mode === 'standing' && !item.metric.isAfterLabelDelay)
}

/** A trigger in one clause. */
export function triggerWords(trigger: RollBackTrigger): string {
  return trigger.spec ? `${trigger.title}: unless ${ruleWords(trigger.spec)}` : `${trigger.title} (item ${trigger.itemId ?? ''})`
}

function freshId(triggers: readonly RollBackTrigger[]): string {
  let number = triggers.length + 1
  while (triggers.some((one) => one.id === `t${number}`)) number += 1
  return `t${number}`
}

export function TriggersEditor({ view, triggers, onChange }: { view: View; triggers: readonly RollBackTrigger[]; onChange: (next: readonly RollBackTrigger[]) => void }) {
  const items = standingItems(view)
  const free = items.filter((item) => !triggers.some((one) => one.itemId === item.id))
  const [what, setWhat] = useState('')
  const [side, setSide] = useState<'above' | 'below'>('above')
  const [limit, setLimit] = useState('')
  const [times, setTimes] = useState('3')
  const panel = view.panels.find((one) => `panel ${one.id}` === what)
  const item = free.find((one) => `item ${one.id}` === what)
  const number = Number(limit)
  const isReady = item !== undefined || (panel !== undefined && limit.trim() !== '' && Number.isFinite(number))
  const add = () => {
    const id = freshId(triggers)
    if (item) onChange([...triggers, { id, title: item.title, itemId: item.id, spec: null }])
    else if (panel) {
      const unit = unitOf(panel.unit)
      onChange([...triggers, {
        id, title: `${panel.title} ${side} ${limit}`, itemId: null,
        spec: {
          source: 'environment', query: panel.presetId === null ? { kind: 'promql', promql: panel.query ?? '' } : { kind: 'preset', presetId: panel.presetId }, windowSeconds: 300,
          rule: { test: { kind: 'threshold', comparator: side === 'above' ? '<=' : '>=', limit: number }, direction: side === 'above' ? 'lower-is-better' : 'higher-is-better', unit },
          kind: 'standing', validForDays: null, plan: { intervalSeconds: 30, count: 2, failureLimit: Math.max(0, Math.min(100, Number(times) || 1) - 1), inconclusiveLimit: 0, consecutiveErrorLimit: 4 },
        },
      }])
    } else return
    setWhat('')
    setLimit('')
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">Watched triggers <span className="font-normal text-ink-3">each proposes the roll-back, and never starts it</span></legend>
      {triggers.length > 0 && (
        <ul role="list" className="divide-y divide-line rounded-control border border-line">
          {triggers.map((trigger) => (
            <li key={trigger.id} className="flex items-center gap-2 px-3 py-1">
              <span className="min-w-0 flex-1 break-words">{triggerWords(trigger)}</span>
              <Button size="s" look="quiet" aria-label={`Remove the trigger ${trigger.title}`} onClick={() => onChange(triggers.filter((one) => one.id !== trigger.id))}>Remove</Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Field label="When" className="min-w-0 flex-1 basis-56">
          {(control) => (
            <Select {...control} value={what} onChange={(event) => setWhat(event.target.value)}>
              <option value="">choose what is watched</option>
              <optgroup label="An item fails past its limit">{free.map((one) => <option key={one.id} value={`item ${one.id}`}>{one.id} {one.title}</option>)}</optgroup>
              {view.panels.length > 0 && <optgroup label="A panel's metric passes a limit">{view.panels.map((one) => <option key={one.id} value={`panel ${one.id}`}>{one.title}</option>)}</optgroup>}
            </Select>
          )}
        </Field>
        {panel && (
          <>
            <Field label="is" className="w-24">{(control) => <Select {...control} value={side} onChange={(event) => setSide(event.target.value === 'below' ? 'below' : 'above')}><option value="above">above</option><option value="below">below</option></Select>}</Field>
            <Field label={`Limit, ${panel.unit || 'number'}`} className="w-28">{(control) => <TextInput {...control} inputMode="decimal" value={limit} onChange={(event) => setLimit(event.target.value)} />}</Field>
            <Field label="times in a row" className="w-28">{(control) => <TextInput {...control} type="number" min={1} max={100} value={times} onChange={(event) => setTimes(event.target.value)} />}</Field>
          </>
        )}
        <Button refusal={isReady ? null : panel ? 'Write the limit first.' : 'Choose first what is watched.'} onClick={add}>Add the trigger</Button>
      </div>
    </fieldset>
  )
}

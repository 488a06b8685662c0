'use client'
/** Changes what an item asks: limit, target, required mark, own query. Asking less waits for a second team. */
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { itemOf, useStage } from '@/components/release/stage'
import { Checkbox, Field, TextArea, TextInput } from '@/components/ui/field'

function numberOf(text: string): number | null {
  const value = Number(text.replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) ? value : null
}

export function RuleDialog({ itemId, ...frame }: DialogProps & { itemId: string }) {
  const { view } = useStage()
  const item = itemOf(view, itemId)
  const rule = item?.metric?.rule
  const [threshold, setThreshold] = useState(rule?.threshold == null ? '' : String(rule.threshold))
  const [times, setTimes] = useState(rule?.timesStable === undefined ? '' : String(rule.timesStable))
  const [target, setTarget] = useState(item?.ask?.target == null ? '' : String(item.ask.target))
  const [query, setQuery] = useState(item?.query ?? '')
  const [isRequired, setRequired] = useState(item?.isRequired ?? true)
  const [reason, setReason] = useState('')
  if (!item) return null
  const limit = numberOf(threshold)
  const missing = rule && limit === null ? 'Type the limit as a number.'
    : times.trim() !== '' && numberOf(times) === null ? 'Type the factor as a number, or leave it empty.'
    : target.trim() !== '' && numberOf(target) === null ? 'Type the target as a number, or leave it empty.'
    : reason.trim() === '' ? 'Say why.' : null
  return (
    <CommandDialog
      {...frame} title={`What ${item.id} asks`} confirm="Change it" missing={missing}
      description={`${item.title}. The verdict is cleared and sign-offs that rested on it become stale. Asking less waits for someone of another team.`}
      build={() => [{
        type: 'change-item', itemId: item.id, isRequired, metric: rule && limit !== null ? { threshold: limit, timesStable: numberOf(times) } : null,
        target: numberOf(target), query: query.trim() === '' ? null : query.trim(), reason: reason.trim(),
      }]}
    >
      {rule && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={`${rule.comparison === 'at-most' ? 'At most' : 'At least'}, ${rule.unit}`}>{(control) => <TextInput {...control} inputMode="decimal" value={threshold} onChange={(event) => setThreshold(event.target.value)} />}</Field>
          <Field label="Times the stable version" isOptional>{(control) => <TextInput {...control} inputMode="decimal" value={times} onChange={(event) => setTimes(event.target.value)} />}</Field>
        </div>
      )}
      {item.ask && <Field label={`Target, ${item.ask.unit}`}>{(control) => <TextInput {...control} inputMode="decimal" value={target} onChange={(event) => setTarget(event.target.value)} />}</Field>}
      {item.metric && <Field label="Own query" isOptional hint="PromQL, for leads and admins; empty takes the preset.">{(control) => <TextArea {...control} className="mono" spellCheck={false} value={query} onChange={(event) => setQuery(event.target.value)} />}</Field>}
      <Checkbox label="Required" hint="An optional item is shown and does not hold the gate." checked={isRequired} onChange={(event) => setRequired(event.target.checked)} />
      <Field label="Reason">{(control) => <TextArea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </CommandDialog>
  )
}

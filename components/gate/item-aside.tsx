'use client'
/** The right side of an item: the number beside its limit, or the next thing that somebody has to do. */
import { useState } from 'react'
import { Spark } from '@/components/metrics/spark'
import { CommandButton } from '@/components/release/command-button'
import { useStage, why } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { limitText } from '@/components/verdict/words'
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import type { ItemView } from '@/lib/domain/release/view'
import { verdictWords } from '@/lib/domain/verdict/verdict'

/** In: the item. */
export function ItemAside({ item }: { item: ItemView }) {
  const { view, open } = useStage()
  // Nothing is asked any more of what has ended; its numbers stay.
  if (view.end) return item.kind === 'metric' ? <MetricAside item={item} /> : item.kind === 'value' ? <RecordedValue item={item} /> : null
  if (item.waiver?.state === 'requested' && !item.waiver.isOver) return <CommandButton probe={`approve-waiver:${item.id}`} done={`Waiver of ${item.id} approved.`} command={{ type: 'approve-waiver', itemId: item.id }}>Approve waiver</CommandButton>
  if (item.notApplicable && !item.notApplicable.counterSignedBy) return <CommandButton probe={`counter-sign-not-applicable:${item.id}`} command={{ type: 'counter-sign-not-applicable', itemId: item.id }}>Counter-sign</CommandButton>
  if (item.proposalId !== null) return <CommandButton probe={`confirm-change:${item.proposalId}`} command={{ type: 'confirm-change', proposalId: item.proposalId }}>Agree to the change</CommandButton>
  switch (item.kind) {
    case 'check': return item.check?.isDone ? null : <Tick item={item} />
    case 'evidence': return item.isSettled && item.status !== 'failed' ? null : <Button refusal={why(view, `add-evidence:${item.id}`)} onClick={() => open({ kind: 'evidence', itemId: item.id })}>{/document|card|runbook|design|failure modes/i.test(item.title) ? 'Link document' : 'Add evidence'}</Button>
    case 'value': return <ValueAside item={item} />
    case 'metric': return <MetricAside item={item} />
    case 'computed': return item.computed === 'environment-choice' && !item.isSettled ? <Button refusal={why(view, 'decide:choice')} onClick={() => open({ kind: 'decision', decide: 'choice', itemId: item.id })}>Decide</Button> : null
  }
}

/** A tick shows at once; what the server says comes after. */
function Tick({ item }: { item: ItemView }) {
  const { view, send } = useStage()
  return <Button refusal={why(view, `tick:${item.id}`)} onClick={() => void send({ type: 'tick', itemId: item.id, isDone: true })}>Mark done</Button>
}

function RecordedValue({ item }: { item: ItemView }) {
  const unit = unitOf(item.ask?.unit ?? '')
  return item.value && <span className="mono">{unit === 'score' ? `${item.value.value} ${item.ask?.unit === 'score' ? '' : (item.ask?.unit ?? '')}` : valueText(item.value.value, unit)}</span>
}

function ValueAside({ item }: { item: ItemView }) {
  const { view, send } = useStage()
  const [text, setText] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const refusal = why(view, `record-value:${item.id}`)
  if (text === null) return <><RecordedValue item={item} /><Button look={item.value ? 'quiet' : 'plain'} size={item.value ? 's' : 'm'} refusal={refusal} onClick={() => setText(item.value ? String(item.value.value) : '')}>{item.value ? 'Change' : 'Record value'}</Button></>
  const value = Number(text.replace(',', '.'))
  const isNumber = text.trim() !== '' && Number.isFinite(value)
  const save = () => {
    setBusy(true)
    void send({ type: 'record-value', itemId: item.id, value }).then((no) => {
      setBusy(false)
      if (!no) setText(null)
    })
  }
  return (
    <form className="flex items-center gap-2" onSubmit={(event) => { event.preventDefault(); if (isNumber && !isBusy) save() }}>
      <label className="flex items-center gap-2">
        <span className="sr-only">Value of {item.id}</span>
        <input autoFocus inputMode="decimal" className="control w-24! text-right tabular-nums" value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') setText(null) }} />
        <span className="text-ink-2">{item.ask?.unit ?? ''}</span>
      </label>
      <Button type="submit" look="primary" isBusy={isBusy} refusal={isNumber ? null : 'Type a number.'}>Record</Button>
    </form>
  )
}

function MetricAside({ item }: { item: ItemView }) {
  const { view } = useStage()
  const { metric, verdict, terms } = item
  if (!metric) return null
  const unit = terms?.unit ?? unitOf(metric.rule.unit)
  const limit = terms?.limit ?? null
  return (
    <>
      {verdict && verdict.series.length > 1 && <Spark points={verdict.series.map(([, value]) => value)} limit={limit?.of === 'value' ? limit.limit : null} width={72} />}
      <AppLink href={`/releases/${view.code}/verdicts/${encodeURIComponent(item.id)}`} title="Why it says that" className="mono whitespace-nowrap hover:underline hover:decoration-line-strong hover:underline-offset-2">
        {verdict?.value != null ? valueText(verdict.value, unit) : <span className="text-ink-2">{verdict ? verdictWords(verdict.verdict) : 'not measured'}</span>}
        {limit !== null && <span className="text-ink-2"> {limitText(limit, { unit })}</span>}
        <span className="sr-only">, why {item.id} says that</span>
      </AppLink>
    </>
  )
}

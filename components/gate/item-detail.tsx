'use client'
/** Everything about one item: help, evidence, note, measurement, talk, and what may be done with it. */
import { Comments } from '@/components/gate/comments'
import { EvidenceList } from '@/components/gate/evidence-list'
import { Note } from '@/components/gate/note'
import { useAsk } from '@/components/release/use-ask'
import { CommandButton } from '@/components/release/command-button'
import { applies, useStage, why } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Facts } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { FrozenReadings } from '@/components/verdict/frozen-readings'
import type { GateView, ItemView } from '@/lib/domain/release/view'
import { verdictWords } from '@/lib/domain/verdict/verdict'

/** In: the item, its gate, and the id that its button names. */
export function ItemDetail({ id, item, gate }: { id: string; item: ItemView; gate: GateView }) {
  const { view } = useStage()
  const canWork = why(view, `set-note:${item.id}`) === null
  return (
    <div id={id} className="flex flex-col gap-3 pr-4 pb-4 pl-12">
      <p className="max-w-prose text-ink-2">{item.hint}{item.rubric.length > 0 && <span className="text-12"> · ML Test Score {item.rubric.join(', ')}</span>}</p>
      <EvidenceList item={item} canRemove={canWork} />
      {item.metric && <Measurement item={item} />}
      {item.waiver && <p className="text-ink-2">Waiver: {item.waiver.reason} — asked by {item.waiver.requestedBy.name}{item.waiver.approvedBy ? `, approved by ${item.waiver.approvedBy.name}` : ', not approved yet'}; {item.waiver.isOver ? 'ended' : 'until'} <Time at={item.waiver.until} as="moment" />.</p>}
      {item.waiver?.frozen && <div className="text-12 text-ink-2"><h3>What was measured when it was waived</h3><FrozenReadings code={view.code} readings={[{ itemId: item.id, title: item.title, verdict: item.waiver.frozen, unit: item.metric?.rule.unit ?? '', now: item.verdict }]} /></div>}
      {item.notApplicable && <p className="text-ink-2">Not applicable: {item.notApplicable.reason} — {item.notApplicable.by.name}.</p>}
      <Note item={item} />
      <Comments about={{ gateId: gate.id, itemId: item.id }} comments={item.comments} label={`Comment on ${item.id}`} />
      <ItemActions item={item} canWork={canWork} />
    </div>
  )
}

function Measurement({ item }: { item: ItemView }) {
  const { view } = useStage()
  const { verdict, metric, query, terms } = item
  if (!metric) return null
  return (
    <Facts
      className="text-12"
      items={[
        { term: 'Verdict', value: verdict ? <>{verdictWords(verdict.verdict)} since <Time at={verdict.at} />{verdict.reason && `: ${verdict.reason}`} <AppLink className="text-link" href={`/releases/${view.code}/verdicts/${encodeURIComponent(item.id)}`}>Why it says that</AppLink></> : <>Not measured yet. <AppLink className="text-link" href={`/releases/${view.code}/verdicts/${encodeURIComponent(item.id)}`}>Why not</AppLink></> },
        { term: 'Rule', value: terms ? `${terms.rule} ${terms.plan}` : 'It has no limit yet; “Change what it asks” gives it one.' },
        ...(verdict?.query || query ? [{ term: 'Query', value: <code className="mono break-all">{query ?? verdict?.query}</code> }] : []),
      ]}
    />
  )
}

function ItemActions({ item, canWork }: { item: ItemView; canWork: boolean }) {
  const { view, open, send } = useStage()
  const ask = useAsk()
  const isNotApplicable = item.notApplicable !== null
  return (
    <div className="flex flex-wrap items-center gap-2">
      {item.kind !== 'metric' && item.kind !== 'computed' && <Button size="s" reasonAt="start" refusal={why(view, `add-evidence:${item.id}`)} onClick={() => open({ kind: 'evidence', itemId: item.id })}>Add evidence</Button>}
      {item.kind === 'check' && item.check?.isDone && <CommandButton size="s" probe={`tick:${item.id}`} command={{ type: 'tick', itemId: item.id, isDone: false }}>Take the tick back</CommandButton>}
      {item.computed === 'environment-choice' && item.isSettled && <Button size="s" refusal={why(view, 'decide:choice')} onClick={() => open({ kind: 'decision', decide: 'choice', itemId: item.id, supersedes: Number(item.reason.replace('D-', '')) })}>Decide again</Button>}
      {item.waiver && !item.waiver.isOver
        ? <Button size="s" onClick={() => ask((asks) => asks.askEndWaiver(item))}>{item.waiver.state === 'approved' ? 'End the waiver' : 'Withdraw the request'}</Button>
        : <Button size="s" reasonAt="start" refusal={why(view, `request-waiver:${item.id}`)} onClick={() => ask((asks) => asks.askWaiver(item))}>Ask for a waiver</Button>}
      {isNotApplicable
        ? <CommandButton size="s" command={{ type: 'withdraw-not-applicable', itemId: item.id }}>It applies after all</CommandButton>
        : item.allowsNotApplicable && applies(view, `mark-not-applicable:${item.id}`) && <Button size="s" refusal={why(view, `mark-not-applicable:${item.id}`)} onClick={() => ask((asks) => asks.askNotApplicable(item))}>Does not apply</Button>}
      {(item.metric || item.ask) && <Button size="s" refusal={canWork ? null : why(view, `set-note:${item.id}`)} onClick={() => open({ kind: 'rule', itemId: item.id })}>Change what it asks</Button>}
      <label className="ml-auto flex items-center gap-2 text-12 text-ink-2">
        With
        <Select className="w-auto! py-0!" disabled={!canWork} value={item.assignee?.id ?? ''} onChange={(event) => void send({ type: 'assign-item', itemId: item.id, personId: event.target.value || null })}>
          <option value="">nobody named</option>
          {view.people.map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
        </Select>
      </label>
    </div>
  )
}

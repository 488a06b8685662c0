'use client'
/** The second line of an item: its kind, and in few words what is there, who put it there, and what is missing. */
import type { ReactNode } from 'react'
import { evidenceLink } from '@/components/gate/evidence-link'
import { useStage, teamName } from '@/components/release/stage'
import { said } from '@/components/ui/said'
import { Time } from '@/components/ui/time'
import { formatPlural } from '@/lib/domain/format'
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import type { ItemView } from '@/lib/domain/release/view'
import { spanWords } from '@/lib/domain/verdict/rule-words'

const MOST_EVIDENCE = 2

function factsOf(item: ItemView, releaseCode: string): ReactNode[] {
  const facts: ReactNode[] = []
  if (item.check?.isDone) facts.push(<>{item.check.by.name}, <Time at={item.check.at} as="day" /></>)
  for (const piece of item.evidence.slice(0, MOST_EVIDENCE)) facts.push(evidenceLink(piece), <>{piece.by.name}, <Time at={piece.at} as="day" /></>)
  if (item.evidence.length > MOST_EVIDENCE) facts.push(<>and {item.evidence.length - MOST_EVIDENCE} more</>)
  if (item.value) facts.push(<>{item.value.by.name}, <Time at={item.value.at} as="day" /></>)
  if (item.metric) {
    const { rule, binding, mode } = item.metric
    facts.push(<>{mode === 'standing' ? 'watched in the target' : `in ${binding}`}, {spanWords(item.terms?.windowSeconds ?? rule.windowMinutes * 60)}</>)
    if (item.verdict) facts.push(<>{formatPlural(item.verdict.samples, rule.unit === 's' || rule.unit === 'ratio' ? 'sample' : 'point')}, <Time at={item.verdict.at} /></>)
  }
  if (item.computed === 'environment-choice' && item.isSettled && /^D-\d+$/.test(item.reason)) {
    facts.push(<a className="text-link" href={`/releases/${releaseCode}/decisions/${item.reason.slice(2)}`}>{item.reason}</a>)
  } else if (item.reason !== '') facts.push(<span className={item.kind === 'metric' || item.isSettled ? undefined : 'font-medium text-ink'}>{said(item.reason)}</span>)
  return facts
}

/** In: the item. */
export function ItemFacts({ item }: { item: ItemView }) {
  const { view } = useStage()
  const facts = factsOf(item, view.code)
  // A value that misses its target has said so already, with the target.
  if (item.ask?.target != null && !item.reason.includes('target')) facts.push(<>target {item.ask.direction === 'at-most' ? '≤' : '≥'} {valueText(item.ask.target, unitOf(item.ask.unit))} {unitOf(item.ask.unit) === 'score' ? item.ask.unit : ''}</>)
  if (item.ownerTeam !== null) facts.push(<>asked of {teamName(view, item.ownerTeam)}</>)
  if (item.assignee) facts.push(<>with {item.assignee.name}</>)
  if (item.waiver) facts.push(<Waived item={item} />)
  if (item.notApplicable) facts.push(<>not applicable, says {item.notApplicable.by.name}{item.notApplicable.counterSignedBy ? `, counter-signed by ${item.notApplicable.counterSignedBy.name}` : ''}</>)
  if (item.note) facts.push(<>note</>)
  if (item.comments.length > 0) facts.push(<>{formatPlural(item.comments.length, 'comment')}</>)
  if (item.proposalId !== null) facts.push(<>change waits for a second team</>)
  return (
    <div className="col-start-2 flex min-w-0 flex-wrap gap-x-3 text-12 text-ink-2 sm:col-end-4">
      <span>{item.computed === 'environment-choice' ? 'decision' : item.kind}</span>
      {facts.map((fact, i) => <span key={i} className="min-w-0 break-words">{fact}</span>)}
    </div>
  )
}

function Waived({ item }: { item: ItemView }) {
  if (!item.waiver) return null
  if (item.waiver.state === 'requested') return <>waiver asked by {item.waiver.requestedBy.name}, until <Time at={item.waiver.until} as="day" /></>
  return item.waiver.isOver ? <>waiver ended <Time at={item.waiver.until} as="day" /></> : <>{item.status === 'waived' ? 'waived' : 'waiver'} until <Time at={item.waiver.until} as="day" />, approved by {item.waiver.approvedBy?.name ?? 'someone'}</>
}

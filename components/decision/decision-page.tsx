'use client'
/** One decision as it was taken: reason, options, people, and the frozen parts, gates and metrics, beside what they are now. */
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { decisionKindName } from '@/components/decision/kind'
import { ThenNow } from '@/components/gate/then-now'
import { AppLink } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill } from '@/components/ui/pill'
import { Facts, PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { FrozenReadings } from '@/components/verdict/frozen-readings'
import { releaseQuery } from '@/lib/client/queries'
import type { DecisionView, ReleaseView } from '@/lib/domain/release/view'

function names(people: readonly { readonly name: string }[]): string {
  return people.map((person) => person.name).join(', ')
}

function statusWords(status: string | undefined): string {
  return (status ?? '–').replaceAll('-', ' ')
}

export function DecisionPage({ code, number }: { code: string; number: number }) {
  const { data: view } = useSuspenseQuery(releaseQuery(code))
  const decision = view.decisions.find((one) => one.number === number)
  if (!decision) return null
  const path = `/releases/${view.code}/decisions/${decision.number}`
  const condition = view.actions.filter((action) => action.source === 'condition' && action.sourceId === `D-${decision.number}`)
  return (
    <>
      <nav aria-label="Where you are" className="mb-3 flex flex-wrap gap-2 text-12 text-ink-2">
        <AppLink href="/decisions" className="hover:text-ink">Decisions</AppLink><span aria-hidden="true">/</span><AppLink href={`/releases/${view.code}`} className="mono hover:text-ink">{view.code}</AppLink><span aria-hidden="true">/</span><span className="mono">D-{decision.number}</span>
      </nav>
      <PageHead title={decision.title} lead={<><b>{decisionKindName(decision.kind)}</b> for {view.model.name} {view.candidate.label}, recorded by {decision.by.name} <Time at={decision.at} as="moment" />. It is never edited.</>}>
        {decision.supersededBy === null ? <Pill state="passed">in force</Pill> : <Pill state="idle">superseded</Pill>}
        <ButtonLink size="s" look="quiet" href={`/api/v1/decisions/${decision.number}/madr`} download>Markdown</ButtonLink>
        <CopyLink path={path} />
      </PageHead>
      {decision.supersededBy !== null && <p className="mb-4 rounded-control bg-stale-bg px-4 py-2">Superseded by <AppLink className="text-link" href={`/releases/${view.code}/decisions/${decision.supersededBy}`}>D-{decision.supersededBy}</AppLink>; it stays here as it was taken.</p>}
      <div className="flex flex-col gap-4">
        <Words decision={decision} view={view} />
        {decision.options.length > 0 && <Options options={decision.options} />}
        {condition.length > 0 && (
          <Part title="Conditions">
            <ul role="list" className="flex flex-col gap-1">{condition.map((action) => <li key={action.id}>{action.title} <span className="text-12 text-ink-2">· {action.owner?.name ?? action.team ?? 'nobody named'}{action.dueAt !== null && <>, due <Time at={action.dueAt} as="day" /></>} · {action.done ? 'met' : action.isOverdue ? 'overdue' : 'open'}</span></li>)}</ul>
          </Part>
        )}
        <Frozen decision={decision} view={view} />
      </div>
    </>
  )
}

function CopyLink({ path }: { path: string }) {
  const origin = typeof window === 'undefined' ? '' : window.location.origin
  return <CopyButton text={`${origin}${path}`} label="Copy the link" />
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return <Surface><SurfaceHead title={title} note={note} /><div className="px-4 py-3">{children}</div></Surface>
}

function Words({ decision, view }: { decision: DecisionView; view: ReleaseView }) {
  const item = decision.itemId
  const gate = view.gates.find((one) => one.id === decision.gateId)
  return (
    <Part title="Reason">
      <p className="max-w-prose break-words whitespace-pre-wrap">{decision.reason}</p>
      <Facts className="mt-3" items={[
        { term: 'Deciders', value: names(decision.deciders) },
        ...(decision.consulted.length > 0 ? [{ term: 'Consulted', value: names(decision.consulted) }] : []),
        ...(decision.informed.length > 0 ? [{ term: 'Informed', value: names(decision.informed) }] : []),
        ...(decision.consequences ? [{ term: 'Consequences', value: <span className="whitespace-pre-wrap">{decision.consequences}</span> }] : []),
        ...(decision.confirmation ? [{ term: 'Confirmed by', value: <>{decision.confirmation.how}{decision.confirmation.dueAt !== null && <>, <Time at={decision.confirmation.dueAt} as="day" /></>}</> }] : []),
        ...(decision.until === null ? [] : [{ term: 'Until', value: <Time at={decision.until} as="moment" /> }]),
        ...(gate ? [{ term: 'Answers', value: <AppLink className="text-link" href={`/releases/${view.code}?gate=${encodeURIComponent(gate.id)}${item ? `#item-${item}` : ''}`}>{item ? `${item} ${gate.items.find((one) => one.id === item)?.title ?? ''}, gate ${gate.number}` : `${gate.number} ${gate.name}`}</AppLink> }] : []),
        ...(decision.supersedes === null ? [] : [{ term: 'Supersedes', value: <AppLink className="text-link" href={`/releases/${view.code}/decisions/${decision.supersedes}`}>D-{decision.supersedes}</AppLink> }]),
      ]} />
    </Part>
  )
}

function Options({ options }: { options: DecisionView['options'] }) {
  return (
    <Part title="Options compared" note={String(options.length)}>
      <ul role="list" className="grid gap-3 sm:grid-cols-2">
        {options.map((option, i) => (
          <li key={i} className={option.isChosen ? 'rounded-control border border-ink p-3' : 'rounded-control border border-line p-3'}>
            <h3 className="flex items-center gap-2">{option.title}{option.isChosen && <Pill state="passed">chosen</Pill>}</h3>
            {option.pros && <p className="mt-1 break-words whitespace-pre-line">{option.pros}</p>}
            {option.cons && <p className="mt-1 break-words whitespace-pre-line text-ink-2">Against: {option.cons}</p>}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Frozen({ decision, view }: { decision: DecisionView; view: ReleaseView }) {
  const now = new Map(view.gates.map((gate) => [gate.id, gate.status]))
  const items = new Map(view.gates.flatMap((gate) => gate.items.map((item) => [item.id, item])))
  const currentParts = new Map(view.gates.flatMap((gate) => Object.entries(gate.seen.parts)))
  return (
    <>
      <Part title="What it rested on" note="then beside now">
        <ThenNow rows={Object.entries(decision.parts).map(([part, then]) => ({ name: part.replace('-', ' '), then, now: currentParts.get(part) ?? then }))} />
      </Part>
      <Part title="Gates" note="then beside now">
        <ThenNow rows={decision.gates.map((gate) => ({ name: `${gate.number} ${gate.name}`, then: statusWords(gate.status), now: statusWords(now.get(gate.gateId)) }))} />
      </Part>
      <Part title="Metrics" note="then beside now">
        {decision.metrics.length === 0 && <p className="text-ink-2">Nothing was measured when this was decided.</p>}
        <FrozenReadings code={view.code} readings={decision.metrics.map(({ itemId, title, verdict }) => {
          const item = items.get(itemId)
          return { itemId, title, verdict, unit: item?.metric?.rule.unit ?? '', now: item?.verdict ?? null }
        })} />
      </Part>
    </>
  )
}

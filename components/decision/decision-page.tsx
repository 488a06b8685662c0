'use client'
/** One decision as it was taken: reason, options, people, and the frozen parts, gates and metrics, beside what they are now. */
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Confirmation, StandingPill } from '@/components/decision/confirmation'
import { decisionKindName } from '@/components/decision/kind'
import { ThenNow } from '@/components/gate/then-now'
import { AppLink } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill, type PillState } from '@/components/ui/pill'
import { Facts, PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { FrozenReadings } from '@/components/verdict/frozen-readings'
import { releaseQuery } from '@/lib/client/queries'
import type { ActionView, DecisionView, ReleaseView } from '@/lib/domain/release/view'

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
  const successor = view.decisions.find((one) => one.number === decision.supersededBy)
  const following = view.actions.filter((action) => action.source === 'decision' && action.sourceId === `D-${decision.number}`)
  const teamName = (team: string) => view.teams.find((one) => one.id === team)?.name ?? team
  const condition = view.actions.filter((action) => action.source === 'condition' && action.sourceId === `D-${decision.number}`)
  return (
    <>
      <nav aria-label="Where you are" className="mb-3 flex flex-wrap gap-2 text-12 text-ink-2">
        <AppLink href="/decisions" className="hover:text-ink">Decisions</AppLink><span aria-hidden="true">/</span><AppLink href={`/releases/${view.code}`} className="mono hover:text-ink">{view.code}</AppLink><span aria-hidden="true">/</span><span className="mono">D-{decision.number}</span>
      </nav>
      <PageHead title={decision.title} lead={<><b>{decisionKindName(decision.kind)}</b> for {view.model.name} {view.candidate.label}, recorded by {decision.by.name} <Time at={decision.at} as="moment" />. It is never edited.</>}>
        {decision.supersededBy === null ? <Pill state="passed">in force</Pill> : <Pill state="idle">superseded</Pill>}<StandingPill decision={decision} />
        <ButtonLink size="s" look="quiet" href={`/api/v1/decisions/${decision.number}/madr`} download>Markdown</ButtonLink>
        <CopyLink path={path} />
      </PageHead>
      {decision.supersededBy !== null && <p className="mb-4 rounded-control bg-stale-bg px-4 py-2">Superseded by <AppLink className="text-link" href={`/releases/${view.code}/decisions/${decision.supersededBy}`}>D-{decision.supersededBy}</AppLink>{successor && <> ({successor.by.name}, <Time at={successor.at} as="day" />)</>}; it stays here as it was taken.</p>}
      <div className="flex flex-col gap-4">
        <Words decision={decision} view={view} />
        {decision.options.length > 0 && <Options options={decision.options} />}
        <Confirmation decision={decision} view={view} />
        {condition.length > 0 && (
          <Part title="Conditions">
            <Promised actions={condition} met="met" code={view.code} teamName={teamName} />
          </Part>
        )}
        {following.length > 0 && <Part title="What follows from it"><Promised actions={following} met="done" code={view.code} teamName={teamName} /></Part>}
        <Frozen decision={decision} view={view} />
      </div>
    </>
  )
}

/** How a promise stands, in a word; `met` is what a condition is, and other actions are done. */
function standsOf(action: ActionView, met: string): { readonly state: PillState; readonly words: string } {
  if (action.state === 'done') return { state: 'passed', words: met }
  if (action.state === 'dropped') return { state: 'idle', words: 'dropped' }
  if (action.state === 'snoozed') return { state: 'idle', words: 'snoozed' }
  return action.isOverdue ? { state: 'risk', words: 'overdue' } : { state: 'open', words: 'open' }
}

function Promised({ actions, met, code, teamName }: { actions: readonly ActionView[]; met: string; code: string; teamName: (team: string) => string }) {
  return (
    <ul role="list" className="flex flex-col gap-3">
      {actions.map((action) => {
        const { state, words } = standsOf(action, met)
        return (
          <li key={action.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <Pill state={state}>{words}</Pill>
            <span className="min-w-0 flex-1 basis-56 break-words">
              <AppLink className="hover:underline" href={`/releases/${code}#actions`}>{action.title}</AppLink>
              <span className="block text-12 text-ink-2">{action.owner?.name ?? (action.team === null ? 'nobody named' : teamName(action.team))}{action.dueAt !== null && <>, due <Time at={action.dueAt} as="day" /></>}{action.measured && <> · {action.measured.stands} by {action.measured.itemId} {action.measured.title}{action.measured.at !== null && <>, since <Time at={action.measured.at} /></>}</>}{action.done?.note && <> · {action.done.by.name}: {action.done.note}</>}</span>
            </span>
          </li>
        )
      })}
    </ul>
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
    <Part title={decision.context === null ? 'Reason' : 'Context and reason'}>
      {decision.context !== null && <p className="mb-3 max-w-prose break-words whitespace-pre-wrap text-ink-2">{decision.context}</p>}
      {decision.drivers.length > 0 && <><h3 className="text-12 font-medium text-ink-2">What drove it</h3><ul className="mb-3 list-disc pl-5">{decision.drivers.map((driver, i) => <li key={i} className="break-words">{driver}</li>)}</ul></>}
      <p className="max-w-prose break-words whitespace-pre-wrap">{decision.reason}</p>
      <Facts className="mt-3" items={[
        { term: 'Deciders', value: names(decision.deciders) },
        ...(decision.consulted.length > 0 ? [{ term: 'Consulted', value: names(decision.consulted) }] : []),
        ...(decision.informed.length > 0 ? [{ term: 'Informed', value: names(decision.informed) }] : []),
        ...(decision.consequences ? [{ term: 'Consequences', value: <span className="whitespace-pre-wrap">{decision.consequences}</span> }] : []),
        ...(decision.until === null ? [] : [{ term: 'Until', value: <Time at={decision.until} as="moment" /> }]),
        ...(gate ? [{ term: 'Answers', value: <AppLink className="text-link" href={`/releases/${view.code}?gate=${encodeURIComponent(gate.id)}${item ? `#item-${item}` : ''}`}>{item ? `${item} ${gate.items.find((one) => one.id === item)?.title ?? ''}, gate ${gate.number}` : `${gate.number} ${gate.name}`}</AppLink> }] : []),
        ...(decision.supersedes === null ? [] : [{ term: 'Supersedes', value: <AppLink className="text-link" href={`/releases/${view.code}/decisions/${decision.supersedes}`}>D-{decision.supersedes}</AppLink> }]),
      ]} />
    </Part>
  )
}

/** Each line of what speaks for or against an option is a point of its own. */
function Points({ text, title }: { text: string; title: string }) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean)
  if (lines.length === 0) return null
  return <div className="mt-2"><h4 className="text-12 font-medium text-ink-2">{title}</h4><ul className="list-disc pl-5">{lines.map((line, i) => <li key={i} className="break-words">{line}</li>)}</ul></div>
}

function Options({ options }: { options: DecisionView['options'] }) {
  return (
    <Part title="Options compared" note={String(options.length)}>
      <ul role="list" className="grid gap-3 sm:grid-cols-2">
        {options.map((option, i) => (
          <li key={i} className={option.isChosen ? 'rounded-control border border-ink p-3' : 'rounded-control border border-line p-3'}>
            <h3 className="flex items-center gap-2">{option.title}{option.isChosen && <Pill state="passed">chosen</Pill>}</h3>
            <Points text={option.pros} title="For" />
            <Points text={option.cons} title="Against" />
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

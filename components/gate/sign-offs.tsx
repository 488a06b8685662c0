'use client'
/** The sign-offs that a gate has: valid, stale with what changed then and now, withdrawn; with the metric values as they were when they were given. */
import { lazy, Suspense, useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { TeamMark } from '@/components/gate/team-mark'
import { ThenNow } from '@/components/gate/then-now'
import { CommandButton } from '@/components/release/command-button'
import { useAsk } from '@/components/release/use-ask'
import { itemOf, teamName, useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import type { GateView, ReleaseView, SignOffView } from '@/lib/domain/release/view'

const FrozenReadings = lazy(() => import('@/components/verdict/frozen-readings').then((m) => ({ default: m.FrozenReadings })))

function forWords(view: ReleaseView, signOff: SignOffView): string {
  const teams = signOff.teams.map((team) => teamName(view, team))
  if (teams.length === 0) return 'as counter-signature'
  return `for ${teams.join(' and ')}`
}

/** In: the gate. Nothing is drawn before the first sign-off. */
export function SignOffs({ gate }: { gate: GateView }) {
  if (gate.signOffs.length === 0) return null
  return <ul role="list" aria-label="Sign-offs" className="divide-y divide-line border-b border-line">{gate.signOffs.map((signOff) => <SignOffRow key={signOff.id} gate={gate} signOff={signOff} />)}</ul>
}

function SignOffRow({ gate, signOff }: { gate: GateView; signOff: SignOffView }) {
  const { view } = useStage()
  const ask = useAsk()
  const isOwn = signOff.by.id === view.viewer.personId
  // Whoever signed anew has re-affirmed; the older signature is history.
  const isAffirmed = signOff.state === 'stale' && gate.signOffs.some((other) => other.state === 'valid' && other.by.id === signOff.by.id)
  const isStale = signOff.state === 'stale' && !isAffirmed
  const mark = signOff.state === 'valid' ? 'passed' : isStale ? 'stale' : 'later'
  const withdraw = why(view, `withdraw-sign-off:${signOff.id}`)
  return (
    <li className={signOff.isBreakGlass && signOff.state !== 'withdrawn' && !isAffirmed ? 'bg-risk-bg px-4 py-2' : isStale ? 'bg-stale-bg px-4 py-2' : isAffirmed ? 'px-4 py-2 text-ink-2' : 'px-4 py-2'}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Mark state={mark} size={16} label={isAffirmed ? 'signed again since' : signOff.state} />
        <span className="flex shrink-0 gap-1">{signOff.teams.map((id) => {
          const team = view.teams.find((one) => one.id === id)
          return team && <TeamMark key={id} shape={team.shape} name={team.name} isDecoration />
        })}</span>
        <span className="min-w-0 flex-1 basis-56 break-words">
          <b className="font-medium">{signOff.by.name}</b> {forWords(view, signOff)}
          {signOff.onBehalfOf && <> on behalf of {signOff.onBehalfOf.name}</>}
          {signOff.isBreakGlass && <b className="font-medium text-risk"> · break-glass</b>}
          <span className="text-ink-2"> · {isStale ? 'stale · ' : isAffirmed ? 'signed again since · ' : ''}<Time at={signOff.at} /></span>
          {signOff.comment !== null && <span className="block text-ink-2">“{signOff.comment}”</span>}
          {signOff.withdrawn && <span className="block text-12 text-ink-2">Withdrawn by {signOff.withdrawn.by.name} <Time at={signOff.withdrawn.at} />: {signOff.withdrawn.reason}</span>}
        </span>
        {isStale && isOwn && (
          <CommandButton look="primary" size="s" probe={`sign-off:${gate.id}`} done="Signed again, as it is now." command={{ type: 'sign-off', gateId: gate.id, teams: [...signOff.teams], comment: '', onBehalfOf: signOff.onBehalfOf?.id ?? null, seen: { parts: { ...gate.seen.parts }, items: { ...gate.seen.items } } }}>
            Re-affirm
          </CommandButton>
        )}
        {signOff.state !== 'withdrawn' && !isAffirmed && isOwn && <Button look="quiet" size="s" refusal={withdraw} onClick={() => ask((asks) => asks.askWithdraw(gate, signOff))}>Withdraw</Button>}
      </div>
      {isStale && (
        <div className="mt-2 ml-7 text-12">
          <ThenNow rows={signOff.differences.map((one) => ({ name: one.part.replace('-', ' '), then: one.then, now: one.now }))} />
          {signOff.changedItems.length > 0 && <p className="text-ink-2">Changed since: {signOff.changedItems.map((id) => `${id} ${itemOf(view, id)?.title ?? ''}`).join(', ')}.</p>}
        </div>
      )}
      {signOff.snapshot.length > 0 && signOff.state !== 'withdrawn' && !isAffirmed && (
        <MeasuredThen signOff={signOff} />
      )}
    </li>
  )
}

/** Opened, what the metrics said when it was given, beside now. */
function MeasuredThen({ signOff }: { signOff: SignOffView }) {
  const { view } = useStage()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="mt-1 ml-7 text-12 text-ink-2" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What was measured then</summary>
      {isOpen && (
        <Suspense fallback={<p>Opening…</p>}>
          <FrozenReadings code={view.code} readings={signOff.snapshot.map(({ itemId, verdict }) => {
            const item = itemOf(view, itemId)
            return { itemId, verdict, title: item?.title ?? '', unit: item?.metric?.rule.unit ?? '', now: item?.verdict ?? null }
          })} />
        </Suspense>
      )}
    </details>
  )
}

'use client'
/** What lies over the release besides what its sentence says, and what to do about it: at risk, unmeasured, frozen, overtaken, lapsed, break-glass, proposals, a newer checklist. */
import type { ReactNode } from 'react'
import { Mark } from '@/components/gate/mark'
import { useAsk } from '@/components/release/use-ask'
import { CommandButton } from '@/components/release/command-button'
import { gateOf, useStage, why } from '@/components/release/stage'
import { Button, ButtonLink } from '@/components/ui/button'
import { said } from '@/components/ui/said'
import { Time } from '@/components/ui/time'
import { withoutStop } from '@/lib/domain/format'
import type { MarkState } from '@/lib/domain/rail'

const TINTS: Partial<Record<MarkState, string>> = { risk: 'border-risk bg-risk-bg', failed: 'border-failed bg-failed-bg', held: 'border-waiting bg-waiting-bg', stale: 'border-stale bg-stale-bg', 'no-data': 'border-line-strong bg-sunken' }

function Banner({ state, title, actions, children }: { state: MarkState; title: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <li className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-surface border px-4 py-2 ${TINTS[state] ?? 'border-line bg-surface'}`}>
      <Mark state={state} size={20} />
      <div className="min-w-0 flex-1 basis-72 break-words"><b className="font-medium">{title}</b>{children && <> {children}</>}</div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </li>
  )
}

/** Each thing in its own line, the most urgent first; nothing where nothing lies over it. */
export function Banners() {
  const { view, open, select } = useStage()
  const ask = useAsk()
  const { rollBack, freeze } = view
  const isMoving = view.phase === 'rolling-out' || view.phase === 'soaking'
  const isOver = view.end !== null
  // What proposes a roll-back stands in the proposal's own banner above, with its evidence.
  const proposing = new Set(view.rollBackProposals.filter((one) => one.ended === null).map((one) => one.itemId))
  return (
    <ul role="list" aria-label="What lies over it" className="mb-4 flex flex-col gap-2 empty:hidden">
      {!isOver && !rollBack && view.atRisk.filter((item) => !proposing.has(item.itemId)).map((item) => (
        <Banner key={item.itemId} state="risk" title={<>{item.itemId} {item.title} fails since <Time at={item.since} />.</>}
          actions={<><ButtonLink href={`/releases/${view.code}/verdicts/${encodeURIComponent(item.itemId)}`} look="quiet">Why it says that</ButtonLink><Button onClick={() => select(item.gateId)}>Look at it</Button><Button look="danger" refusal={why(view, 'roll-back')} onClick={() => ask((asks) => asks.askRollBack(view))}>Roll back</Button></>}>
          {said(withoutStop(item.reason))}. {isMoving ? 'The rollout is halted and its soak begins again when it passes. Roll back, wait for it to pass, or waive the item.' : 'Roll back, or answer it with a new release.'}
        </Banner>
      ))}
      {!isOver && isMoving && view.unmeasured.length > 0 && (
        <Banner state="no-data" title={`${view.unmeasured.length} ${view.unmeasured.length === 1 ? 'metric is' : 'metrics are'} not measured.`} actions={<Button onClick={() => select(view.unmeasured[0]?.gateId ?? '')}>Look at it</Button>}>
          {view.unmeasured.map((item) => item.itemId).join(', ')}: the soak pauses and the next step waits, no sign-off is lost.
        </Banner>
      )}
      {freeze && !isOver && (
        <Banner state="held" title={<>Frozen until <Time at={freeze.to} as="moment" />.</>} actions={<Button refusal={why(view, 'grant-freeze-exception')} onClick={() => ask((asks) => asks.askFreezeException(freeze.id))}>Grant an exception</Button>}>
          {freeze.reason} ({freeze.zone}). Gates, sign-offs and the go are not frozen, only the start and the next step; a roll-back never is.
        </Banner>
      )}
      {!isOver && view.mustContain.filter((must) => !must.isStated).map((must) => (
        <Banner key={must.releaseId} state="stale" title={`${must.code} became stable meanwhile.`}
          actions={<><Button refusal={why(view, 'change')} onClick={() => ask((asks) => asks.askFixContained(must))}>It contains {must.label}</Button><Button onClick={() => open({ kind: 'candidate' })}>Replace the candidate</Button></>}>
          State that this candidate contains {must.label}, or replace it; until then no step is taken.
        </Banner>
      ))}
      {view.breakGlass.map((entry) => (
        <Banner key={`${entry.gateId}-${entry.at}`} state="risk" title={`Break-glass: ${entry.by.name} signed gate ${gateOf(view, entry.gateId)?.number ?? ''} for a team.`}>{entry.reason} · <Time at={entry.at} /></Banner>
      ))}
      {!isOver && view.proposals.map((proposal) => (
        <Banner key={proposal.id} state="held" title={`${proposal.words}.`}
          actions={<><CommandButton probe={`confirm-change:${proposal.id}`} command={{ type: 'confirm-change', proposalId: proposal.id }}>Agree</CommandButton><Button onClick={() => ask((asks) => asks.askDecline(proposal.id))}>Decline</Button></>}>
          {proposal.by.name}: {proposal.reason}. It asks less, so someone of another team has to agree.
        </Banner>
      ))}
      {!isOver && view.template.newestRevision !== null && view.template.newestRevision > view.template.revision && ['preparing', 'ready', 'approved'].includes(view.phase) && (
        <Banner state="later" title={`${view.template.name} has revision ${view.template.newestRevision}; this release follows ${view.template.revision}.`}
          actions={<Button onClick={() => open({ kind: 'adopt' })}>Adopt it</Button>}>
          Lines that are new are asked; what is asked otherwise is judged anew. Where it asks less, someone of another team has to agree.
        </Banner>
      )}
    </ul>
  )
}

'use client'
/** The top of a release: where one is, what goes where beside what, the facts that everyone asks for, and the buttons for the whole. */
import type { ReactNode } from 'react'
import { PackButton } from '@/components/evidence-pack/pack-button'
import { shortDigest } from '@/components/gate/digest'
import { useAsk } from '@/components/release/use-ask'
import { LiveCorner } from '@/components/release/live-corner'
import { applies, useStage, why } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { ButtonKey } from '@/components/release/button-key'
import { Time } from '@/components/ui/time'
import { Pill } from '@/components/ui/pill'
import type { ReleaseView } from '@/lib/domain/release/view'

/** The claim in few words; the whole is in the details. */
function claimShort({ claim }: ReleaseView): string {
  const gpu = claim.gpuCount > 0 ? `${claim.gpuCount} × ${claim.gpuType || 'GPU'}` : `${claim.cpuCores} CPU`
  return `${claim.memoryGiB} GiB · ${gpu} · ${claim.storageGiB} GiB`
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div className="flex min-w-0 gap-1"><dt>{name}</dt><dd className="min-w-0 break-words font-medium text-ink">{children}</dd></div>
}

/** In: what stands in the corner. */
export function Head({ corner }: { corner?: ReactNode }) {
  const { view, open } = useStage()
  const ask = useAsk()
  const { candidate, lastStable } = view
  const isLate = view.isInFlight && view.targetAt !== null && view.targetAt < view.asOf
  return (
    <header className="mb-4">
      <div className="mb-3 flex min-h-5 items-center gap-2 text-12 text-ink-2">
        <nav aria-label="Where you are" className="flex gap-2"><AppLink href="/" className="hover:text-ink">Board</AppLink><span aria-hidden="true">/</span><span className="mono">{view.code}</span></nav>
        <span className="ml-auto flex items-center gap-3">{corner}<LiveCorner /></span>
      </div>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-96">
          <h1 className="flex flex-wrap items-baseline gap-x-3 text-28! leading-tight">
            <span className="min-w-0 break-words">{view.model.name} {candidate.label}</span>
            <small className="text-16 font-normal tracking-normal text-ink-2">
              to {view.environment.name}{lastStable ? <>, beside {lastStable.label}{lastStable.since !== null && <> stable since <Time at={lastStable.since} as="day" /></>}</> : ', nothing stable there yet'}
            </small>
          </h1>
        </div>
        <dl className="flex basis-full flex-wrap gap-x-5 gap-y-1 text-ink-2 lg:order-1">
          <Fact name="Risk">{view.risk}</Fact>
          {view.targetAt !== null && <Fact name="Target"><Time at={view.targetAt} as="day" className={isLate ? 'text-failed' : undefined} />{isLate && ', overdue'}</Fact>}
          <Fact name="Claim">{claimShort(view)}</Fact>
          <Fact name="Artefact"><span className="mono" title={candidate.artefact}>{shortDigest(candidate.artefact)}</span></Fact>
          {candidate.data !== '' && <Fact name="Data"><span className="mono" title={candidate.data}>{shortDigest(candidate.data)}</span></Fact>}
        </dl>
        <div className="flex flex-wrap items-center gap-2">
          <Pill state={view.pill.state} hasMark>{view.pill.label}</Pill>
          {!view.hold && applies(view, 'hold') && <Button refusal={why(view, 'hold')} onClick={() => ask((asks) => asks.ASK_HOLD)}>Hold</Button>}
          <ButtonLink href={`/releases/${view.code}/timeline`}>Timeline</ButtonLink>
          <PackButton view={view} />
          {applies(view, 'roll-back') && view.steps.some((step) => step.status !== 'later') && <Button look="danger" refusal={why(view, 'roll-back')} onClick={() => ask((asks) => asks.askRollBack(view))}>Roll back <ButtonKey>R</ButtonKey></Button>}
          {!view.end && !view.rollBack && !view.stableAt && view.steps.every((step) => step.status === 'later') && <Button look={view.phase === 'preparing' && !view.hold ? 'primary' : 'plain'} onClick={() => open({ kind: 'decision', decide: 'go' })}>Record decision <ButtonKey>D</ButtonKey></Button>}
        </div>
      </div>
    </header>
  )
}

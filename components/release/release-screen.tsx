'use client'
/** The release as one screen: who it is, the sentence, the rail, the gate that is looked at, and beside it what surrounds the judgement. */
import type { ReactNode } from 'react'
import { GateCard } from '@/components/gate/gate-card'
import { ReleaseAlerts, ReleaseFeedback, ReleaseProposals } from '@/components/live/on-release'
import { Banners } from '@/components/release/banners'
import { Head } from '@/components/release/head'
import { RailBox } from '@/components/release/rail-box'
import { RolloutCard } from '@/components/release/rollout-card'
import { SentenceBar } from '@/components/release/sentence-bar'
import { gateOf, useStage } from '@/components/release/stage'
import { CheckInCard } from '@/components/release/check-in-card'
import { ActionsCard } from '@/components/release/actions-card'
import { DecisionsCard } from '@/components/release/decisions-card'
import { DetailsCard } from '@/components/release/details-card'
import { DifferenceCard } from '@/components/release/difference-card'
import { DocumentsCard } from '@/components/release/documents-card'
import { TalkCard } from '@/components/release/talk-card'

/** In: what stands in the top right corner (who else is here), the live metrics. Expects a stage around it. */
export function ReleaseScreen({ corner, metrics }: { corner?: ReactNode; metrics?: ReactNode }) {
  const { view, gateId } = useStage()
  const gate = gateOf(view, gateId)
  return (
    <>
      <Head corner={corner} />
      <ReleaseProposals />
      <Banners />
      <SentenceBar />
      <RailBox />
      {/* What is looked up closes the wide column; on a small screen it comes last. */}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_420px] xl:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <RolloutCard />
          {gate && <GateCard key={gate.id} gate={gate} />}
          {gate && <ReleaseFeedback gateId={gate.id} />}
        </div>
        <aside aria-label="Around the release" className="flex min-w-0 flex-col gap-3 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          {metrics}
          <ReleaseAlerts />
          <DocumentsCard />
          <DecisionsCard />
          <ActionsCard />
          <CheckInCard />
        </aside>
        <div className="flex min-w-0 flex-col gap-4">
          <DifferenceCard />
          <DetailsCard />
          <TalkCard />
        </div>
      </div>
    </>
  )
}

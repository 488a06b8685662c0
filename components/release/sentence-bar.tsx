'use client'
/** The sentence of the release, and beside it what one can do about it now. */
import { Mark } from '@/components/gate/mark'
import { sentenceParts } from '@/components/board/sentence'
import { PutOnCheckIn } from '@/components/release/check-in-card'
import { NextAction } from '@/components/release/next-action'
import { useAsk } from '@/components/release/use-ask'
import { gateOf, teamName, useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { said } from '@/components/ui/said'
import type { MarkState } from '@/lib/domain/rail'
import type { GateView, ReleaseView } from '@/lib/domain/release/view'

/** The mark of what the sentence says first. */
function markOf(view: ReleaseView, gate: GateView | undefined): MarkState {
  if (view.rollBack && !view.rollBack.confirmed) return 'failed'
  if (view.atRisk.length > 0) return 'risk'
  if (view.hold) return 'held'
  return gate?.mark ?? (view.pill.state === 'idle' ? 'passed' : view.pill.state)
}

/** Reads out changes politely, since it is what everyone waits for. */
export function SentenceBar() {
  const { view } = useStage()
  const ask = useAsk()
  const ringed = view.rail.gates.find((gate) => gate.hasBall)
  const gate = ringed && gateOf(view, ringed.id)
  const holders = gate ? [...new Set(gate.waitsOn.map((wait) => wait.on))].filter((on) => view.teams.some((team) => team.id === on)) : []
  const isMine = holders.length > 0 && holders.every((team) => view.viewer.teams.includes(team))
  return (
    <section aria-label="Where it stands" className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-surface border border-line bg-surface px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <Mark state={markOf(view, gate)} size={24} />
        <p aria-live="polite" className="min-w-0 text-16 break-words text-ink-2">{sentenceParts(view.sentence, said)}</p>
      </div>
      <span className="flex flex-wrap items-center gap-2 empty:hidden">
        {gate && holders.length > 0 && !isMine && !view.end && !view.hold && (
          <Button refusal={why(view, 'comment')} onClick={() => ask((asks) => asks.askRemind(view, gate, holders))}>Remind {holders.length === 1 ? teamName(view, holders[0] ?? '') : `${holders.length} teams`}</Button>
        )}
        {!view.end && gate && <PutOnCheckIn gateId={gate.id} />}
        <NextAction />
      </span>
    </section>
  )
}

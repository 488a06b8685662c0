'use client'
/** Rejections that hold a gate, each with the ways out of it; lifted ones stay readable. */
import { useAsk } from '@/components/release/use-ask'
import { teamName, useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/gate/mark'
import { Time } from '@/components/ui/time'
import type { GateView } from '@/lib/domain/release/view'

/** In: the gate. Nothing is drawn where nobody ever rejected it. */
export function Rejections({ gate }: { gate: GateView }) {
  const { view } = useStage()
  const ask = useAsk()
  if (gate.rejections.length === 0) return null
  return (
    <ul role="list" className="border-b border-line">
      {gate.rejections.map((rejection) => (
        <li key={rejection.id} className={rejection.lifted ? 'flex flex-wrap gap-x-3 gap-y-1 px-4 py-2 text-12 text-ink-2' : 'flex flex-wrap items-center gap-x-3 gap-y-2 bg-failed-bg px-4 py-3'}>
          {!rejection.lifted && <Mark state="failed" size={18} />}
          <div className="min-w-0 flex-1 basis-64 break-words">
            <p className={rejection.lifted ? undefined : 'font-medium'}>{rejection.by.name} rejected it for {teamName(view, rejection.team)} <Time at={rejection.at} />: {rejection.reason}</p>
            {rejection.lifted && <p>{rejection.lifted.kind === 'withdrawn' ? 'Withdrawn' : 'Overridden'} <Time at={rejection.lifted.at} />: {rejection.lifted.reason}</p>}
            {!rejection.lifted && rejection.overrideAskedBy.length > 0 && <p className="text-12 text-ink-2">Override asked by {rejection.overrideAskedBy.map((team) => teamName(view, team)).join(', ')}; the leads of the other teams have to agree.</p>}
          </div>
          {!rejection.lifted && (
            <span className="flex gap-2">
              {rejection.by.id === view.viewer.personId
                ? <Button size="s" refusal={why(view, `withdraw-rejection:${rejection.id}`)} onClick={() => ask((asks) => asks.askLift(gate, rejection.id, 'withdraw'))}>Withdraw</Button>
                : <Button size="s" refusal={why(view, `override-rejection:${rejection.id}`)} onClick={() => ask((asks) => asks.askLift(gate, rejection.id, 'override'))}>Override</Button>}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

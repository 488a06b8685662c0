/** The doubts of one evaluation in the order in which they were asked, and the one that decided. */
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { verdictMark } from '@/components/verdict/words'
import type { Rung } from '@/lib/domain/verdict/ladder'
import type { Verdict } from '@/lib/domain/verdict/verdict'

const SAID = { held: 'held', fired: 'decided it', open: 'not reached' } as const

/** In: the rungs, and the verdict that the last one asked for gave. */
export function Ladder({ rungs, verdict }: { rungs: readonly Rung[]; verdict: Verdict }) {
  return (
    <ol role="list" aria-label="What was checked, in this order" className="flex flex-col">
      {rungs.map((rung) => (
        <li key={rung.id} className={classes('grid grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-3 py-1 sm:grid-cols-[16px_11rem_minmax(0,1fr)]', rung.state === 'fired' && 'rounded-control bg-sunken')}>
          <span className="sm:self-center"><Mark state={rung.state === 'held' ? 'passed' : rung.state === 'fired' ? verdictMark(verdict) : 'later'} size={14} label={SAID[rung.state]} /></span>
          <span className={rung.state === 'open' ? 'text-ink-3' : 'text-ink-2'}>{rung.asks}</span>
          <span className={classes('min-w-0 break-words max-sm:col-start-2', rung.state === 'fired' ? 'font-medium' : rung.state === 'open' ? 'text-ink-3 max-sm:hidden' : undefined)}>{rung.state === 'open' ? 'not reached' : rung.saw}</span>
        </li>
      ))}
    </ol>
  )
}

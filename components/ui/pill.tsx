/** A state in a word on its own tint, with its mark so that colour never stands alone. */
import type { ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'
import { Mark } from '@/components/gate/mark'
import type { MarkState } from '@/lib/domain/rail'

/** `idle` is for words that are no state of a gate, such as "draft" or "archived". */
export type PillState = MarkState | 'idle'

const TINTS: Record<PillState, string> = {
  passed: 'bg-passed-bg text-passed', open: 'bg-open-bg text-open', soaking: 'bg-open-bg text-open',
  waiting: 'bg-waiting-bg text-waiting', waived: 'bg-waiting-bg text-waiting', held: 'bg-waiting-bg text-waiting',
  stale: 'bg-stale-bg text-stale', failed: 'bg-failed-bg text-failed', risk: 'bg-risk-bg text-risk',
  later: 'bg-idle-bg text-ink-2', 'no-data': 'bg-idle-bg text-ink-2', idle: 'bg-idle-bg text-ink-2',
}

/** A state as a pill. In: the state and the words; `hasMark` adds the shape of the state (where no rail stands beside it). */
export function Pill({ state, hasMark = false, className, children }: { state: PillState; hasMark?: boolean; className?: string; children: ReactNode }) {
  return (
    <span className={classes('inline-flex h-5 shrink-0 items-center gap-1 rounded-surface px-2 text-12 font-medium whitespace-nowrap', TINTS[state], className)}>
      {hasMark && state !== 'idle' && <Mark state={state} size={12} />}
      {children}
    </span>
  )
}

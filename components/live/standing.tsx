/** How a live version or one of its items stands, as pills and marks. */
import { Mark } from '@/components/gate/mark'
import { Pill } from '@/components/ui/pill'
import { STANDING_WORDS, type LiveStanding } from '@/lib/domain/live/standing'
import type { MarkState } from '@/lib/domain/rail'
import { verdictWords, type Verdict } from '@/lib/domain/verdict/verdict'

const STANDING_MARK: Readonly<Record<LiveStanding, MarkState>> = { 'at-risk': 'risk', steady: 'passed', unmeasured: 'no-data', unwatched: 'no-data', 'nothing-live': 'later' }
const VERDICT_MARK: Readonly<Record<Verdict, MarkState>> = { pass: 'passed', fail: 'failed', inconclusive: 'stale', 'no-data': 'no-data', idle: 'no-data', error: 'stale' }

export function StandingPill({ standing }: { standing: LiveStanding }) {
  return <Pill state={STANDING_MARK[standing]} hasMark>{STANDING_WORDS[standing]}</Pill>
}

export function VerdictPill({ verdict }: { verdict: Verdict | null }) {
  return <Pill state={VERDICT_MARK[verdict ?? 'no-data']} hasMark>{verdict === null ? 'not measured yet' : verdictWords(verdict)}</Pill>
}

/** All items as small marks in a row; each is read out with its title. */
export function ItemMarks({ items }: { items: readonly { readonly itemId: string; readonly title: string; readonly verdict: Verdict }[] }) {
  if (items.length === 0) return null
  return (
    <ul role="list" className="flex flex-wrap gap-1">
      {items.map((item) => <li key={item.itemId} title={`${item.title}: ${verdictWords(item.verdict)}`} className="inline-flex"><Mark state={VERDICT_MARK[item.verdict]} size={14} label={`${item.title}: ${verdictWords(item.verdict)}`} /></li>)}
    </ul>
  )
}

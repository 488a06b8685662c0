/** How a source answered over the last day: one small bar for each half hour, and the same in words. */
import { classes } from '@/components/ui/class-names'
import { dayWords, type HealthSlot, type SlotState } from '@/lib/domain/source/health'

/** Height says it beside the colour: full for answers, half for some, a stub for none, a line where nobody asked. */
const LOOKS: Readonly<Record<SlotState, string>> = { good: 'h-4 bg-passed', partly: 'h-3 bg-waiting', bad: 'h-2 bg-failed', none: 'h-px bg-line-strong' }

function slotWords({ from, state, answered, failed, failure }: HealthSlot): string {
  const time = `${from.slice(11, 16)} UTC`
  if (state === 'none') return `${time}: not asked`
  return `${time}: ${answered} answered, ${failed} failed${failure === null ? '' : ` (${failure})`}`
}

export function SourceDay({ day }: { day: readonly HealthSlot[] }) {
  const words = dayWords(day)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      {day.length > 0 && (
        <div role="img" aria-label={words} className="flex h-4 max-w-full items-end gap-px">
          {day.map((slot) => <span key={slot.from} title={slotWords(slot)} className={classes('w-1 rounded-[1px]', LOOKS[slot.state])} />)}
        </div>
      )}
      <span className="text-12 text-ink-3">{words}</span>
    </div>
  )
}

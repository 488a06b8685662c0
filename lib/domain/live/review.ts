/** When a live version is looked at again: its retrain interval, or a quarter of a year where none was recorded (PRODUCT rule 23). */
import type { ReleaseState } from '@/lib/domain/release/state'

const DAY_MS = 86_400_000
/** Where no staleness study said otherwise. */
const USUAL_DAYS = 90

/** The days that the release's staleness study (rubric M4) gave as retrain interval; null when it has none. */
export function retrainDays(state: Pick<ReleaseState, 'template' | 'items'>): number | null {
  const line = state.template.gates.flatMap((gate) => gate.items).find((one) => one.kind === 'value' && one.rubric?.includes('M4') === true)
  const days = line === undefined ? undefined : state.items[line.id]?.value?.value
  return days !== undefined && days >= 1 && days <= 3650 ? days : null
}

/** The review date of a version that becomes stable now, ISO. */
export function reviewDue(state: Pick<ReleaseState, 'template' | 'items'>, now: Date): string {
  return new Date(now.getTime() + (retrainDays(state) ?? USUAL_DAYS) * DAY_MS).toISOString()
}

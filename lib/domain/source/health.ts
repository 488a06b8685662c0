/** How a source answered over the last day, by half hours, in the words and marks of the bar that shows it. */

export const SLOT_MS = 1_800_000
export const SLOTS = 48

export interface HealthCount {
  readonly answered: number
  readonly failed: number
  /** Kind of the last failure. */
  readonly failure: string | null
}

/** `none`: nobody asked, so that nothing is known; never shown as good. */
export type SlotState = 'good' | 'partly' | 'bad' | 'none'

export interface HealthSlot extends HealthCount {
  /** ISO, when the half hour begins. */
  readonly from: string
  readonly state: SlotState
}

/** When the half hour of an instant (unix ms) begins. */
export function slotOf(at: number): number {
  return Math.floor(at / SLOT_MS) * SLOT_MS
}

function stateOf({ answered, failed }: HealthCount): SlotState {
  if (answered === 0 && failed === 0) return 'none'
  if (failed === 0) return 'good'
  return answered === 0 ? 'bad' : 'partly'
}

/** The last day, oldest first. In: counts by the beginning of their half hour (unix ms), now. Half hours without a count are there too, as `none`. */
export function dayOf(counts: ReadonlyMap<number, HealthCount>, now: number): readonly HealthSlot[] {
  const last = slotOf(now)
  return Array.from({ length: SLOTS }, (_, index): HealthSlot => {
    const from = last - (SLOTS - 1 - index) * SLOT_MS
    const count = counts.get(from) ?? { answered: 0, failed: 0, failure: null }
    return { ...count, from: new Date(from).toISOString(), state: stateOf(count) }
  })
}

/** The day in one sentence. */
export function dayWords(day: readonly HealthSlot[]): string {
  const known = day.filter((slot) => slot.state !== 'none')
  const asked = known.reduce((sum, slot) => sum + slot.answered + slot.failed, 0)
  if (asked === 0) return 'Not asked in the last day.'
  const answered = known.reduce((sum, slot) => sum + slot.answered, 0)
  // Rounded down: 100 % only when every question was answered.
  const percent = Math.floor((answered / asked) * 1000) / 10
  const covered = known.length === day.length ? '' : `, of which ${known.length / 2} h are known`
  return `Answered ${percent.toLocaleString('en-GB')} % of ${asked.toLocaleString('en-GB')} questions in the last day${covered}.`
}

/** Decides of which due dates people are reminded now: a day before, when due, and some days after, then also the leads; each once. Nothing is ever decided by it. */

/** Something with a date: an action, a condition of a go, a gate, a release's target, a waiver, measurements that were signed for. */
export interface Due {
  /** The same for the same thing, whatever its date. */
  readonly id: string
  readonly what: 'action' | 'condition' | 'gate' | 'target' | 'waiver' | 'sign-off'
  readonly title: string
  /** ISO instant from which it is late; days off are already taken into account. */
  readonly dueAt: string
  /** The person whose it is; null: the teams'. */
  readonly ownerId: string | null
  readonly teams: readonly string[]
}

/** `before` a day ahead, `due` when it is late, `escalated` three days later. */
export const STAGES = ['before', 'due', 'escalated'] as const
export type Stage = (typeof STAGES)[number]

export interface Reminder {
  /** The fact that is told once; a date that is moved makes another one. */
  readonly key: string
  readonly stage: Stage
  readonly due: Due
}

export const BEFORE_MS = 86_400_000
export const ESCALATE_MS = 3 * 86_400_000
/** What has been late for longer is no news; an upgrade or a clock that jumps must not tell a year of it. */
export const STALE_MS = 14 * 86_400_000

function stageAt(dueAt: number, now: number): Stage | null {
  if (now >= dueAt + STALE_MS || now < dueAt - BEFORE_MS) return null
  if (now >= dueAt + ESCALATE_MS) return 'escalated'
  return now >= dueAt ? 'due' : 'before'
}

function keyOf(due: Due, stage: Stage): string {
  return `remind ${stage} ${due.id} ${due.dueAt}`
}

/**
 * The reminders that stand at an instant. Only the latest stage of each: what was slept through is told once, as it is now. Out: at most one for
 * each thing; the caller tells those whose key nobody has told.
 */
export function remindersAt(dues: readonly Due[], now: Date): readonly Reminder[] {
  return dues.flatMap((due) => {
    const stage = stageAt(Date.parse(due.dueAt), now.getTime())
    return stage === null ? [] : [{ key: keyOf(due, stage), stage, due }]
  })
}

const WHAT: Readonly<Record<Due['what'], string>> = { 'action': 'Action', 'condition': 'Condition of the go', 'gate': 'Gate', 'target': 'Target date', 'waiver': 'Waiver', 'sign-off': 'Measurements behind a sign-off' }
const ENDS: ReadonlySet<Due['what']> = new Set(['waiver', 'sign-off'])

/** One line for a message: "Action “Repeat the load test” is overdue since 2026-11-20; the leads are told." Words of people stay as they are. */
export function reminderLine({ stage, due }: Reminder): string {
  const day = due.dueAt.slice(0, 10)
  const name = `${WHAT[due.what]}${due.what === 'target' ? '' : ` “${due.title}”`}`
  if (ENDS.has(due.what)) return stage === 'before' ? `${name} ${due.what === 'waiver' ? 'expires' : 'expire'} on ${day}.` : `${name} expired on ${day}${stage === 'escalated' ? '; the leads are told' : ''}.`
  if (stage === 'before') return `${name} is due on ${day}.`
  return stage === 'due' ? `${name} was due on ${day}.` : `${name} is overdue since ${day}; the leads are told.`
}

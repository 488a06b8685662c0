/** Orders what waits for somebody into what there is to do; every line stands in exactly one group. */
import { TODOS, type WorkGroup, type WorkGroupKey, type WorkLine } from './view'

const NAMES: Readonly<Record<WorkGroupKey, readonly [string, string]>> = {
  overdue: ['Overdue', 'Past its day. Nothing passes by time: it waits for you.'],
  sign: ['Sign', 'Every item is settled; a judgement is missing.'],
  agree: ['Agree', 'Somebody asked for a waiver or a change that a second person answers.'],
  confirm: ['Confirm', 'Say whether a decision held, or what is live.'],
  answer: ['Answer', 'Somebody wrote to you, rejected a gate, or a watch turned.'],
  act: ['Act', 'Items, actions and conditions that are yours or your team’s.'],
  snoozed: ['Snoozed', 'Put off with a reason; each comes back by itself.'],
}

function keyOf(line: WorkLine): WorkGroupKey {
  if (line.snoozedUntil !== null) return 'snoozed'
  return line.isOverdue ? 'overdue' : line.todo
}

function order(a: WorkLine, b: WorkLine): number {
  return Number(b.isMine) - Number(a.isMine) || (a.dueAt ?? a.since ?? '9').localeCompare(b.dueAt ?? b.since ?? '9') || a.id.localeCompare(b.id)
}

/** In: the lines of one person, in any order. Out: the groups that hold something, own lines first, then what is due or waits longest. */
export function groupsOf(lines: readonly WorkLine[]): readonly WorkGroup[] {
  return (['overdue', ...TODOS, 'snoozed'] as const).flatMap((key) => {
    const own = lines.filter((line) => keyOf(line) === key).toSorted(order)
    const [name, hint] = NAMES[key]
    return own.length === 0 ? [] : [{ key, name, hint, lines: own }]
  })
}

/** How many lines wait, without those that sleep. */
export function waitingCount(groups: readonly WorkGroup[]): number {
  return groups.reduce((sum, group) => sum + (group.key === 'snoozed' ? 0 : group.lines.length), 0)
}

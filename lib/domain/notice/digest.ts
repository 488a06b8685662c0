/** Makes the daily digest a message, and says when it is due; what is in it comes from "My work". */
import type { Message } from '@/lib/domain/message/message'
import { addDays, instantAt, wallAt, weekdayOf } from '@/lib/domain/series/wall-clock'
import type { Digest } from '@/lib/domain/work/digest'
import type { WorkGroup } from '@/lib/domain/work/view'
import type { WorkingHours } from '@/lib/domain/working-time'

/** A digest that is later than this is left out: the next one says it all. */
const LATE_MS = 6 * 3_600_000
const MOST_LINES = 10

/**
 * The day, as the zone has it, whose digest is due at an instant; null when none is. In: `at` as HH:MM. A clock that jumps over the hour still finds it,
 * for six hours; the same day is named all that time, so that whoever tells it once tells it once.
 */
export function digestDay(now: Date, at: string, zone: string): string | null {
  const today = wallAt(zone, now.getTime()).slice(0, 10)
  for (const date of [today, addDays(today, -1)]) {
    const due = Date.parse(instantAt(zone, `${date}T${at}`))
    if (now.getTime() >= due && now.getTime() < due + LATE_MS) return date
  }
  return null
}

/** The same for a team: when its working day begins, on none of its days off. */
export function teamDigestDay(now: Date, hours: WorkingHours): string | null {
  const date = digestDay(now, hours.from, hours.zone)
  return date !== null && hours.days.includes(weekdayOf(date)) && !hours.holidays?.includes(date) ? date : null
}

/** A person's digest as an e-mail: what to do next by groups, then what changed. Null when it would be empty. */
export function personDigest(digest: Digest, now: Date): Message | null {
  if (digest.isEmpty) return null
  const more = (count: number): readonly string[] => (count > 0 ? [`… and ${count} more`] : [])
  const changed = [...digest.changed.map((line) => `· ${line.words}`), ...more(digest.moreChanged)]
  const next = [...digest.next.map((line) => `· ${line.words}${line.dueAt === null ? '' : `, due ${line.dueAt.slice(0, 10)}`}`), ...more(digest.moreNext)]
  return {
    eventKind: 'digest', title: `Gatehouse: ${digest.subject}`, sentence: digest.greeting, whatChanged: changed.join('\n') || 'Nothing since yesterday.',
    whoActsNext: next.join('\n') || 'Nothing waits for you.', path: '/my-work', linkLabel: 'Open my work', teams: [], happenedAt: now.toISOString(), pace: 'alone',
  }
}

/** A team's digest for its channel, grouped by what there is to do. In: the groups without what is snoozed; whom to call. Null when nothing waits. */
export function teamDigest(team: { readonly id: string; readonly name: string }, groups: readonly WorkGroup[], calls: readonly string[], now: Date): Message | null {
  const shown = groups.filter((group) => group.key !== 'snoozed' && group.lines.length > 0)
  const count = shown.reduce((sum, group) => sum + group.lines.length, 0)
  if (count === 0) return null
  const lines = shown.flatMap((group) => [`${group.name} (${group.lines.length})`, ...group.lines.slice(0, MOST_LINES).map((line) => `· ${[line.code, line.title].filter((part) => part !== '').join(': ')}${line.dueAt === null ? '' : `, due ${line.dueAt.slice(0, 10)}`}`), ...(group.lines.length > MOST_LINES ? [`· … and ${group.lines.length - MOST_LINES} more`] : [])])
  return {
    eventKind: 'digest', title: `${count === 1 ? '1 thing waits' : `${count} things wait`} for ${team.name}`, sentence: shown.map((group) => `${group.name}: ${group.lines.length}`).join(', '),
    whatChanged: lines.join('\n'), whoActsNext: team.name, path: '/my-work', linkLabel: 'Open my work', teams: [team.id], happenedAt: now.toISOString(), pace: 'alone',
    ...(calls.length > 0 ? { calls: [...calls] } : {}),
  }
}

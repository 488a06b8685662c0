/** The digest of one person: what changed for them, and what to do next; pure, so that mail, chat and the screen say the same. */
import { formatPlural } from '@/lib/domain/format'
import { groupsOf, waitingCount } from './groups'
import type { DigestChange, WorkGroupKey, WorkLine } from './view'

/** How many lines of each kind a digest says before it counts the rest. */
const MOST_NEXT = 8
const MOST_CHANGES = 10

export interface DigestInput {
  readonly name: string
  /** From when on changes are told. */
  readonly since: string
  readonly now: string
  readonly lines: readonly WorkLine[]
  readonly changes: readonly DigestChange[]
}

export interface DigestLine {
  readonly words: string
  /** A path within the product; the sender puts its public address before it. */
  readonly href: string
  readonly dueAt: string | null
}

export interface Digest {
  /** "2 overdue, 3 to sign": the line of a message that says it all. */
  readonly subject: string
  readonly greeting: string
  readonly counts: readonly { readonly key: WorkGroupKey; readonly name: string; readonly count: number }[]
  readonly next: readonly DigestLine[]
  readonly moreNext: number
  readonly changed: readonly DigestLine[]
  readonly moreChanged: number
  /** Nothing waits and nothing changed: there is no reason to send it. */
  readonly isEmpty: boolean
  readonly since: string
}

const IN_SUBJECT: Readonly<Partial<Record<WorkGroupKey, string>>> = { overdue: 'overdue', sign: 'to sign', agree: 'to agree to', confirm: 'to confirm', answer: 'to answer', act: 'to do' }

function wordsOf(line: WorkLine): string {
  return [line.title, line.code === '' ? '' : `(${[line.code, line.modelName].filter(Boolean).join(' ')})`].filter(Boolean).join(' ')
}

/** In: who, what waits for them, what happened since. Out: the digest, the most pressing first; counts are those of the page “My work”. */
export function digestOf({ name, since, lines, changes }: DigestInput): Digest {
  const groups = groupsOf(lines)
  const waiting = groups.filter((group) => group.key !== 'snoozed')
  const next = waiting.flatMap((group) => group.lines.map((line): DigestLine => ({ words: group.key === 'overdue' ? `Overdue: ${wordsOf(line)}` : wordsOf(line), href: line.href, dueAt: line.dueAt })))
  const told = changes.filter((change) => change.at > since).toSorted((a, b) => b.at.localeCompare(a.at))
  const count = waitingCount(groups)
  return {
    subject: count > 0 ? waiting.map((group) => `${group.lines.length} ${IN_SUBJECT[group.key] ?? ''}`.trim()).join(', ') : told.length > 0 ? `${formatPlural(told.length, 'change')}, nothing waits for you` : 'Nothing waits for you',
    greeting: count > 0 ? `${name}, ${formatPlural(count, 'thing waits', 'things wait')} for you.` : `${name}, nothing waits for you.`,
    counts: waiting.map((group) => ({ key: group.key, name: group.name, count: group.lines.length })),
    next: next.slice(0, MOST_NEXT), moreNext: Math.max(0, next.length - MOST_NEXT),
    changed: told.slice(0, MOST_CHANGES).map((change) => ({ words: `${change.code}: ${change.words}`, href: change.href, dueAt: null })), moreChanged: Math.max(0, told.length - MOST_CHANGES),
    isEmpty: count === 0 && told.length === 0, since,
  }
}

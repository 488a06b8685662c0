/** Reads from releases what answers the tests of the rubric: each line that carries a code, how it stands, who did it, and until when it counts. Pure. */
import { watchedVerdict } from '@/lib/domain/live/line-verdict'
import type { LiveState } from '@/lib/domain/live/state'
import { itemStanding, type ItemStatus } from '@/lib/domain/release/item-standing'
import type { ItemState, ReleaseState } from '@/lib/domain/release/state'
import type { ItemTemplate } from '@/lib/domain/template/template'
import type { Feed } from './score'

const DAY = 86_400_000
/** The paper says "repeatedly" and gives no number: what a system did counts for a quarter, what people wrote down for a year. */
export const AUTOMATIC_DAYS = 90
export const MANUAL_DAYS = 365

const STANDINGS: Readonly<Record<ItemStatus, Feed['standing']>> = {
  met: 'met', expired: 'met', failed: 'failed', open: 'open', inconclusive: 'open', 'no-data': 'open', idle: 'open', error: 'open', 'due-later': 'open',
  'awaits-counter-signature': 'open', waived: 'left', 'not-applicable': 'left', 'not-asked': 'left',
}

interface Answer {
  readonly at: string | null
  readonly isAutomatic: boolean
  readonly days: number
}

/** Who answered it, and how long that counts. `isPerson` tells people from pipelines. */
function answerOf(state: ReleaseState, item: ItemState, isPerson: (id: string) => boolean): Answer {
  const by = (at: string, who: string, days?: number): Answer => ({ at, isAutomatic: !isPerson(who), days: days ?? (isPerson(who) ? MANUAL_DAYS : AUTOMATIC_DAYS) })
  const none: Answer = { at: null, isAutomatic: false, days: MANUAL_DAYS }
  switch (item.kind) {
    case 'check': return item.check ? by(item.check.at, item.check.by) : none
    case 'value': {
      const piece = item.evidence.at(-1)
      return item.value ? by(item.value.at, item.value.by, item.ask?.validDays) : piece ? by(piece.at, piece.by) : none
    }
    case 'evidence': {
      // A report that a pipeline posted speaks for itself; a link that somebody pasted was done by hand.
      const piece = item.evidence.findLast((one) => one.kind === 'result' && !isPerson(one.by)) ?? item.evidence.at(-1)
      return piece ? { ...by(piece.at, piece.by), isAutomatic: piece.kind === 'result' && !isPerson(piece.by) } : none
    }
    // How long a gate trusts a reading is shorter than how long it shows that the test exists.
    case 'metric': return item.verdict ? { at: item.verdict.at, isAutomatic: true, days: Math.max(item.metric?.rule.validDays ?? 0, AUTOMATIC_DAYS) } : none
    case 'computed': return { at: state.stableAt ?? state.rollout?.startedAt ?? state.decisions.findLast((one) => one.itemId === item.id)?.at ?? null, isAutomatic: true, days: AUTOMATIC_DAYS }
  }
}

function feedsOfLine(state: ReleaseState, gateId: string, line: ItemTemplate, live: LiveState | undefined, isPerson: (id: string) => boolean, now: Date): readonly Feed[] {
  const item = state.items[line.id]
  if (!item || line.rubric.length === 0) return []
  const { status } = itemStanding(state, line, now)
  // A standing item of the version that is live is measured on: its last turn there says how it stands, and it does not expire.
  const watched = item.metric?.mode === 'standing' ? watchedVerdict(state, live, item.id) : null
  const answer = answerOf(state, item, isPerson)
  const standing = watched ? (watched.verdict === 'pass' ? 'met' : watched.verdict === 'fail' ? 'failed' : STANDINGS[status]) : STANDINGS[status]
  const at = watched?.at ?? answer.at
  const isLive = watched !== null || (item.metric?.mode === 'standing' && state.rollout !== null && state.end === null && state.stableAt === null)
  const expiresAt = at === null || isLive ? null : new Date(Date.parse(at) + answer.days * DAY).toISOString()
  return line.rubric.map((code) => ({
    code, itemId: item.id, title: item.title, kind: item.kind, releaseId: state.id, releaseCode: state.code, gateId, standing, isAutomatic: answer.isAutomatic, at, expiresAt, isOpenRelease: state.end === null,
  }))
}

/** Evidence of older releases has expired, or was answered anew. */
const MOST_RELEASES = 24

/** The releases that a model's score rests on: those that were opened last, oldest first. */
export function newestReleases<R extends Pick<ReleaseState, 'openedAt'>>(releases: readonly R[]): readonly R[] {
  return releases.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt)).slice(-MOST_RELEASES)
}

/** Whether what a release says of the model still counts: not when it was given up or taken back. */
export function doesCount(state: ReleaseState): boolean {
  return state.end === null || state.end.kind === 'closed'
}

/**
 * Everything in the releases of one model that answers a test, or could. In: the releases, what is live by environment, who is a person, the instant.
 * Out: one entry per line and test; releases that were cancelled, superseded or rolled back say nothing.
 */
export function feedsOf(releases: readonly ReleaseState[], lives: readonly LiveState[], isPerson: (id: string) => boolean, now: Date): readonly Feed[] {
  return releases.filter(doesCount).flatMap((state) => {
    const live = lives.find((one) => one.environmentId === state.environmentId)
    return state.template.gates.flatMap((gate) => gate.items.flatMap((line) => feedsOfLine(state, gate.id, line, live, isPerson, now)))
  })
}

/** Makes the agenda from the state of releases: what blocks, what is late, what needs a decision, what changed; ordered by what blocks the most. Pure. */
import { actionState } from '@/lib/domain/work/action-rule'
import type { TeamId } from '@/lib/domain/actor'
import { withoutStop } from '@/lib/domain/format'
import { listOf } from '@/lib/domain/policy'
import { confirmAt, confirmationStanding } from '@/lib/domain/release/confirmation'
import { staleCause, type GateStanding } from '@/lib/domain/release/gate-standing'
import { readRelease, type ReleaseReading } from '@/lib/domain/release/phase'
import { openProposals } from '@/lib/domain/release/roll-back-proposal'
import { missingWords } from '@/lib/domain/release/sign-off-rule'
import type { ReleaseState } from '@/lib/domain/release/state'
import { ballsOf, movableGates, waitersOf } from '@/lib/domain/release/waiting'
import { wordsOf, type Reveal } from '@/lib/domain/text'
import { changesOf } from './changes'
import { LINE_KINDS, type LineKind } from './state'

export interface AgendaLine {
  /** Names the matter, so that it is recognised at the next check-in. */
  readonly key: string
  /** Keys of everything that was merged into this line, its own among them. */
  readonly matters: readonly string[]
  readonly kind: LineKind
  readonly releaseId: string
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly gateId: string | null
  readonly gateNumber: number | null
  readonly itemId: string | null
  /** Teams that it waits for. */
  readonly who: readonly TeamId[]
  readonly ownerId: string | null
  /** Since when it waits or holds, ISO. */
  readonly since: string | null
  readonly dueAt: string | null
}

export interface AgendaWords {
  readonly reveal: Reveal
  readonly teamName: (team: TeamId) => string
}

/** What is due within this time is spoken of now: the next check-in may come after it. */
const AHEAD_MS = 7 * 86_400_000

/** Where a line leads: the gate of the release and in it the item, its actions, or one of its decisions. */
export function lineHref(line: { readonly kind: string; readonly key: string | null; readonly code: string | null; readonly gateId: string | null; readonly itemId: string | null }): string | null {
  if (line.code === null) return null
  // Its key ends with the number of the decision.
  if (line.kind === 'confirmation') return `/releases/${line.code}/decisions/${line.key?.split(' ').at(-1) ?? ''}`
  if (line.gateId === null) return `/releases/${line.code}${line.kind === 'action' || line.kind === 'condition' ? '#actions' : ''}`
  return `/releases/${line.code}?gate=${encodeURIComponent(line.gateId)}${line.itemId === null ? '' : `#item-${line.itemId}`}`
}

/** All lines of one release. In: the release, the instant from which changes are told, now, the words of seals and teams. Out: at most one line per gate, unordered. */
export function linesOf(state: ReleaseState, since: string, now: Date, words: AgendaWords): readonly AgendaLine[] {
  const reading = readRelease(state, [], now)
  const make = (kind: LineKind, matter: string, line: Partial<AgendaLine> & Pick<AgendaLine, 'title'>): AgendaLine => ({
    detail: '', gateId: null, gateNumber: null, itemId: null, who: [], ownerId: null, since: null, dueAt: null, ...line,
    key: `${state.id} ${matter}`, matters: [`${state.id} ${matter}`], kind, releaseId: state.id, code: state.code,
  })
  const changed = changesOf(state, reading, since)
  const told = changed.length > 0 ? [make('changed', 'changed', { title: changed.join(', '), detail: 'since the last check-in' })] : []
  const actions = [...actionLines(state, now, words, make), ...confirmationLines(state, now, words, make)]
  if (state.end) return withChanges(actions, told)
  if (state.rollBack && !state.rollBack.confirmed) {
    const to = state.rollBack.to ? `rolling back to ${state.rollBack.to.label}` : 'switching off'
    return withChanges([make('rolling-back', 'roll-back', { title: to, detail: wordsOf(state.rollBack.reason, words.reveal), who: ['ops'], since: state.rollBack.at }), ...actions], told)
  }
  const ofGates = [...overlays(state, reading, now, words, make), ...gateLines(state, reading, now, words, make), ...waiverLines(state, now, make)]
  return withChanges([...mergedByGate(ofGates), ...actions], told)
}

/** What changed is said with the gravest line of the release; it stands alone where there is nothing else to speak of. */
function withChanges(lines: readonly AgendaLine[], told: readonly AgendaLine[]): readonly AgendaLine[] {
  const [first, ...more] = inOrder(lines)
  const [changed] = told
  if (!first || !changed) return [...lines, ...told]
  return [{ ...first, detail: [first.detail, `since the last check-in: ${changed.title}`].filter((one) => one !== '').join('; '), matters: [...first.matters, changed.key] }, ...more]
}

/**
 * What concerns one gate is spoken of once: the gravest matter gives the line its kind, title, key, link and time, and the others stand
 * in its detail. In: lines of one release. Out: at most one line per gate; lines without a gate as they are.
 */
export function mergedByGate(lines: readonly AgendaLine[]): readonly AgendaLine[] {
  const gates = [...new Set(lines.map((line) => line.gateId))]
  return gates.flatMap((gateId) => {
    const own = inOrder(lines.filter((line) => line.gateId === gateId))
    const [first, ...more] = own
    if (!first || gateId === null || more.length === 0) return own
    const told = more.map((line) => (line.detail === '' ? line.title : `${line.title} (${line.detail})`))
    return [{
      ...first, detail: [first.detail, ...told].filter((one) => one !== '').map(withoutStop).join('; '), matters: own.map((line) => line.key),
      who: [...new Set(own.flatMap((line) => line.who))], dueAt: first.dueAt ?? own.map((line) => line.dueAt).filter((at) => at !== null).toSorted()[0] ?? null,
    }]
  })
}

/** Lines in the order in which they are spoken of: by what blocks the most, then the longest wait, then the nearest date. */
export function inOrder(lines: readonly AgendaLine[]): readonly AgendaLine[] {
  const rank = (line: AgendaLine) => LINE_KINDS.indexOf(line.kind)
  const at = (line: AgendaLine) => (line.kind === 'waiver' || line.kind === 'condition' || line.kind === 'action' || line.kind === 'confirmation' ? line.dueAt : (line.since ?? line.dueAt)) ?? '9'
  return lines.toSorted((a, b) => rank(a) - rank(b) || compare(at(a), at(b)) || compare(a.code, b.code) || compare(a.key, b.key))
}

type Make = (kind: LineKind, matter: string, line: Partial<AgendaLine> & Pick<AgendaLine, 'title'>) => AgendaLine

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function lower(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}

/** What lies over the whole release: metrics past their limit, a hold, a target date that has passed. */
function overlays(state: ReleaseState, reading: ReleaseReading, now: Date, words: AgendaWords, make: Make): readonly AgendaLine[] {
  const number = (gateId: string) => reading.gates.find((standing) => standing.gate.id === gateId)?.gate.number ?? null
  const balls = ballsOf(state).filter((ball) => ball.on !== 'clock' && ball.on !== 'hold')
  const proposed = openProposals(state).filter((one) => !reading.atRisk.some((item) => item.itemId === one.itemId)).map((one) => make('at-risk', `proposed ${one.causeId}`, {
    title: `a roll-back is proposed: ${lower(one.title)}`, detail: one.reason, who: ['ops'], since: one.since,
  }))
  const risk = reading.atRisk.map((item) => make('at-risk', `risk ${item.itemId}`, {
    title: `at risk: ${lower(item.title)}`, detail: `${withoutStop(item.reason)}; a roll-back is proposed`, gateId: item.gateId, gateNumber: number(item.gateId), itemId: item.itemId, who: ['ops'], since: item.since,
  }))
  const [ball] = balls
  const gate = ball ? { gateId: ball.gateId, gateNumber: number(ball.gateId) } : {}
  const held = state.hold ? [make('held', 'hold', { title: 'on hold', detail: wordsOf(state.hold.reason, words.reveal), since: state.hold.at, ...gate })] : []
  const isLate = reading.isInFlight && state.targetAt !== null && Date.parse(state.targetAt) <= now.getTime()
  const late = isLate ? [make('overdue', 'target', { title: 'the target date has passed', detail: 'a new date, or what to drop', who: teamsOf(balls.map((one) => one.on)), since: state.targetAt, dueAt: state.targetAt, ...gate })] : []
  return [...risk, ...proposed, ...held, ...late]
}

function teamsOf(waiters: readonly string[]): readonly TeamId[] {
  return [...new Set(waiters)].filter((on) => on !== 'clock' && on !== 'hold' && on !== 'freeze' && on !== 'outside')
}

/** One line per gate that people have to move: the gravest thing that is wrong with it. */
function gateLines(state: ReleaseState, reading: ReleaseReading, now: Date, words: AgendaWords, make: Make): readonly AgendaLine[] {
  return movableGates(reading).flatMap((standing) => {
    const { gate } = standing
    const who = teamsOf(waitersOf(state, standing))
    const since = ballsOf(state).find((ball) => ball.gateId === gate.id)?.since ?? null
    const dueAt = standing.state.dueAt
    const at = { gateId: gate.id, gateNumber: gate.number, who, since, dueAt }
    const line = (kind: LineKind, title: string, detail: string, more: Partial<AgendaLine> = {}) => [make(kind, `gate ${gate.id}`, { title, detail, ...at, ...more })]
    const [rejection] = standing.rejections
    if (rejection) return line('rejected', `${lower(gate.name)} is rejected`, wordsOf(rejection.reason, words.reveal), { who: [rejection.team], since: rejection.at })
    const lack = lackOf(state, standing, words)
    if (gate.isDecision) return line('decision', 'decision needed', lack.detail || 'every gate before it is passed')
    if (standing.status === 'stale') {
      const count = standing.stale.length
      const cause = staleCause(standing.stale, (parts) => `${parts.join(', ')} changed`)
      return line('stale', count === 1 ? '1 sign-off is stale' : `${count} sign-offs are stale`, cause, { who: teamsOf(standing.stale.flatMap((entry) => entry.signOff.teams)) })
    }
    if (dueAt !== null && Date.parse(dueAt) <= now.getTime()) return line('overdue', `${lower(gate.name)} is overdue`, lack.title.replace(`${lower(gate.name)}: `, ''))
    return who.length === 0 ? [] : line('blocked', lack.title, lack.detail, { itemId: lack.itemId })
  })
}

function lackOf(state: ReleaseState, standing: GateStanding, words: AgendaWords): { readonly title: string; readonly detail: string; readonly itemId: string | null } {
  const { gate, unsettled } = standing
  const title = (itemId: string) => lower(state.items[itemId]?.title ?? itemId)
  const [first] = unsettled
  if (!state.rollout && gate.phase === 'rollout') return { title: 'the rollout waits to be started', detail: 'approved', itemId: null }
  if (first && unsettled.length === 1) {
    const ending = first.status === 'failed' ? 'fails' : first.status === 'expired' ? 'has expired' : 'is missing'
    return { title: `${title(first.itemId)} ${ending}`, detail: first.reason, itemId: first.itemId }
  }
  if (first) {
    const named = unsettled.slice(0, 2).map((line) => title(line.itemId))
    return { title: `${lower(gate.name)}: ${unsettled.length} items are open`, detail: unsettled.length > 2 ? `${named.join(', ')} and ${unsettled.length - 2} more` : named.join(' and '), itemId: null }
  }
  const missing = listOf(standing.reading.missing.map((one) => missingWords(one, words.teamName)), 'and')
  return { title: `${lower(gate.name)} waits for sign-off`, detail: missing === '' ? '' : `from ${missing}`, itemId: null }
}

/** Waivers that end soon, have ended, or wait for approval. */
function waiverLines(state: ReleaseState, now: Date, make: Make): readonly AgendaLine[] {
  return Object.values(state.items).flatMap((item) => {
    const gate = state.template.gates.find((one) => one.id === item.gateId)
    const until = item.waiver ? Date.parse(item.waiver.until) : Number.POSITIVE_INFINITY
    if (!item.waiver || !gate) return []
    const at = { gateId: gate.id, gateNumber: gate.number, itemId: item.id, who: [gate.ownerTeam], since: item.waiver.requestedAt, dueAt: item.waiver.until }
    if (item.waiver.state === 'requested') return until > now.getTime() ? [make('waiver', `waiver ${item.id}`, { title: `the waiver of ${item.id} waits for approval`, detail: lower(item.title), ...at })] : []
    if (until > now.getTime() + AHEAD_MS) return []
    return [make('waiver', `waiver ${item.id}`, { title: `the waiver of ${item.id} ${until <= now.getTime() ? 'has ended' : 'ends soon'}`, detail: lower(item.title), ...at })]
  })
}

const SOURCES = {
  condition: 'condition of the go', manual: 'action', decision: 'action from a decision', 'roll-back': 'action after a roll-back', rejection: 'action from a rejection', waiver: 'action from a waiver',
  'check-in': 'action from a check-in', 'break-glass': 'action after a break-glass', watch: 'action from the standing watch',
} as const

/** Conditions of the go and other actions that are due by the next check-in, or late; what sleeps comes back by itself. */
function actionLines(state: ReleaseState, now: Date, words: AgendaWords, make: Make): readonly AgendaLine[] {
  return state.actions.filter((action) => actionState(action, now) === 'open' && (action.dueAt === null || Date.parse(action.dueAt) <= now.getTime() + AHEAD_MS)).map((action) => {
    const isLate = action.dueAt !== null && Date.parse(action.dueAt) <= now.getTime()
    const source = SOURCES[action.source]
    return make(action.source === 'condition' ? 'condition' : 'action', `action ${action.id}`, {
      title: wordsOf(action.title, words.reveal), detail: isLate ? `${source}, overdue` : source, who: action.team ? [action.team] : [], ownerId: action.ownerId, since: action.at, dueAt: action.dueAt,
    })
  })
}

/** Decisions of which somebody said when to look again, and that day has come; asked of the first who decided. */
function confirmationLines(state: ReleaseState, now: Date, words: AgendaWords, make: Make): readonly AgendaLine[] {
  return state.decisions.filter((decision) => confirmationStanding(decision, now) === 'due').map((decision) => make('confirmation', `confirmation ${decision.number}`, {
    title: `whether D-${decision.number} held: ${wordsOf(decision.title, words.reveal)}`, detail: decision.confirmation ? wordsOf(decision.confirmation.how, words.reveal) : '',
    ownerId: decision.deciders[0]?.personId ?? decision.by, since: decision.at, dueAt: confirmAt(decision),
  }))
}

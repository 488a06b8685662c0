/** A release in one row: what the board, lists and the status page show, computed when it changes; ages and sealed words are filled in when it is read. */
import type { MarkState, RailGate } from '@/lib/domain/rail'
import type { Phase, ReleaseReading } from './phase'
import { readRelease } from './phase'
import { railOf } from './rail-of'
import { sentenceOf, type SentencePart } from './sentence'
import type { ReleaseState } from './state'
import { ballsOf, waitSpans, type WaitSpan } from './waiting'

export interface ReleaseCard {
  readonly id: string
  readonly code: string
  readonly modelId: string
  readonly modelName: string
  readonly versionLabel: string
  readonly environmentId: string
  readonly environmentName: string
  readonly orchestrator: string
  readonly phase: Phase
  readonly isInFlight: boolean
  readonly risk: string
  readonly gates: readonly RailGate[]
  /** Texts may hold `⟦since …⟧`, `⟦team …⟧` and `⟦seal …⟧` marks; see `fillMarks`. */
  readonly sentence: readonly SentencePart[]
  readonly balls: readonly { readonly on: string; readonly gateId: string; readonly since: string }[]
  /** When each team was waited for in the last seven days: instants in ms, `null` while it still waits. Clipped to the week when it is read. */
  readonly waits: Readonly<Record<string, readonly WaitSpan[]>>
  readonly pill: { readonly state: MarkState | 'idle'; readonly label: string }
  readonly targetAt: string | null
  readonly overdueAt: string | null
  readonly share: number | null
  readonly openSignOffs: readonly string[]
  readonly headline: { readonly itemId: string; readonly title: string; readonly unit: string; readonly limit: number | null } | null
  readonly atRisk: boolean
  readonly isOnHold: boolean
  readonly isStale: boolean
  readonly freezeExceptions: readonly { readonly freezeId: string; readonly until: string }[]
  readonly lastEventAt: string
  readonly computedAt: string
}

/**
 * The shape of a card and of its brief. Raise it with every change of what they hold: rows of another shape are not read, and made anew
 * when a server starts.
 */
export const CARD_SHAPE = 2

/** What the board counts, filters and orders by, written short: of 500 releases it reads this, and the whole card of the rows that it shows. */
export interface CardBrief extends Pick<ReleaseCard, 'id' | 'code' | 'modelId' | 'modelName' | 'environmentId' | 'environmentName' | 'phase' | 'atRisk'> {
  /** The word of its pill. */
  readonly label: string
  /** Whom it waits for, and since when (epoch milliseconds), in the order of the card's balls. */
  readonly balls: readonly (readonly [on: string, since: number])[]
  /** When each team was waited for in the last seven days and is no more. */
  readonly waited: Readonly<Record<string, readonly WaitSpan[]>>
  /** Epoch milliseconds. */
  readonly targetAt: number | null
  readonly overdueAt: number | null
}

/** The brief of a card. */
export function briefOf(card: ReleaseCard): CardBrief {
  const { id, code, modelId, modelName, environmentId, environmentName, phase, atRisk, pill, balls, waits, targetAt, overdueAt } = card
  const over = Object.entries(waits).map(([team, spans]) => [team, spans.filter(([, to]) => to !== null)] as const)
  return {
    id, code, modelId, modelName, environmentId, environmentName, phase, atRisk, label: pill.label,
    balls: balls.map(({ on, since }) => [on, Date.parse(since)]), waited: Object.fromEntries(over.filter(([, spans]) => spans.length > 0)),
    targetAt: targetAt === null ? null : Date.parse(targetAt), overdueAt: overdueAt === null ? null : Date.parse(overdueAt),
  }
}

const WEEK = 7 * 86_400_000

const MARK = /⟦(since|team|seal) ([^⟧]+)⟧/g

export interface MarkWords {
  readonly age: (since: string) => string
  readonly teamName: (team: string) => string
  readonly reveal: (hash: string) => string
}

/** Fills the marks of a card's text. In: the text; how an age reads, what a team is called, how a seal is revealed. */
export function fillMarks(text: string, words: MarkWords): string {
  return text.replace(MARK, (_whole, kind: string, value: string) => (kind === 'since' ? words.age(value) : kind === 'team' ? words.teamName(value) : words.reveal(value)))
}

/** The seals that a card's sentence holds. */
export function sealsOf(card: ReleaseCard): readonly string[] {
  return card.sentence.flatMap((part) => [...part.text.matchAll(MARK)].flatMap(([, kind, value]) => (kind === 'seal' && value ? [value] : [])))
}

const LABEL: Readonly<Record<Phase, string>> = {
  preparing: 'Preparing', ready: 'Ready', approved: 'Approved', 'rolling-out': 'Rolling out', soaking: 'Soaking', stable: 'Stable',
  'rolling-back': 'Rolling back', 'rolled-back': 'Rolled back', cancelled: 'Cancelled', superseded: 'Superseded', closed: 'Closed',
}

/** The word and colour that say how it stands: what lies over the phase comes first. */
export function pillOf(state: ReleaseState, reading: ReleaseReading, now: Date): ReleaseCard['pill'] {
  if (state.end) return { state: state.end.kind === 'rolled-back' ? 'failed' : 'idle', label: LABEL[reading.phase] }
  if (reading.phase === 'rolling-back') return { state: 'failed', label: 'Rolling back' }
  if (reading.isHalted || reading.atRisk.length > 0) return { state: 'risk', label: 'At risk' }
  if (state.hold) return { state: 'held', label: 'On hold' }
  if (reading.phase === 'stable') return { state: 'passed', label: 'Stable' }
  if (reading.gates.some((g) => g.status === 'failed' || g.status === 'rejected')) return { state: 'failed', label: reading.gates.some((g) => g.status === 'rejected') ? 'Rejected' : 'Failed' }
  if (reading.gates.some((g) => g.status === 'stale')) return { state: 'stale', label: 'Stale' }
  if (isOverdue(state, reading, now)) return { state: 'waiting', label: 'Overdue' }
  if (reading.freeze && (reading.phase === 'approved' || reading.phase === 'rolling-out')) return { state: 'held', label: 'Frozen' }
  if (reading.phase === 'ready') return { state: 'waiting', label: 'Ready' }
  if (reading.phase === 'rolling-out' || reading.phase === 'soaking') return { state: 'soaking', label: reading.soak ? 'Soaking' : LABEL[reading.phase] }
  if (reading.phase === 'approved') return { state: 'passed', label: 'Approved' }
  return { state: 'open', label: reading.gates.some((g) => g.status === 'waiting') ? 'Preparing' : 'Open' }
}

/** The first due date that has passed or will pass: the target's, or that of an open gate. */
export function overdueAt(state: ReleaseState, reading: ReleaseReading): string | null {
  if (!reading.isInFlight) return null
  const open = reading.gates.filter((g) => g.status !== 'passed' && g.status !== 'passed-with-waivers' && g.state.dueAt !== null).flatMap((g) => g.state.dueAt ?? [])
  return [...open, ...(state.targetAt ? [state.targetAt] : [])].toSorted()[0] ?? null
}

export function isOverdue(state: ReleaseState, reading: ReleaseReading, now: Date): boolean {
  const at = overdueAt(state, reading)
  return at !== null && Date.parse(at) <= now.getTime()
}

/** The metric that a row shows: the one at risk, else latency, else errors, else the first that is measured. */
function headlineOf(state: ReleaseState, reading: ReleaseReading): ReleaseCard['headline'] {
  const metric = Object.values(state.items).filter((item) => item.metric !== null && item.verdict !== null)
  const risk = reading.atRisk[0]?.itemId
  const pick = metric.find((item) => item.id === risk)
    ?? metric.find((item) => item.metric?.presetRole === 'latency-p95' && (item.metric.mode === 'standing') === (state.rollout !== null))
    ?? metric.find((item) => item.metric?.presetRole === 'error-ratio') ?? metric[0]
  if (!pick?.metric) return null
  const { rule, binding } = pick.metric
  // At full traffic nothing is beside the candidate any more.
  const isBeside = state.baseline !== null && binding === 'target' && state.steps[state.rollout?.stepIndex ?? 0]?.share !== 100
  return { itemId: pick.id, title: pick.title, unit: rule.timesStable && isBeside ? '×' : rule.unit, limit: (isBeside ? rule.timesStable : undefined) ?? rule.threshold }
}

/** In: the release and the instant. Out: its row. What others decide (names of teams, freezes of the environment) is filled in when it is read. */
export function cardOf(state: ReleaseState, now: Date): ReleaseCard {
  const reading = readRelease(state, [], now)
  const teams = [...new Set(state.waits.map((wait) => wait.on))]
  const words = {
    teamName: (team: string) => `⟦team ${team}⟧`,
    reveal: (hash: string) => `⟦seal ${hash}⟧`,
    age: (since: string) => `⟦since ${since}⟧`,
  }
  const since = new Date(now.getTime() - WEEK)
  return {
    id: state.id, code: state.code, modelId: state.modelId, modelName: state.modelName, versionLabel: state.candidate.label,
    environmentId: state.environmentId, environmentName: state.environmentName, orchestrator: state.orchestrator,
    phase: reading.phase, isInFlight: reading.isInFlight, risk: state.risk,
    gates: railOf(state, reading, []).gates, sentence: sentenceOf(state, reading, words, now), balls: ballsOf(state),
    waits: Object.fromEntries(teams.map((team) => [team, waitSpans(state, team, since)])),
    pill: pillOf(state, reading, now), targetAt: state.targetAt, overdueAt: overdueAt(state, reading), share: state.rollout?.share?.percent ?? null,
    openSignOffs: reading.gates.filter((g) => g.missingNeeds.length === 0 && g.unsettled.length === 0 && !g.reading.isMet).map((g) => g.gate.id),
    headline: headlineOf(state, reading), atRisk: reading.isHalted || reading.atRisk.length > 0, isOnHold: state.hold !== null, isStale: reading.gates.some((g) => g.status === 'stale'),
    freezeExceptions: state.freezeExceptions.map(({ freezeId, until }) => ({ freezeId, until })),
    lastEventAt: state.changedAt, computedAt: now.toISOString(),
  }
}

/** When the clock next changes what the card says: a soak that runs, a due date, the end of a waiver or of a snapshot; `null`: nothing by the clock. */
export function nextTurn(state: ReleaseState, now: Date): Date | null {
  const times: number[] = []
  if (state.rollout?.soak && !state.stableAt && !state.end) times.push(now.getTime() + 60_000)
  if (state.targetAt) times.push(Date.parse(state.targetAt))
  for (const gate of Object.values(state.gates)) if (gate.dueAt) times.push(Date.parse(gate.dueAt))
  for (const item of Object.values(state.items)) {
    if (item.waiver) times.push(Date.parse(item.waiver.until))
    if (item.value && item.ask?.validDays) times.push(Date.parse(item.value.at) + item.ask.validDays * 86_400_000)
  }
  // A measured condition that fails past its day proposes a roll-back.
  for (const action of state.actions) if (action.itemId !== undefined && action.dueAt !== null && !action.done) times.push(Date.parse(action.dueAt))
  const next = times.filter((time) => time > now.getTime()).toSorted((a, b) => a - b)[0]
  return next === undefined || state.end ? null : new Date(next)
}

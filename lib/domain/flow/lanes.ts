/** The way of one release as lanes of teams: who had which gate when, what was signed, and what lay over all of it; names of gates and teams only, no person and no free text. */
import { courseOf, progressOf } from '@/lib/domain/release/course'
import type { Course } from '@/lib/domain/release/course-state'
import { readRelease, type Freeze, type Phase } from '@/lib/domain/release/phase'
import type { DecisionKind, ReleaseState } from '@/lib/domain/release/state'
import { coveredMs } from '@/lib/domain/release/waiting'
import type { GateTemplate } from '@/lib/domain/template/template'
import { union, type Span } from '@/lib/domain/working-time'
import { finishedOf, waitsUntil } from './finished'
import type { Standing } from './forecast'
import type { FlowTeam } from './insights'

/** How a gate stood while it waited for a team; `clock`: for measuring or soaking, nobody's hand was needed. */
export type SegmentKind = 'waiting' | 'stale' | 'rejected' | 'failed' | 'clock'

/** Instants in ms. */
export interface Segment {
  readonly from: number
  readonly to: number
  readonly kind: SegmentKind
  /** In the team's working hours; of the clock: elapsed. */
  readonly workingMs: number
  /** Still on when the picture was made. */
  readonly isOn: boolean
}

export interface LaneRow {
  readonly gateId: string
  readonly number: number
  readonly name: string
  readonly segments: readonly Segment[]
  readonly signs: readonly { readonly at: number; readonly kind: 'signed' | 'withdrawn' | 'rejected' }[]
}

export interface Lane {
  readonly team: Pick<FlowTeam, 'id' | 'name' | 'shape'>
  /** The union of its waits in its working hours (PRODUCT rule 24), and elapsed. */
  readonly workingMs: number
  readonly elapsedMs: number
  readonly rows: readonly LaneRow[]
}

export interface Band {
  readonly kind: 'hold' | 'freeze' | 'at-risk'
  readonly from: number
  readonly to: number
}

export interface Milestone {
  readonly at: number
  readonly kind: 'go' | 'no-go' | 'defer' | 'rollout' | 'stood-down' | 'roll-back' | 'rolled-back' | 'stable' | 'cancelled' | 'superseded' | 'candidate'
  readonly label: string
}

export interface Traffic {
  readonly from: number
  readonly to: number
  readonly share: number
  readonly isWayBack: boolean
}

export interface Lanes {
  readonly code: string
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly phase: Phase
  readonly from: number
  readonly to: number
  /** Whether it still moves: the picture ends now. */
  readonly isMoving: boolean
  readonly lanes: readonly Lane[]
  readonly bands: readonly Band[]
  readonly traffic: readonly Traffic[]
  readonly milestones: readonly Milestone[]
}

const ms = (iso: string) => Date.parse(iso)

const KINDS: Readonly<Record<string, SegmentKind>> = { stale: 'stale', rejected: 'rejected', failed: 'failed' }

/** Cuts a wait where its gate turned, so that each piece has one state. */
function pieces(course: Course, gateId: string, [from, to]: Span): readonly { readonly span: Span; readonly kind: SegmentKind }[] {
  const turns = course.turns.filter((turn) => turn[1] === gateId).map(([at, , status]) => ({ at: ms(at), status }))
  const cuts = [from, ...turns.map((turn) => turn.at).filter((at) => at > from && at < to), to]
  const found: { span: Span; kind: SegmentKind }[] = []
  for (const [i, start] of cuts.entries()) {
    const end = cuts[i + 1]
    if (end === undefined || end <= start) continue
    const kind = KINDS[turns.findLast((turn) => turn.at <= start)?.status ?? ''] ?? 'waiting'
    const last = found.at(-1)
    if (last && last.kind === kind && last.span[1] === start) found[found.length - 1] = { span: [last.span[0], end], kind }
    else found.push({ span: [start, end], kind })
  }
  return found
}

function rowOf(state: ReleaseState, course: Course, gate: GateTemplate, team: FlowTeam, waits: ReturnType<typeof waitsUntil>, until: number): LaneRow | null {
  const own = state.gates[gate.id]
  const isOwner = gate.ownerTeam === team.id
  const mine = waits.filter((wait) => wait[0] === gate.id && wait[1] === team.id).map(([, , from, to]): Span => [from, to])
  const clock = isOwner ? waits.filter((wait) => wait[0] === gate.id && wait[1] === 'clock').map(([, , from, to]): Span => [from, to]) : []
  const isMoving = finishedOf(state) === null
  const segments = [
    ...mine.flatMap((span) => pieces(course, gate.id, span)).map(({ span, kind }): Segment => ({ from: span[0], to: span[1], kind, workingMs: coveredMs([span], new Date(span[0]), new Date(span[1]), team.workingHours), isOn: isMoving && span[1] === until })),
    ...clock.map(([from, to]): Segment => ({ from, to, kind: 'clock', workingMs: to - from, isOn: isMoving && to === until })),
  ].toSorted((a, b) => a.from - b.from)
  const signed = (own?.signOffs ?? []).filter((one) => one.teams.includes(team.id) || (one.teams.length === 0 && isOwner))
  const signs = [
    ...signed.map((one) => ({ at: ms(one.at), kind: 'signed' as const })), ...signed.flatMap((one) => (one.withdrawn ? [{ at: ms(one.withdrawn.at), kind: 'withdrawn' as const }] : [])),
    ...(own?.rejections ?? []).filter((one) => one.team === team.id).map((one) => ({ at: ms(one.at), kind: 'rejected' as const })),
  ].filter((one) => one.at <= until).toSorted((a, b) => a.at - b.at)
  return segments.length + signs.length === 0 ? null : { gateId: gate.id, number: gate.number, name: gate.shortName, segments, signs }
}

const DECISIONS: Partial<Record<DecisionKind, readonly [Milestone['kind'], string]>> = {
  go: ['go', 'Go'], 'go-with-conditions': ['go', 'Go with conditions'], 'no-go': ['no-go', 'No-go'], defer: ['defer', 'Deferred'],
}

function milestonesOf(state: ReleaseState, course: Course): readonly Milestone[] {
  const decided = state.decisions.flatMap((one): Milestone[] => {
    const known = DECISIONS[one.kind]
    return known ? [{ at: ms(one.at), kind: known[0], label: known[1] }] : []
  })
  const moved = course.traffic.flatMap(({ at, kind }): Milestone[] => (kind === 'live' ? [] : [{ at: ms(at), kind: kind === 'started' ? 'rollout' : 'stood-down', label: kind === 'started' ? 'Rollout' : 'Stood down' }]))
  const { rollBack, stableAt, end } = state
  return [
    ...decided, ...moved, ...state.previousCandidates.map((one): Milestone => ({ at: ms(one.replacedAt), kind: 'candidate', label: 'New candidate' })),
    ...(rollBack ? [{ at: ms(rollBack.at), kind: 'roll-back', label: 'Roll-back' } as const] : []), ...(rollBack?.confirmed ? [{ at: ms(rollBack.confirmed.at), kind: 'rolled-back', label: 'Rolled back' } as const] : []),
    ...(stableAt ? [{ at: ms(stableAt), kind: 'stable', label: 'Stable' } as const] : []),
    ...(end?.kind === 'cancelled' ? [{ at: ms(end.at), kind: 'cancelled', label: 'Cancelled' } as const] : []), ...(end?.kind === 'superseded' ? [{ at: ms(end.at), kind: 'superseded', label: 'Superseded' } as const] : []),
  ].toSorted((a, b) => a.at - b.at)
}

function trafficOf(state: ReleaseState, course: Course, until: number): readonly Traffic[] {
  const back = state.rollBack ? ms(state.rollBack.at) : null
  const gone = state.rollBack?.confirmed ? ms(state.rollBack.confirmed.at) : until
  const turns = course.traffic.map(({ at, kind, share }) => ({ at: ms(at), share: kind === 'live' ? share : 0 }))
  const steps = turns.flatMap(({ at, share }, i): Traffic[] => (share === 0 ? [] : [{ from: at, to: Math.min(turns[i + 1]?.at ?? until, back ?? until), share, isWayBack: false }]))
  const last = steps.at(-1)
  return [...steps, ...(back === null || !last ? [] : [{ from: back, to: gone, share: last.share, isWayBack: true }])].filter((one) => one.to > one.from)
}

/** The lanes at an instant. In: the release, the teams in the order of the rail, the environment's freezes, now. What the follow-up takes after stable is not in them. */
export function lanesOf(state: ReleaseState, teams: readonly FlowTeam[], freezes: readonly Freeze[], now: Date): Lanes {
  const course = courseOf(state)
  const finished = finishedOf(state)
  const from = ms(state.openedAt)
  const until = finished?.finishedAt ?? now.getTime()
  const waits = waitsUntil(state, until)
  const clip = ([start, end]: Span): Span => [Math.max(from, start), Math.min(until, end)]
  const bands = (kind: Band['kind'], spans: readonly Span[]): readonly Band[] => union(spans.map(clip)).map(([start, end]): Band => ({ kind, from: start, to: end }))
  return {
    code: state.code, model: state.modelName, version: state.candidate.label, environment: state.environmentName, phase: readRelease(state, [], now).phase, from, to: Math.max(until, from + 1), isMoving: finished === null,
    lanes: teams.flatMap((team): Lane[] => {
      const rows = state.template.gates.flatMap((gate) => rowOf(state, course, gate, team, waits, until) ?? [])
      const spans = waits.filter((wait) => wait[1] === team.id).map(([, , start, end]): Span => [start, end])
      const covered = (hours: FlowTeam['workingHours'] | null) => coveredMs(spans, new Date(from), new Date(until), hours)
      return rows.length === 0 ? [] : [{ team: { id: team.id, name: team.name, shape: team.shape }, workingMs: covered(team.workingHours), elapsedMs: covered(null), rows }]
    }),
    bands: [
      ...bands('hold', waits.filter((wait) => wait[1] === 'hold').map(([, , start, end]): Span => [start, end])),
      ...bands('freeze', freezes.map((freeze): Span => [ms(freeze.from), ms(freeze.to)])), ...bands('at-risk', course.atRisk.map(([start, end]): Span => [ms(start), end === null ? until : ms(end)])),
    ],
    traffic: trafficOf(state, course, until), milestones: milestonesOf(state, course).filter((one) => one.at <= until),
  }
}

/** Where a release in preparation stands for the forecast of its go; `null` once it has one, or has ended. */
export function standingOf(state: ReleaseState, now: Date): Standing | null {
  const { phase } = readRelease(state, [], now)
  if (phase !== 'preparing' && phase !== 'ready') return null
  const last = progressOf(state).at(-1)
  return { share: last?.[1] ?? 0, since: last?.[0] ?? ms(state.openedAt), templateId: state.template.id }
}

/** What every rule of a release needs at hand while it decides: the state, who acts, the instant, and short forms for events and refusals. */
import type { Actor, TeamId } from '@/lib/domain/actor'
import { actorId } from '@/lib/domain/actor'
import type { Blocker, Change, Outcome, Refusal } from '@/lib/domain/aggregate'
import { refuse } from '@/lib/domain/aggregate'
import { may, type About } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'
import type { GateTemplate } from '@/lib/domain/template/template'
import type { ReleaseEvent } from './events'
import { partsOf } from './fingerprint'
import { FEWER_POINTS, frozenOf } from './frozen'
import type { GateStanding } from './gate-standing'
import { readRelease, type ReleaseReading } from './phase'
import type { Decision, DecisionKind, ItemState, ReleaseState } from './state'
import type { ReleaseWorld } from './world'

export interface Ruling {
  readonly world: ReleaseWorld
  readonly state: ReleaseState
  readonly reading: ReleaseReading
  readonly actor: Actor
  readonly by: string
  readonly now: Date
  readonly at: string
  /** An id for something that the command does not name; unique within the release, since versions of the record only grow. */
  readonly freshId: (kind: string) => string
}

export function rulingOn(world: ReleaseWorld, state: ReleaseState, actor: Actor, now: Date): Ruling {
  const at = now.toISOString()
  const by = actorId(actor)
  return {
    world, state, actor, by, now, at,
    reading: readRelease(state, world.environment?.freezes ?? [], now),
    freshId: (kind) => `${kind}-${by}-${now.getTime()}`,
  }
}

type Bare<T> = T extends ReleaseEvent ? Omit<T, 'v' | 'at' | 'by'> : never

/** Stamps events with version, instant and actor. */
export function events(ruling: Ruling, ...bare: readonly Bare<ReleaseEvent>[]): Change {
  const stamped = bare.map((event): ReleaseEvent => ({ v: 1, at: ruling.at, by: ruling.by, ...event }))
  return { kind: 'release', id: ruling.world.id, events: stamped }
}

/** Accepts with events on the release alone. */
export function happened(ruling: Ruling, ...bare: readonly Bare<ReleaseEvent>[]): Outcome {
  return { ok: true, changes: [events(ruling, ...bare)] }
}

export type BareEvent = Bare<ReleaseEvent>

/** The policy row for this actor, teams named. Out: `null` when it may. */
export function forbidden(ruling: Ruling, action: ActionName, about: About = {}): Outcome | null {
  const teamNames = Object.fromEntries(ruling.world.teams.map((team) => [team.id, team.name]))
  const answer: true | Refusal = may(ruling.actor, action, { modelId: ruling.state.modelId, teamNames, ...about })
  return answer === true ? null : { ok: false, refusal: answer }
}

export function teamWords(ruling: Ruling, team: TeamId): string {
  return ruling.world.teams.find((known) => known.id === team)?.name ?? team
}

export function personName(ruling: Ruling, id: string): string {
  return ruling.world.people.find((person) => person.id === id)?.name ?? 'someone'
}

/** The gate, or a refusal that it is not in this checklist. */
export function gateOf(ruling: Ruling, gateId: string): GateStanding | Outcome {
  return ruling.reading.gates.find((standing) => standing.gate.id === gateId) ?? refuse('not-found', `There is no gate "${gateId}" in this release.`)
}

export interface Line {
  readonly item: ItemState
  readonly standing: GateStanding
}

/** The item with its gate, or a refusal: unknown, or not asked at this risk. */
export function itemOf(ruling: Ruling, itemId: string): Line | Outcome {
  const item = ruling.state.items[itemId]
  const standing = item && ruling.reading.gates.find((g) => g.gate.id === item.gateId)
  if (!item || !standing) return refuse('not-found', `There is no item "${itemId}" in this release.`)
  if (!standing.items.some((line) => line.itemId === itemId)) return refuse('blocked', `Item ${itemId} is not asked at ${ruling.state.risk} risk.`)
  return { item, standing }
}

export function isOutcome(value: object): value is Outcome {
  return 'ok' in value
}

/** Owners of a gate, first the leading one. */
export function ownersOf(gate: GateTemplate): readonly TeamId[] {
  return [gate.ownerTeam, ...(gate.coOwnerTeams ?? [])]
}

/** What stands between a gate and passing, as links for the screen. */
export function blockersOf(state: ReleaseState, standing: GateStanding): readonly Blocker[] {
  const { gate } = standing
  const items = standing.unsettled.map((line): Blocker => ({
    code: `item-${line.status}`, gateId: gate.id, itemId: line.itemId,
    message: `${line.itemId} ${state.items[line.itemId]?.title ?? ''}${line.reason ? `: ${line.reason}` : ''}`,
  }))
  const rejected = standing.rejections.map((r): Blocker => ({ code: 'rejected', gateId: gate.id, team: r.team, message: `Gate ${gate.number} ${gate.name} is rejected` }))
  if (items.length + rejected.length > 0) return [...rejected, ...items]
  return [{ code: `gate-${standing.status}`, gateId: gate.id, message: `Gate ${gate.number} ${gate.name} is ${standing.status}` }]
}

export interface DecisionWords {
  readonly kind: DecisionKind
  readonly title: string
  readonly reason: string
}

/** A decision with everything frozen in: parts, gate standings, metric verdicts (rule 8). */
export function decisionOf(ruling: Ruling, words: DecisionWords, more: Partial<Decision> = {}): Decision {
  const { state } = ruling
  const self = { personId: ruling.by, name: freeText(ruling.actor.name) }
  return {
    number: ruling.world.nextDecision, kind: words.kind, title: freeText(words.title), reason: freeText(words.reason),
    options: [], deciders: [self], consulted: [], informed: [], consequences: null, confirmation: null,
    gateId: null, itemId: null, until: null, by: ruling.by, at: ruling.at,
    parts: partsOf(state),
    gates: ruling.reading.gates.map((standing) => ({ gateId: standing.gate.id, status: standing.status })),
    metrics: Object.values(state.items).flatMap((item) => {
      const verdict = frozenOf(state, item, ruling.world.readings?.get(item.id), FEWER_POINTS)
      return verdict ? [{ itemId: item.id, verdict }] : []
    }),
    supersedes: null, supersededBy: null, checkInId: null, ...more,
  }
}

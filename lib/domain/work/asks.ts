/** What a release asks a second person to agree to: waivers, lines that do not apply, looser rules; and who may answer each. */
import type { PersonActor, TeamId } from '@/lib/domain/actor'
import { may } from '@/lib/domain/policy'
import type { ReleaseState } from '@/lib/domain/release/state'
import { ruleUnder } from '@/lib/domain/template/template'

export interface Ask {
  readonly id: string
  readonly kind: 'waiver' | 'not-applicable' | 'change'
  readonly gateId: string | null
  readonly itemId: string | null
  /** What it is about: the item's title, or what changes. */
  readonly about: string
  readonly by: string
  /** Teams of who asks, where a member of another one answers; teams that sign the gate of a waiver. */
  readonly teams: readonly TeamId[]
  readonly isSmallTeam: boolean
  readonly since: string
  /** Until when the waiver would hold. */
  readonly until: string | null
}

/** Everything that is asked and not answered. Out: none once the release has ended. */
export function asksOf(state: ReleaseState): readonly Ask[] {
  if (state.end) return []
  const isSmallTeam = state.separation === 'small-team'
  const items = state.template.gates.flatMap((gate) => gate.items.flatMap((line): readonly Ask[] => {
    const item = state.items[line.id]
    if (!item) return []
    const base = { gateId: gate.id, itemId: item.id, about: item.title, isSmallTeam, until: null }
    const { waiver, notApplicable } = item
    return [
      ...(waiver?.state === 'requested' ? [{ ...base, id: `waiver:${item.id}`, kind: 'waiver' as const, by: waiver.requestedBy, teams: ruleUnder(gate, state.separation).teams.map((one) => one.team), since: waiver.requestedAt, until: waiver.until }] : []),
      ...(notApplicable && !notApplicable.counterSignedBy ? [{ ...base, id: `not-applicable:${item.id}`, kind: 'not-applicable' as const, by: notApplicable.by, teams: [notApplicable.byTeam], since: notApplicable.at }] : []),
    ]
  }))
  const changes = state.proposals.map((one): Ask => {
    const { change } = one
    const about = change.kind === 'risk' ? `Lower the risk to ${change.risk}` : change.kind === 'template' ? `Adopt revision ${change.revision} of the checklist` : `Change what ${change.itemId} ${state.items[change.itemId]?.title ?? ''} asks`
    return { id: `change:${one.id}`, kind: 'change', gateId: change.kind === 'item' ? (state.items[change.itemId]?.gateId ?? null) : null, itemId: change.kind === 'item' ? change.itemId : null, about, by: one.by, teams: one.byTeams, isSmallTeam, since: one.at, until: null }
  })
  return [...items, ...changes]
}

/** Whether this person may answer it; the command decides once more (rules 10 and 11). */
export function mayAnswer(ask: Ask, actor: PersonActor, teamCount: number, now: Date): boolean {
  if (ask.by === actor.personId || actor.memberships.length === 0) return false
  if (ask.kind === 'waiver') {
    if (ask.until !== null && Date.parse(ask.until) <= now.getTime()) return false
    return may(actor, ask.isSmallTeam || ask.teams.length >= teamCount ? 'release.approve-waiver-small-team' : 'release.approve-waiver', { teams: ask.teams }) === true
  }
  return actor.memberships.some((one) => !ask.teams.includes(one.team))
}

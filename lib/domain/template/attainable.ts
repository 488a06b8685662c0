/** Tells which sign-off rules today's members cannot meet, and the ways out (PRODUCT rule 3). */
import type { Membership } from '@/lib/domain/actor'
import { ruleUnder, type GateTemplate, type SignOffRule } from './template'

export interface Signer {
  readonly id: string
  readonly memberships: readonly Membership[]
}

export interface UnmetRule {
  readonly gateId: string
  readonly gateNumber: number
  readonly gateName: string
  /** One sentence: what is missing. */
  readonly message: string
  readonly waysOut: readonly string[]
}

type Policy = 'strict' | 'small-team'

/** In: the gates, the separation policy of the release's tier, the people who are not archived, readable team names. Out: one entry per gate that cannot be signed. */
export function unmetRules(
  gates: readonly GateTemplate[], policy: Policy, people: readonly Signer[], teamName: (team: string) => string = (team) => team,
): readonly UnmetRule[] {
  return gates.flatMap((gate) => {
    const missing = missingFor(ruleUnder(gate, policy), policy, gate.isDecision === true, people, teamName)
    return missing === null ? [] : [{ gateId: gate.id, gateNumber: gate.number, gateName: gate.name, ...missing }]
  })
}

function missingFor(rule: SignOffRule, policy: Policy, isDecision: boolean, people: readonly Signer[], teamName: (team: string) => string) {
  const inTeam = (team: string) => people.filter((person) => person.memberships.some((m) => m.team === team))
  for (const { team, count } of rule.teams) {
    const there = inTeam(team).length
    if (there < count) {
      return {
        message: `It needs ${count} from ${teamName(team)}, which has ${there === 0 ? 'nobody' : there}.`,
        waysOut: [`Add ${count - there === 1 ? 'a person' : `${count - there} people`} to ${teamName(team)}.`, CHANGE_RULE],
      }
    }
  }
  // Who is in no team signs nothing.
  const members = people.filter((person) => person.memberships.length > 0)
  const extra = rule.counterSignatures ?? 0
  const places = rule.teams.map(({ team, count }) => ({ count, by: inTeam(team) }))
  const least = Math.max(isDecision ? 2 : 1, ...rule.teams.map((one) => one.count + extra))
  if (members.length < least) return tooFew(least, members.length)
  const wanted = places.reduce((sum, { count }) => sum + count, extra)
  if (policy === 'small-team') {
    return isFillable(places, 2, members, extra) ? null : {
      message: `It has ${wanted} places to sign, and one person stands for two teams at most; there are too few people in its teams.`,
      waysOut: ['Add a person to one of its teams.', CHANGE_RULE],
    }
  }
  const distinct = mostFilled([...places, { count: extra, by: members }], 1)
  if (distinct >= wanted) return null
  return {
    message: `It needs ${wanted} different people, one for each team; today’s members can fill ${distinct}.`,
    waysOut: ['Add a person to one of its teams.', 'Set the separation policy of this tier to small-team; a second person confirms it.', 'Choose a lower risk tier where that is true.'],
  }
}

const CHANGE_RULE = 'Change the sign-off rule of the template; a second lead or admin confirms it.'

function tooFew(needed: number, there: number) {
  return { message: `It needs ${needed} different people; there ${there === 1 ? 'is' : 'are'} ${there}.`, waysOut: ['Invite another person.'] }
}

interface Places {
  readonly count: number
  /** Who may stand there, each once. */
  readonly by: readonly Signer[]
}

/** Whether everybody finds a place while so many others are left who counter-sign. People with the same teams are tried once. */
function isFillable(places: readonly Places[], most: number, members: readonly Signer[], extra: number): boolean {
  if (extra === 0) return mostFilled(places, most) === places.reduce((sum, { count }) => sum + count, 0)
  const alike = new Map(members.map((member) => [member.memberships.map((m) => m.team).sort().join(), member]))
  return [...alike.values()].some((one) => isFillable(places.map(({ count, by }) => ({ count, by: by.filter((member) => member.id !== one.id) })), most, members.filter((member) => member.id !== one.id), extra - 1))
}

/** How many places can be filled at once when a person fills at most so many, and each kind once: augmenting paths, as places and people are few. */
function mostFilled(places: readonly Places[], most: number): number {
  const standing = new Map<string, Set<number>>()
  const fill = (kind: number, seen: Set<string>): boolean => {
    for (const { id } of places[kind]?.by ?? []) {
      const stands = standing.get(id) ?? new Set<number>()
      if (seen.has(id) || stands.has(kind)) continue
      seen.add(id)
      // A free hand, or one of the places that the person fills is filled by somebody else.
      const given = stands.size < most ? null : [...stands].find((other) => fill(other, seen))
      if (given === undefined) continue
      if (given !== null) stands.delete(given)
      standing.set(id, stands.add(kind))
      return true
    }
    return false
  }
  return places.reduce((filled, { count }, kind) => filled + Array.from({ length: count }, () => fill(kind, new Set())).filter(Boolean).length, 0)
}

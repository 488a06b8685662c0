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
        waysOut: [`Add ${count - there === 1 ? 'a person' : `${count - there} people`} to ${teamName(team)}.`, `Change the sign-off rule of the template; a second lead or admin confirms it.`],
      }
    }
  }
  const extra = rule.counterSignatures ?? 0
  if (policy === 'small-team') {
    const least = Math.max(isDecision ? 2 : 1, ...rule.teams.map((one) => one.count)) + extra
    return people.length >= least ? null : tooFew(least, people.length)
  }
  const slots = rule.teams.flatMap(({ team, count }) => Array.from({ length: count }, () => inTeam(team).map((person) => person.id)))
  const all = people.map((person) => person.id)
  const distinct = mostDistinct([...slots, ...Array.from({ length: extra }, () => all)])
  const wanted = slots.length + extra
  if (distinct >= wanted) return null
  return {
    message: `It needs ${wanted} different people, one for each team; today’s members can fill ${distinct}.`,
    waysOut: ['Add a person to one of its teams.', 'Set the separation policy of this tier to small-team; a second person confirms it.', 'Choose a lower risk tier where that is true.'],
  }
}

function tooFew(needed: number, there: number) {
  return { message: `It needs ${needed} different people; there ${there === 1 ? 'is' : 'are'} ${there}.`, waysOut: ['Invite another person.'] }
}

/** The most slots that different people can fill at once: augmenting paths, as slots and people are few. */
function mostDistinct(slots: readonly (readonly string[])[]): number {
  const takenBy = new Map<string, number>()
  const place = (slot: number, seen: Set<string>): boolean => {
    for (const person of slots[slot] ?? []) {
      if (seen.has(person)) continue
      seen.add(person)
      const holder = takenBy.get(person)
      if (holder === undefined || place(holder, seen)) {
        takenBy.set(person, slot)
        return true
      }
    }
    return false
  }
  return slots.filter((_, index) => place(index, new Set())).length
}

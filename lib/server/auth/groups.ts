/** Turns the groups of an identity provider's claim into places in teams (by group id; a missing claim gives no role). */
import 'server-only'
import type { Membership } from '@/lib/domain/actor'
import type { GroupMapping } from '@/lib/domain/installation/state'

/**
 * In: the claim as the provider sent it, and the mappings of the installation. Out: the memberships; where two groups give places
 * in one team, the lead's. Anything but a list of texts counts as missing: some providers omit the claim for people in many groups.
 */
export function membershipsOfGroups(claim: unknown, mappings: readonly GroupMapping[]): readonly Membership[] {
  const groups = new Set(Array.isArray(claim) ? claim.filter((group) => typeof group === 'string') : [])
  const places = new Map<string, Membership['role']>()
  for (const { groupId, team, role } of mappings) {
    if (groups.has(groupId) && places.get(team) !== 'lead') places.set(team, role)
  }
  return [...places].map(([team, role]) => ({ team, role }))
}

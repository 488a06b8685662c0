/** The warning about rules that cannot be met says the same as the rule itself, tried with everything that people could sign. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readRule, type Signature } from '@/lib/domain/release/sign-off-rule'
import { unmetRules, type Signer } from './attainable'
import { ML_RELEASE } from './shipped'
import type { GateTemplate, SignOffRule } from './template'

const TEAMS = ['product', 'data-science', 'ops']
const rule = fc.record({ counts: fc.uniqueArray(fc.record({ team: fc.constantFrom(...TEAMS), count: fc.integer({ min: 1, max: 2 }) }), { selector: (one) => one.team, maxLength: 3 }), extra: fc.constantFrom(0, 0, 1, 2) })
  .map(({ counts, extra }): SignOffRule => ({ teams: counts, counterSignatures: extra }))
const crew = fc.array(fc.subarray(TEAMS), { minLength: 1, maxLength: 4 })
  .map((sets) => sets.map((teams, at): Signer => ({ id: `p${at}`, memberships: teams.map((team) => ({ team, role: 'member' })) })))

/** What one person could put under a gate: nothing, a counter-signature, or a sign-off for some of their teams. Who is in no team signs nothing. */
function choicesOf({ id, memberships }: Signer, most: number): readonly (Signature | null)[] {
  if (memberships.length === 0) return [null]
  const teams = memberships.map((one) => one.team)
  const sets = [[], ...teams.map((team) => [team]), ...(most > 1 ? teams.flatMap((a, at) => teams.slice(at + 1).map((b) => [a, b])) : [])]
  return [null, ...sets.map((of) => ({ by: id, teams: of, isAuthor: false, isBreakGlass: false }))]
}

function canBeMet(asked: SignOffRule, policy: 'strict' | 'small-team', people: readonly Signer[], isDecision: boolean): boolean {
  const tries = people.map((one) => choicesOf(one, policy === 'strict' ? 1 : 2))
  const search = (at: number, signed: readonly Signature[]): boolean => {
    const own = tries[at]
    if (own === undefined) return signed.length > 0 && readRule(asked, policy, signed, isDecision).isMet
    return own.some((one) => search(at + 1, one === null ? signed : [...signed, one]))
  }
  return search(0, [])
}

it.each(['strict', 'small-team'] as const)('agrees with the rule under %s', (policy) => {
  const [shape] = ML_RELEASE.gates
  if (!shape) throw new Error('no gate')
  fc.assert(fc.property(rule, crew, fc.boolean(), (asked, people, isDecision) => {
    const gate: GateTemplate = { ...shape, rule: asked, smallTeamRule: asked, isDecision }
    expect(unmetRules([gate], policy, people).length === 0).toBe(canBeMet(asked, policy, people, isDecision))
  }), { numRuns: 250, seed: 11 })
})

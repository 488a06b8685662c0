/** Who must sign a gate, who has, and who is missing, under either separation policy (PRODUCT rule 3). */
import type { TeamId } from '@/lib/domain/actor'
import type { SignOffRule } from '@/lib/domain/template/template'
import type { Separation } from './state'

/** One valid sign-off as the rule sees it. */
export interface Signature {
  readonly by: string
  readonly teams: readonly TeamId[]
  readonly isAuthor: boolean
  readonly isBreakGlass: boolean
}

export type Missing =
  | { readonly kind: 'team'; readonly team: TeamId; readonly count: number }
  | { readonly kind: 'counter-signature'; readonly count: number }
  | { readonly kind: 'not-an-author' }
  | { readonly kind: 'second-person' }

export interface RuleReading {
  readonly isMet: boolean
  readonly teams: readonly { readonly team: TeamId; readonly needed: number; readonly by: readonly string[] }[]
  readonly missing: readonly Missing[]
}

/** Latest signature of each person: one person counts once per gate. */
function distinct(signatures: readonly Signature[]): readonly Signature[] {
  return [...new Map(signatures.map((signature) => [signature.by, signature])).values()]
}

/**
 * Reads a rule against the signatures that are valid now.
 * In: the rule that counts under the policy, the policy, the signatures, and whether the gate makes the decision (a go always has two people).
 * Out: who stands for which team, and what is missing. A person stands for at most one team under `strict`, for at most two under `small-team`.
 */
export function readRule(rule: SignOffRule, separation: Separation, signatures: readonly Signature[], isDecision: boolean): RuleReading {
  const people = distinct(signatures)
  const most = separation === 'strict' ? 1 : 2
  const teams = rule.teams.map(({ team, count }) => ({
    team, needed: count, by: people.filter((person) => person.teams.slice(0, most).includes(team)).map((person) => person.by),
  }))
  const missing: Missing[] = []
  for (const { team, needed, by } of teams) if (by.length < needed) missing.push({ kind: 'team', team, count: needed - by.length })
  const needsCounter = rule.counterSignatures ?? 0
  const asked = teams.reduce((sum, { needed, by }) => sum + Math.min(needed, by.length), 0)
  if (needsCounter > 0 && missing.length === 0 && people.length < Math.min(asked, people.length) + needsCounter) {
    const counted = new Set(teams.flatMap(({ needed, by }) => by.slice(0, needed)))
    const extra = people.filter((person) => !counted.has(person.by)).length
    if (extra < needsCounter) missing.push({ kind: 'counter-signature', count: needsCounter - extra })
  }
  if (missing.length === 0 && people.every((person) => person.isAuthor)) {
    // Strict: the author cannot be the only approver. Small-team: an author's sign-off wants a counter-signature from anyone else.
    if (separation === 'strict') missing.push({ kind: 'not-an-author' })
    else if (people.length < 2) missing.push({ kind: 'counter-signature', count: 1 })
  }
  if (isDecision && missing.length === 0 && people.length < 2) missing.push({ kind: 'second-person' })
  return { isMet: missing.length === 0, teams, missing }
}

/** What is missing, as words after "waits for": "1 Ops", "a counter-signature". */
export function missingWords(missing: Missing, teamName: (team: TeamId) => string): string {
  switch (missing.kind) {
    case 'team': return missing.count === 1 ? teamName(missing.team) : `${missing.count} from ${teamName(missing.team)}`
    case 'counter-signature': return missing.count === 1 ? 'a counter-signature' : `${missing.count} counter-signatures`
    case 'not-an-author': return 'someone who did not supply the evidence'
    case 'second-person': return 'a second person'
  }
}

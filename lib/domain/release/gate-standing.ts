/** How each gate stands at an instant, derived from the record and the clock: passed, open, stale, failed, and whom it waits for. */
import type { TeamId } from '@/lib/domain/actor'
import type { GateTemplate, SignOffRule } from '@/lib/domain/template/template'
import { ruleUnder } from '@/lib/domain/template/template'
import type { GateStatus } from './course-state'
import { differences, partsOf, pickParts, type PartDifference } from './fingerprint'
import { gateItems, type ItemStanding } from './item-standing'
import { readRule, type RuleReading, type Signature } from './sign-off-rule'
import type { Decision, GateState, Rejection, ReleaseState, Seen, SignOff } from './state'

export type { GateStatus } from './course-state'

export interface StaleSignOff {
  readonly signOff: SignOff
  readonly parts: readonly PartDifference[]
  /** Items that read otherwise now than the signer saw them. */
  readonly items: readonly string[]
  /** What unmade it where neither a part nor an item changed: a gate that it needs was reopened, or the rollout began again. */
  readonly overtakenBy: 'reopening' | 'restart' | null
}

/** Why sign-offs of a gate are stale, as the clause before their number. */
export function staleCause(stale: readonly StaleSignOff[], changed: (parts: readonly string[]) => string): string {
  const parts = [...new Set(stale.flatMap((entry) => entry.parts.map((part) => part.part)))]
  if (parts.length > 0) return changed(parts)
  if (stale.some((entry) => entry.items.length > 0)) return 'an item changed'
  return stale.some((entry) => entry.overtakenBy === 'restart') ? 'the rollout began again' : 'a gate before it was reopened'
}

export interface GateStanding {
  readonly gate: GateTemplate
  readonly state: GateState
  readonly status: GateStatus
  readonly items: readonly ItemStanding[]
  readonly unsettled: readonly ItemStanding[]
  readonly rule: SignOffRule
  readonly reading: RuleReading
  readonly valid: readonly SignOff[]
  readonly stale: readonly StaleSignOff[]
  readonly rejections: readonly Rejection[]
  readonly waived: number
  /** What a signer would see now; goes with the sign-off, and the server refuses it when it has changed (rule 2). */
  readonly seen: Seen
  readonly missingNeeds: readonly string[]
}

export function isPassed(standing: Pick<GateStanding, 'status'>): boolean {
  return standing.status === 'passed' || standing.status === 'passed-with-waivers'
}

const LET_BE = ['waived', 'not-applicable']

/** Sign-offs on a metric item rest on the snapshot that they froze, so its later readings do not unmake them; a change of its rule does, and that people let it be. */
function itemChanged(state: ReleaseState, itemId: string, then: string, now: string): boolean {
  if (then === now) return false
  const item = state.items[itemId]
  if (item?.kind === 'metric' || item?.kind === 'computed') {
    const [statusThen = '', revisionThen] = then.split(' ')
    const [statusNow = '', revisionNow] = now.split(' ')
    return revisionThen !== revisionNow || (LET_BE.includes(statusNow) && !LET_BE.includes(statusThen))
  }
  return true
}

function staleness(state: ReleaseState, gate: GateTemplate, signOff: SignOff, seen: Seen): StaleSignOff | null {
  const now = partsOf(state)
  // A checklist that was adopted since may rest on more than the signer was shown.
  const unseen = gate.parts.filter((part) => signOff.seen.parts[part] === undefined).map((part) => ({ part, then: 'not shown', now: now[part] }))
  const parts = [...differences(signOff.seen.parts, now), ...unseen]
  const items = Object.entries(signOff.seen.items)
    .filter(([id, then]) => itemChanged(state, id, then, seen.items[id] ?? 'gone')).map(([id]) => id)
  const added = Object.keys(seen.items).filter((id) => signOff.seen.items[id] === undefined)
  const overtakenBy = isFromEarlierRollout(state, gate, signOff) ? 'restart' : isNeedReopened(state, gate, signOff) ? 'reopening' : null
  return parts.length + items.length + added.length === 0 && overtakenBy === null ? null : { signOff, parts, items: [...items, ...added], overtakenBy }
}

/** A rollout that begins again after a stand-down is judged again: what was signed of the first is history (rule 15). */
function isFromEarlierRollout(state: ReleaseState, gate: GateTemplate, signOff: SignOff): boolean {
  return (gate.phase === 'rollout' || gate.phase === 'final') && state.rollout !== null && signOff.at < state.rollout.startedAt
}

/** Rule 18: reopening cascades to the gates that need the reopened one, directly or by others; each affirms again. */
function isNeedReopened(state: ReleaseState, gate: GateTemplate, signOff: SignOff): boolean {
  return gate.needs.some((id) => {
    const need = state.template.gates.find((other) => other.id === id)
    return need !== undefined && (state.gates[id]?.reopened.some((once) => once.at >= signOff.at) === true || isNeedReopened(state, need, signOff))
  })
}

/** The go that is in force: the latest go that is not superseded, while every part is what it was. */
export function goInForce(state: ReleaseState): Decision | null {
  const go = state.decisions.filter((d) => d.kind === 'go' || d.kind === 'go-with-conditions' || d.kind === 'no-go' || d.kind === 'defer').at(-1)
  if (!go || (go.kind !== 'go' && go.kind !== 'go-with-conditions') || go.supersededBy !== null) return null
  return differences(go.parts, partsOf(state)).length === 0 ? go : null
}

function inheritedRule(rule: SignOffRule): SignOffRule {
  return { ...rule, teams: rule.teams.map(({ team }) => ({ team, count: 1 })), counterSignatures: 0 }
}

/** A snapshot item that passed when it was signed stays met for its days, whatever staging says later (rule 7). */
function asFrozen(state: ReleaseState, item: ItemStanding, valid: readonly SignOff[], now: Date): ItemStanding {
  const ask = state.items[item.itemId]?.metric
  if (ask?.mode !== 'snapshot') return item
  const days = ask.rule.validDays ?? 30
  const frozen = valid.some((signOff) => signOff.snapshot.some((piece) => piece.itemId === item.itemId && piece.verdict.verdict === 'pass'
    && Date.parse(signOff.at) + days * 86_400_000 > now.getTime()))
  return frozen ? { ...item, status: 'met', isSettled: true, reason: 'as it was signed' } : item
}

/** Reads one gate. In: the release, the gate's template, which gates have passed, the instant. Out: its standing. Rules 1, 3, 4, 6, 10, 12. */
function standingOf(state: ReleaseState, gate: GateTemplate, passed: ReadonlySet<string>, now: Date): GateStanding {
  const own = state.gates[gate.id] ?? { id: gate.id, dueAt: null, signOffs: [], rejections: [], reopened: [], inherited: null }
  const read = gateItems(state, gate, now)
  const seen: Seen = {
    parts: pickParts(partsOf(state), gate.parts),
    items: Object.fromEntries(read.map((item) => [item.itemId, item.mark])),
  }
  const rule = own.inherited ? inheritedRule(ruleUnder(gate, state.separation)) : ruleUnder(gate, state.separation)
  const standing = own.signOffs.filter((signOff) => !signOff.withdrawn)
  const stale: StaleSignOff[] = []
  const valid: SignOff[] = []
  for (const signOff of standing) {
    const found = staleness(state, gate, signOff, seen)
    if (found) stale.push(found)
    else valid.push(signOff)
  }
  const items = read.map((item) => (item.isSettled ? item : asFrozen(state, item, valid, now)))
  // A person who signed anew has re-affirmed; their older, stale sign-off is history.
  const affirmed = new Set(valid.map((signOff) => signOff.by))
  const unaffirmed = stale.filter((entry) => !affirmed.has(entry.signOff.by))
  const signatures: Signature[] = valid.map((signOff) => ({ by: signOff.by, teams: signOff.teams, isAuthor: signOff.isAuthor, isBreakGlass: signOff.isBreakGlass }))
  const reading = readRule(rule, state.separation, signatures, gate.isDecision === true)
  const unsettled = own.inherited ? [] : items.filter((item) => !item.isSettled)
  const rejections = own.rejections.filter((rejection) => !rejection.lifted)
  const waived = items.filter((item) => item.status === 'waived' || item.status === 'not-applicable').length
  const missingNeeds = gate.needs.filter((id) => !passed.has(id) && state.template.gates.some((other) => other.id === id))
  const hasDecision = gate.isDecision !== true || goInForce(state) !== null
  const isOpen = missingNeeds.length === 0
  const status: GateStatus = rejections.length > 0 ? 'rejected'
    : isOpen && unsettled.length === 0 && reading.isMet && hasDecision ? (waived > 0 ? 'passed-with-waivers' : 'passed')
    : unaffirmed.length > 0 ? 'stale'
    : !isOpen ? 'later'
    : unsettled.some((item) => item.status === 'failed') ? 'failed'
    : valid.length > 0 || items.some((item) => item.isSettled && item.status !== 'due-later') ? 'waiting' : 'open'
  return { gate, state: own, status, items, unsettled, rule, reading, valid, stale: unaffirmed, rejections, waived, seen, missingNeeds }
}

/**
 * All gates in template order. A gate is passed only if the gates it needs are. Templates list a gate after those that it needs.
 * A release that has ended stands as it did then: nothing of it grows old any more.
 */
export function gateStandings(state: ReleaseState, now: Date): readonly GateStanding[] {
  const at = state.end && Date.parse(state.end.at) < now.getTime() ? new Date(state.end.at) : now
  const passed = new Set<string>()
  return state.template.gates.map((gate) => {
    const standing = standingOf(state, gate, passed, at)
    if (isPassed(standing)) passed.add(gate.id)
    return standing
  })
}

/** The teams that a gate asks now: owners while items are open, then those whose sign-off is missing. */
export function teamsAsked(standing: GateStanding): readonly TeamId[] {
  const owners = [standing.gate.ownerTeam, ...(standing.gate.coOwnerTeams ?? [])]
  if (standing.rejections.length > 0) return owners
  if (standing.unsettled.length > 0) {
    const lines = standing.unsettled.map((item) => standing.gate.items.find((line) => line.id === item.itemId)?.ownerTeam)
    const named = lines.filter((team) => team !== undefined)
    return [...new Set(named.length === lines.length ? named : [...owners, ...named])]
  }
  const teams = standing.reading.missing.filter((entry) => entry.kind === 'team').map((entry) => entry.team)
  if (teams.length > 0) return [...new Set(teams)]
  if (standing.reading.missing.length > 0) return owners
  return standing.gate.isDecision ? [standing.rule.chair ?? standing.gate.ownerTeam] : owners
}

/** Rules for judging a gate: sign-off, withdrawal, rejection, reopening, inheriting, break-glass (PRODUCT rules 1 to 4, 16, 18, 19). */
import { isInTeam, type TeamId } from '@/lib/domain/actor'
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { freeText } from '@/lib/domain/text'
import type { CommandOf } from './commands'
import { differences, partsOf, pickParts } from './fingerprint'
import { FEW_POINTS, frozenOf } from './frozen'
import { gateStandings, isPassed, type GateStanding } from './gate-standing'
import { blockersOf, forbidden, gateOf, happened, isOutcome, ownersOf, personName, teamWords, type BareEvent, type Ruling } from './ruling'
import type { Action, Seen, SignOff } from './state'

export type GateCommand = CommandOf<
  | 'sign-off' | 'withdraw-sign-off' | 'reject' | 'withdraw-rejection' | 'override-rejection' | 'reopen-gate' | 'inherit-gate' | 'break-glass' | 'set-due'>

function isSame(a: Readonly<Record<string, string | undefined>>, b: Readonly<Record<string, string | undefined>>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => a[key] === b[key])
}

/** Rule 2: the signer's view must be today's. Metric readings move by themselves, so only their status and rule are compared. */
export function isSeen(seen: { readonly parts: Readonly<Record<string, string | undefined>>; readonly items: Readonly<Record<string, string>> }, now: Seen): boolean {
  return isSame(seen.parts, now.parts) && isSame(seen.items, now.items)
}

function isAuthor(ruling: Ruling, standing: GateStanding, personId: string): boolean {
  if (ruling.state.candidate.registeredBy === personId) return true
  return standing.items.some((line) => {
    const item = ruling.state.items[line.itemId]
    return item?.value?.by === personId || item?.evidence.some((piece) => piece.by === personId) === true
  })
}

/** Whether a person has signed the gate already, by their own hand or by a delegate's: they count once (rule 3). */
function hasSigned(standing: GateStanding, personId: string): boolean {
  return standing.valid.some((signOff) => signOff.by === personId || signOff.onBehalfOf === personId)
}

function snapshotOf(ruling: Ruling, standing: GateStanding): SignOff['snapshot'] {
  return standing.items.flatMap((line) => {
    const item = ruling.state.items[line.itemId]
    const verdict = item ? frozenOf(ruling.state, item, ruling.world.readings?.get(line.itemId), FEW_POINTS) : null
    return verdict ? [{ itemId: line.itemId, verdict }] : []
  })
}

/** What stands in the way of any sign-off of the gate, for everyone. */
function notYet(ruling: Ruling, standing: GateStanding): Outcome | null {
  if (standing.missingNeeds.length > 0) {
    const open = ruling.reading.gates.filter((g) => standing.missingNeeds.includes(g.gate.id))
    const names = open.map((g) => `${g.gate.number} ${g.gate.name}`).join(', ')
    return refuse('blocked', `${open.length === 1 ? 'Gate' : 'Gates'} ${names} must pass first.`, open.flatMap((g) => blockersOf(ruling.state, g)))
  }
  if (standing.rejections.length > 0) return refuse('blocked', 'The gate is rejected. The rejection has to be withdrawn or overridden first.', blockersOf(ruling.state, standing))
  if (standing.unsettled.length > 0) {
    const ids = standing.unsettled.map((line) => line.itemId).join(', ')
    return refuse('blocked', `${standing.unsettled.length} ${standing.unsettled.length === 1 ? 'item' : 'items'} first: ${ids}.`, blockersOf(ruling.state, standing))
  }
  return null
}

/** The teams that the sign-off stands for: as asked, if the actor is in them; else those of the rule that the actor is in, missing ones first. */
function standsFor(ruling: Ruling, standing: GateStanding, asked: readonly TeamId[], memberOf: readonly TeamId[]): readonly TeamId[] | Outcome {
  const ruleTeams = standing.rule.teams.map((entry) => entry.team)
  const wrong = asked.filter((team) => !memberOf.includes(team))
  if (wrong.length > 0) return refuse('forbidden', `You are not in ${wrong.map((team) => teamWords(ruling, team)).join(' or ')}; sign for a team of yours.`)
  const missing = standing.reading.missing.flatMap((entry) => (entry.kind === 'team' ? [entry.team] : []))
  // The team with the fewest people first: whoever is in a large team too is left for what only they can fill.
  const size = (team: TeamId) => ruling.world.people.filter((p) => p.memberships.some((m) => m.team === team)).length
  const own = ruleTeams.filter((team) => memberOf.includes(team)).toSorted((a, b) => Number(missing.includes(b)) - Number(missing.includes(a)) || size(a) - size(b))
  const wanted = asked.length > 0 ? asked.filter((team) => ruleTeams.includes(team)) : own
  const most = ruling.state.separation === 'strict' ? 1 : 2
  if (asked.length > most) return refuse('blocked', most === 1 ? 'Under strict separation nobody stands for two teams in one gate; choose one.' : 'One person may stand for at most two teams.')
  return wanted.slice(0, most)
}

function decideSignOff(ruling: Ruling, standing: GateStanding, command: CommandOf<'sign-off'>): Outcome {
  const { actor } = ruling
  if (actor.kind !== 'person') return refuse('forbidden', 'A token can never make a human sign-off (rule 20).')
  const principal = command.onBehalfOf === null ? null : actor.delegatedBy.find((d) => d.personId === command.onBehalfOf)
  if (command.onBehalfOf !== null && !principal) return refuse('forbidden', `${personName(ruling, command.onBehalfOf)} has not made you their delegate.`)
  const memberOf = (principal ?? actor).memberships.map((m) => m.team)
  const ruleTeams = standing.rule.teams.map((entry) => entry.team)
  const isOfRule = memberOf.some((team) => ruleTeams.includes(team))
  const isCounter = !isOfRule && memberOf.length > 0 && wantsCounter(standing, ruling)
  if (!isOfRule && !isCounter) {
    const no = forbidden(ruling, 'release.sign-off', { teams: ruleTeams })
    return no ?? refuse('forbidden', `This gate is signed by ${ruleTeams.map((team) => teamWords(ruling, team)).join(', ')}.`)
  }
  const wait = notYet(ruling, standing)
  if (wait) return wait
  if (!isSeen(command.seen, standing.seen)) return refuse('stale', 'The gate changed after you opened it. Look at what it says now, and sign that.')
  const signer = principal?.personId ?? ruling.by
  if (hasSigned(standing, ruling.by) || hasSigned(standing, signer)) return refuse('exists', 'You have signed this gate already; a person counts once per gate.')
  const teams = isCounter ? [] : standsFor(ruling, standing, command.teams, memberOf)
  if (isOutcome(teams)) return teams
  return happened(ruling, ...signedOff(ruling, standing, {
    teams, comment: command.comment ? freeText(command.comment) : null, onBehalfOf: command.onBehalfOf, isBreakGlass: false,
    isAuthor: isAuthor(ruling, standing, ruling.by) || (principal !== undefined && principal !== null && isAuthor(ruling, standing, principal.personId)),
  }))
}

/** A counter-signature from anyone else is wanted by the rule, or because all signers so far are authors. */
function wantsCounter(standing: GateStanding, ruling: Ruling): boolean {
  return (standing.rule.counterSignatures ?? 0) > 0 || ruling.state.separation === 'small-team' || standing.reading.missing.some((m) => m.kind === 'not-an-author' || m.kind === 'counter-signature')
}

function signedOff(ruling: Ruling, standing: GateStanding, more: Pick<SignOff, 'teams' | 'comment' | 'onBehalfOf' | 'isBreakGlass' | 'isAuthor'>): readonly BareEvent[] {
  const signOff: SignOff = {
    id: ruling.freshId(`sign-off-${standing.gate.id}`), by: ruling.by, name: freeText(ruling.actor.name), at: ruling.at, seen: standing.seen, snapshot: snapshotOf(ruling, standing), withdrawn: null, ...more,
  }
  return [{ type: 'signed-off', gateId: standing.gate.id, signOff }]
}

function decideReject(ruling: Ruling, standing: GateStanding, reason: string): Outcome {
  const teams = [...new Set([...standing.rule.teams.map((entry) => entry.team), ...ownersOf(standing.gate)])]
  const no = forbidden(ruling, 'release.reject', { teams })
  if (no) return no
  const delegators = ruling.actor.kind === 'person' ? ruling.actor.delegatedBy : []
  const team = teams.find((one) => isInTeam(ruling.actor, one)) ?? teams.find((one) => delegators.some((d) => d.memberships.some((m) => m.team === one)))
  if (!team) return refuse('blocked', 'This gate is signed by nobody.')
  if (standing.rejections.some((r) => r.by === ruling.by)) return refuse('exists', 'You have rejected this gate already; withdraw that first.')
  return happened(ruling, {
    type: 'rejected', gateId: standing.gate.id,
    rejection: { id: ruling.freshId(`rejection-${standing.gate.id}`), by: ruling.by, name: freeText(ruling.actor.name), team, reason: freeText(reason), at: ruling.at, lifted: null, overrideAsked: [] },
  })
}

/** Rule 4: a lead of the rejecting team alone, or all other teams' leads together. */
function decideOverride(ruling: Ruling, standing: GateStanding, command: CommandOf<'override-rejection'>): Outcome {
  const rejection = standing.rejections.find((r) => r.id === command.rejectionId)
  if (!rejection) return refuse('not-found', 'There is no such rejection to override.')
  const no = forbidden(ruling, 'release.override-rejection')
  if (no) return no
  const lifted = (leads: readonly string[]): BareEvent => ({ type: 'rejection-lifted', gateId: standing.gate.id, rejectionId: rejection.id, kind: 'overridden', leads, reason: freeText(command.reason) })
  if (isInTeam(ruling.actor, rejection.team, 'lead')) return happened(ruling, lifted([ruling.by]))
  const team = ruling.actor.kind === 'person' ? ruling.actor.memberships.find((m) => m.role === 'lead')?.team : undefined
  if (!team) return refuse('forbidden', 'Only leads may override a rejection.')
  const others = ruling.world.teams.map((t) => t.id).filter((id) => id !== rejection.team && ruling.world.people.some((p) => p.memberships.some((m) => m.team === id && m.role === 'lead')))
  const asked = new Set([...rejection.overrideAsked.map((o) => o.team), ...(ruling.actor.kind === 'person' ? ruling.actor.memberships.filter((m) => m.role === 'lead').map((m) => m.team) : [])])
  const isAll = others.every((id) => asked.has(id))
  if (isAll) return happened(ruling, lifted([...rejection.overrideAsked.map((o) => o.by), ruling.by]))
  if (rejection.overrideAsked.some((o) => o.by === ruling.by)) return refuse('exists', `Your override waits for ${others.filter((id) => !asked.has(id)).map((id) => teamWords(ruling, id)).join(', ')}.`)
  return happened(ruling, { type: 'override-asked', gateId: standing.gate.id, rejectionId: rejection.id, team })
}

function decideReopen(ruling: Ruling, standing: GateStanding, reason: string): Outcome {
  const no = forbidden(ruling, 'release.reopen', { teams: [...ownersOf(standing.gate), ...standing.rule.teams.map((t) => t.team)] })
  if (no) return no
  if (ruling.state.stableAt && standing.gate.phase !== 'follow-up') return refuse('closed', 'The release is stable; its gates before that stay as they were judged.')
  if (!standing.state.signOffs.some((s) => !s.withdrawn) && !standing.state.inherited) return refuse('blocked', 'Nothing has been signed here; the gate is open.')
  return happened(ruling, { type: 'gate-reopened', gateId: standing.gate.id, reason: freeText(reason) })
}

function decideInherit(ruling: Ruling, standing: GateStanding): Outcome {
  const { ancestor } = ruling.world
  const no = forbidden(ruling, 'release.inherit', { teams: standing.rule.teams.map((t) => t.team) })
  if (no) return no
  if (!ancestor || ancestor.modelId !== ruling.state.modelId || ancestor.id === ruling.state.id) return refuse('not-found', 'Gates are inherited from another release of the same model.')
  if (standing.gate.isEnvironmentBound) return refuse('blocked', 'This gate is judged in one environment and is never inherited (rule 16).')
  const then = ancestor.gates[standing.gate.id]?.signOffs.filter((s) => !s.withdrawn) ?? []
  if (then.length === 0 || !ancestor.template.gates.some((g) => g.id === standing.gate.id)) return refuse('blocked', `The gate is not signed in ${ancestor.code}.`)
  const parts = differences(pickParts(partsOf(ancestor), standing.gate.parts), partsOf(ruling.state))
  const source = gateStandings(ancestor, new Date(ancestor.end?.at ?? ancestor.stableAt ?? ruling.at)).find((g) => g.gate.id === standing.gate.id)
  if (parts.length > 0) return refuse('blocked', `The ${parts.map((p) => p.part).join(', ')} differ from ${ancestor.code}; the gate has to be worked here.`)
  if (!ancestor.stableAt && !ancestor.decisions.some((d) => d.gates.some((g) => g.gateId === standing.gate.id && g.status.startsWith('passed')))) {
    return refuse('blocked', `The gate was not passed at a decision of ${ancestor.code}.`)
  }
  // What was passed at the decision may have moved since then: the sign-offs there must still be about the same parts.
  if (!source?.reading.isMet) return refuse('blocked', `The sign-offs in ${ancestor.code} are stale; the gate has to be worked here.`)
  if (source.waived > 0) return refuse('blocked', `The gate stands on a waiver in ${ancestor.code}, which would have no end here; the gate has to be worked here.`)
  const more = standing.items.filter((line) => !source.items.some((one) => one.itemId === line.itemId))
  if (more.length > 0) return refuse('blocked', `${ancestor.code} was not asked ${more.map((line) => line.itemId).join(', ')}; the gate has to be worked here.`)
  return happened(ruling, { type: 'gate-inherited', gateId: standing.gate.id, releaseId: ancestor.id, code: ancestor.code })
}

function decideBreakGlass(ruling: Ruling, standing: GateStanding, command: CommandOf<'break-glass'>): Outcome {
  const no = forbidden(ruling, 'release.break-glass')
  if (no) return no
  const wait = notYet(ruling, standing)
  if (wait) return wait
  if (!isSeen(command.seen, standing.seen)) return refuse('stale', 'The gate changed after you opened it. Look again.')
  if (!standing.rule.teams.some((entry) => entry.team === command.team)) return refuse('invalid', `${teamWords(ruling, command.team)} does not sign this gate.`)
  if (hasSigned(standing, ruling.by)) return refuse('exists', 'You have signed this gate already.')
  const action: Action = {
    id: ruling.freshId(`action-${standing.gate.id}`), source: 'break-glass', sourceId: standing.gate.id, title: freeText(`Review the break-glass sign-off of gate ${standing.gate.number} ${standing.gate.name}`),
    ownerId: null, team: command.team, dueAt: new Date(ruling.now.getTime() + 2 * 86_400_000).toISOString(), by: ruling.by, at: ruling.at, done: null,
  }
  return happened(ruling, ...signedOff(ruling, standing, {
    teams: [command.team], comment: freeText(command.reason), onBehalfOf: null, isBreakGlass: true, isAuthor: isAuthor(ruling, standing, ruling.by),
  }), { type: 'action-added', action })
}

/** Decides a command on one gate. The go and stable follow in `decide` once the gate passes. */
export function decideGate(ruling: Ruling, command: GateCommand): Outcome {
  const standing = gateOf(ruling, command.gateId)
  if (isOutcome(standing)) return standing
  switch (command.type) {
    case 'sign-off': return decideSignOff(ruling, standing, command)
    case 'break-glass': return decideBreakGlass(ruling, standing, command)
    case 'reject': return isPassed(standing) && ruling.state.stableAt ? refuse('closed', 'The release is stable; roll it back if it must go.') : decideReject(ruling, standing, command.reason)
    case 'override-rejection': return decideOverride(ruling, standing, command)
    case 'reopen-gate': return decideReopen(ruling, standing, command.reason)
    case 'inherit-gate': return decideInherit(ruling, standing)
    case 'set-due': return forbidden(ruling, 'release.work') ?? happened(ruling, { type: 'due-set', gateId: command.gateId, dueAt: command.dueAt })
    case 'withdraw-sign-off': {
      const signOff = standing.state.signOffs.find((s) => s.id === command.signOffId && !s.withdrawn)
      if (!signOff) return refuse('not-found', 'There is no such sign-off to withdraw.')
      const no = forbidden(ruling, 'release.withdraw', { personId: signOff.by })
      if (no) return no
      if (ruling.state.stableAt && standing.gate.phase !== 'follow-up') return refuse('closed', 'The release is stable; its sign-offs stay as they were given.')
      return happened(ruling, { type: 'sign-off-withdrawn', gateId: standing.gate.id, signOffId: signOff.id, reason: freeText(command.reason) })
    }
    case 'withdraw-rejection': {
      const rejection = standing.rejections.find((r) => r.id === command.rejectionId)
      if (!rejection) return refuse('not-found', 'There is no such rejection.')
      if (rejection.by !== ruling.by) return refuse('forbidden', `Only ${personName(ruling, rejection.by)} can withdraw this; a lead can override it.`)
      return happened(ruling, { type: 'rejection-lifted', gateId: standing.gate.id, rejectionId: rejection.id, kind: 'withdrawn', leads: [], reason: freeText(command.reason) })
    }
  }
}

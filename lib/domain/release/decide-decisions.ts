/** Rules for decisions: go, no-go, defer, choice, hold, resume, cancel, freeze exceptions; numbered, frozen, superseded and never edited (PRODUCT rules 12, 18, 22). */
import { isInTeam } from '@/lib/domain/actor'
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { freeText } from '@/lib/domain/text'
import { ownerRefusal } from '@/lib/domain/work/action-rule'
import type { CommandOf } from './commands'
import { isSeen } from './decide-gates'
import { supersededWords } from './decide-work'
import { isPassed } from './gate-standing'
import { blockersOf, decisionOf, forbidden, happened, personName, teamWords, type BareEvent, type Ruling } from './ruling'
import type { Action, Decision } from './state'

export type DecisionCommand = CommandOf<'decide' | 'hold' | 'resume' | 'cancel' | 'grant-freeze-exception'>

function commonOf(ruling: Ruling, command: CommandOf<'decide'>): Partial<Decision> {
  const ids = command.deciderIds.length > 0 ? [...new Set(command.deciderIds)] : [ruling.by]
  return {
    options: command.options.map((o) => ({ title: freeText(o.title), pros: freeText(o.pros), cons: freeText(o.cons), isChosen: o.isChosen })),
    deciders: ids.map((id) => ({ personId: id, name: freeText(id === ruling.by ? ruling.actor.name : personName(ruling, id)) })),
    consulted: command.consultedIds, informed: command.informedIds,
    ...(command.context ? { context: freeText(command.context) } : {}), ...(command.drivers && command.drivers.length > 0 ? { drivers: command.drivers.map(freeText) } : {}),
    consequences: command.consequences ? freeText(command.consequences) : null,
    confirmation: command.confirmation && { how: freeText(command.confirmation.how), dueAt: command.confirmation.dueAt },
    supersedes: command.supersedes, checkInId: command.checkInId, itemId: command.itemId, until: command.until,
  }
}

function unknownPeople(ruling: Ruling, ids: readonly string[]): Outcome | null {
  const unknown = ids.filter((id) => !ruling.world.people.some((p) => p.id === id))
  return unknown.length > 0 ? refuse('not-found', 'One of the people named is not known here.') : null
}

/** Rule 12 and rule 3: every gate before it passed, the decision gate signed by the teams it asks, at least two people. */
function decideGo(ruling: Ruling, command: CommandOf<'decide'>): Outcome {
  const { reading, state } = ruling
  const gate = reading.gates.find((g) => g.gate.isDecision)
  if (!gate) return refuse('blocked', 'This checklist has no decision gate.')
  const chair = gate.rule.chair ?? gate.gate.ownerTeam
  const no = forbidden(ruling, 'release.go', { teams: [chair] })
  if (no) return no
  const isGo = command.kind === 'go' || command.kind === 'go-with-conditions'
  if (state.rollout || state.stableAt || state.rollBack) return refuse('closed', 'The rollout has begun; hold it or roll it back instead.')
  if (!isGo) {
    if (command.kind === 'defer' && !command.until) return refuse('invalid', 'Say until when it is deferred.')
    if (command.kind === 'defer' && command.until && Date.parse(command.until) <= ruling.now.getTime()) return refuse('invalid', 'Defer it until a day that is still to come.')
    return happened(ruling, { type: 'decided', decision: decisionOf(ruling, command, { ...commonOf(ruling, command), gateId: gate.gate.id }) })
  }
  if (state.hold) return refuse('blocked', 'The release is on hold; resume it first.')
  const open = reading.gates.filter((g) => g.gate.phase === 'before-decision' && !isPassed(g))
  if (open.length > 0) {
    const names = open.map((g) => `${g.gate.number} ${g.gate.name}`).join(', ')
    return refuse('blocked', `A go is refused while ${open.length === 1 ? 'gate' : 'gates'} ${names} ${open.length === 1 ? 'is' : 'are'} open.`, open.flatMap((g) => blockersOf(state, g)))
  }
  if (gate.unsettled.length > 0 || gate.rejections.length > 0) return refuse('blocked', 'The decision gate itself has open items.', blockersOf(state, gate))
  if (!gate.reading.isMet) {
    const teams = gate.reading.missing.map((m) => (m.kind === 'team' ? teamWords(ruling, m.team) : m.kind === 'second-person' ? 'a second person' : 'a counter-signature'))
    return refuse('blocked', `The go waits for the sign-off of ${teams.join(', ')}.`, gate.reading.missing.map((m) => ({
      code: 'sign-off', gateId: gate.gate.id, message: m.kind === 'team' ? `${teamWords(ruling, m.team)} has to sign gate ${gate.gate.number}` : `Gate ${gate.gate.number} needs one more person`, ...(m.kind === 'team' ? { team: m.team } : {}),
    })))
  }
  if (!command.seen) return refuse('stale', 'A go carries what the decider saw of the decision gate; send it as "seen".')
  if (!isSeen(command.seen, gate.seen)) return refuse('stale', 'The release changed after you opened the decision. Look at what it says now.')
  if (reading.isGoInForce) return refuse('exists', 'A go is in force already.')
  if (command.kind === 'go-with-conditions' && command.conditions.length === 0) return refuse('invalid', 'A go with conditions names at least one condition.')
  const stranger = command.conditions.map((one) => ownerRefusal(one, ruling.world)).find((one) => one !== null)
  if (stranger) return { ok: false, refusal: stranger }
  const late = command.conditions.find((one) => Date.parse(one.dueAt) <= ruling.now.getTime())
  if (late) return refuse('invalid', `The day of the condition "${late.title}" has passed; choose one that is still to come.`)
  const unwatched = command.conditions.find((one) => one.itemId && state.items[one.itemId]?.metric?.mode !== 'standing')
  if (unwatched) return refuse('invalid', `Item ${unwatched.itemId ?? ''} is not watched during the rollout, so it cannot say whether a condition is met.`)
  const fix = state.mustContain.find((must) => !state.containsFixOf.some((c) => c.releaseId === must.releaseId))
  if (fix) return refuse('blocked', `${fix.code} became stable meanwhile: state that this candidate contains ${fix.label}, or replace the candidate.`)
  const decision = decisionOf(ruling, command, { ...commonOf(ruling, command), gateId: gate.gate.id })
  const conditions = conditionsOf(ruling, command, decision.number)
  return happened(ruling, { type: 'decided', decision }, ...conditions)
}

/** Conditions of the go and what a short template left for later, as actions with owner and due date. */
function conditionsOf(ruling: Ruling, command: CommandOf<'decide'>, number: number): readonly BareEvent[] {
  const base = { source: 'condition' as const, sourceId: `D-${number}`, by: ruling.by, at: ruling.at, done: null }
  const asked = command.conditions.map((c, i): Action => ({ ...base, id: ruling.freshId(`condition-${i}`), title: freeText(c.title), ownerId: c.ownerId, team: c.team, dueAt: c.dueAt, ...(c.itemId ? { itemId: c.itemId } : {}) }))
  const deferred = ruling.state.template.deferred
    .filter((d) => !ruling.state.actions.some((a) => a.id === `deferred-${d.id}`))
    .map((d): Action => ({ ...base, id: `deferred-${d.id}`, title: freeText(d.title), ownerId: null, team: d.ownerTeam, dueAt: new Date(ruling.now.getTime() + d.dueDays * 86_400_000).toISOString() }))
  return [...asked, ...deferred].map((action) => ({ type: 'action-added', action }))
}

/** A choice compares at least two options; the environment choice answers its computed item (theme T2). */
function decideChoice(ruling: Ruling, command: CommandOf<'decide'>): Outcome {
  const no = forbidden(ruling, 'release.decide')
  if (no) return no
  if (command.options.length < 2) return refuse('invalid', 'A choice compares at least two options.')
  if (command.options.filter((o) => o.isChosen).length !== 1) return refuse('invalid', 'Mark exactly one option as chosen.')
  if (command.itemId && !Object.hasOwn(ruling.state.items, command.itemId)) return refuse('not-found', `There is no item "${command.itemId}".`)
  const current = command.itemId ? ruling.state.decisions.find((d) => d.kind === 'choice' && d.itemId === command.itemId && d.supersededBy === null) : undefined
  if (current && command.supersedes !== current.number) return refuse('exists', `D-${current.number} decided this already; a new decision supersedes it by number.`)
  return happened(ruling, { type: 'decided', decision: decisionOf(ruling, command, { ...commonOf(ruling, command), gateId: command.itemId ? (ruling.state.items[command.itemId]?.gateId ?? null) : null }) })
}

function decideAny(ruling: Ruling, command: CommandOf<'decide'>): Outcome {
  if (ruling.actor.kind !== 'person') return refuse('forbidden', 'Decisions are for people (rule 20).')
  const unknown = unknownPeople(ruling, [...command.deciderIds, ...command.consultedIds, ...command.informedIds])
  if (unknown) return unknown
  if (command.supersedes !== null) {
    const old = ruling.state.decisions.find((d) => d.number === command.supersedes)
    if (!old) return refuse('not-found', `There is no decision D-${command.supersedes} on this release.`)
    const isChoice = (kind: Decision['kind']) => kind === 'choice'
    const isVerdict = (kind: Decision['kind']) => kind === 'go' || kind === 'go-with-conditions' || kind === 'no-go' || kind === 'defer'
    const isAlike = isChoice(command.kind) ? isChoice(old.kind) && old.itemId === command.itemId : isVerdict(old.kind)
    if (!isAlike) return refuse('invalid', `D-${old.number} decides something else; a ${command.kind.replaceAll('-', ' ')} cannot supersede it.`)
    if (old.supersededBy !== null) return refuse('exists', `${supersededWords(ruling, old)}. Supersede that one, if it has to change.`)
  }
  return command.kind === 'choice' ? decideChoice(ruling, command) : decideGo(ruling, command)
}

function decideFreezeException(ruling: Ruling, command: CommandOf<'grant-freeze-exception'>): Outcome {
  const freeze = ruling.world.environment?.freezes.find((f) => f.id === command.freezeId)
  if (!freeze) return refuse('not-found', 'There is no such freeze of this environment.')
  const no = forbidden(ruling, 'environment.grant-exception', { teams: ['ops'] })
  if (no) return no
  if (Date.parse(command.until) <= ruling.now.getTime()) return refuse('invalid', 'An exception ends in the future.')
  const decision = decisionOf(ruling, { kind: 'exception', title: `Exception from the freeze: ${freeze.reason}`, reason: command.reason }, { until: command.until })
  return happened(ruling, { type: 'decided', decision }, { type: 'freeze-exception-granted', freezeId: freeze.id, until: command.until, decision: decision.number })
}

function decideCancel(ruling: Ruling, command: CommandOf<'cancel'>): Outcome {
  const no = forbidden(ruling, 'release.cancel')
  if (no) return no
  if (ruling.state.stableAt) return refuse('closed', 'It is stable; roll it back if it must go.')
  if (ruling.state.rollout) return refuse('blocked', 'Traffic may be on the candidate: roll it back, or stand it down first.')
  const decision = decisionOf(ruling, { kind: 'cancel', title: command.as === 'superseded' ? 'Superseded' : 'Cancelled', reason: command.reason })
  return happened(ruling, { type: 'decided', decision }, { type: 'cancelled', decision: decision.number, as: command.as })
}

/** Decides a command that makes a decision of record. */
export function decideDecision(ruling: Ruling, command: DecisionCommand): Outcome {
  switch (command.type) {
    case 'decide': return decideAny(ruling, command)
    case 'grant-freeze-exception': return decideFreezeException(ruling, command)
    case 'cancel': return decideCancel(ruling, command)
    case 'hold': {
      const no = forbidden(ruling, 'release.hold')
      if (no) return no
      if (ruling.state.hold) return refuse('exists', 'The release is on hold already.')
      if (ruling.state.stableAt) return refuse('closed', 'It is stable; a hold refuses steps, and there are none left.')
      const decision = decisionOf(ruling, { kind: 'hold', title: 'Hold', reason: command.reason }, { checkInId: command.checkInId })
      return happened(ruling, { type: 'decided', decision }, { type: 'held', decision: decision.number, reason: freeText(command.reason) })
    }
    case 'resume': {
      const no = forbidden(ruling, 'release.resume')
      if (no) return no
      const { hold } = ruling.state
      if (!hold) return refuse('not-found', 'The release is not on hold.')
      const team = ruling.world.people.find((p) => p.id === hold.by)?.memberships.map((m) => m.team) ?? []
      const isTheirs = hold.by === ruling.by || team.length === 0 || team.some((t) => isInTeam(ruling.actor, t)) || (ruling.actor.kind === 'person' && ruling.actor.memberships.some((m) => m.role === 'lead'))
      if (!isTheirs) return refuse('forbidden', `${personName(ruling, hold.by)} put it on hold: they, their team or a lead can resume it.`)
      const decision = decisionOf(ruling, { kind: 'resume', title: 'Resume', reason: command.reason })
      return happened(ruling, { type: 'decided', decision }, { type: 'resumed', decision: decision.number })
    }
  }
}

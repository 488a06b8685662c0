/** Rules for traffic: start, advance, observe, soak, stand down, roll back; "live" is observed or confirmed, never assumed (PRODUCT rules 7, 9, 14, 15, 22). */
import { refuse, type Blocker, type Change, type Outcome } from '@/lib/domain/aggregate'
import type { LiveEvent } from '@/lib/domain/live/events'
import { freeText } from '@/lib/domain/text'
import type { CommandOf } from './commands'
import { isPassed } from './gate-standing'
import { soakCondition } from './phase'
import { openProposals } from './roll-back-proposal'
import { blockersOf, decisionOf, events, forbidden, happened, type BareEvent, type Ruling } from './ruling'
import { newSoak, soakAt } from './soak'
import type { ReleaseEvent } from './events'
import type { Action, ReleaseState, Rollout, RolloutStep } from './state'

export type RolloutCommand = CommandOf<
  | 'start-rollout' | 'advance' | 'confirm-live' | 'acknowledge' | 'observe' | 'end-soak' | 'stand-down' | 'roll-back' | 'confirm-rolled-back'>

type How = 'metric' | 'pipeline' | 'confirmed'

/** Shares are read from metrics, which are never exact: this much below the asked share still counts as reached (percentage points). */
const SLACK = 1

/** For small steps the slack is a fifth of the smallest share, so that one percent of traffic is not taken for none. */
function slackOf(steps: readonly RolloutStep[]): number {
  return Math.min(SLACK, (steps[0]?.share ?? 100) / 5)
}

type BareLive = LiveEvent extends infer E ? (E extends LiveEvent ? Omit<E, 'v' | 'at' | 'by'> : never) : never

/** Events on the live version; it begins with the first. */
export function liveEvents(ruling: Ruling, ...bare: readonly BareLive[]): Change {
  const { state, world } = ruling
  const id = `${state.modelId}:${state.environmentId}`
  const begin: readonly BareLive[] = world.live ? [] : [{ type: 'live-began', id, modelId: state.modelId, environmentId: state.environmentId }]
  return { kind: 'live', id, events: [...begin, ...bare].map((event): LiveEvent => ({ v: 1, at: ruling.at, by: ruling.by, ...event })) }
}

/** Everything that refuses the next step, whoever asks; a roll-back is never among what it refuses. */
export function stepBlockers(ruling: Ruling): readonly Blocker[] {
  const { state, reading, world } = ruling
  const found: Blocker[] = []
  if (state.hold) found.push({ code: 'hold', message: 'The release is on hold; resume it first.' })
  if (reading.freeze) found.push({ code: 'freeze', message: `A freeze is on until ${reading.freeze.to}: ${reading.freeze.reason}.` })
  if (!reading.isGoInForce) found.push({ code: 'no-go', message: 'No go is in force: record one, or record it again when what it rested on has changed.' })
  for (const lapsed of reading.lapsed) found.push(...unnamed(blockersOf(state, lapsed), found))
  for (const item of reading.atRisk) found.push({ code: 'at-risk', gateId: item.gateId, itemId: item.itemId, message: `${item.itemId} ${item.title}: ${item.reason}` })
  for (const item of reading.unmeasured) found.push({ code: 'not-measured', gateId: item.gateId, itemId: item.itemId, message: `${item.itemId} ${item.title} is not measured` })
  for (const proposal of openProposals(state)) found.push({ code: 'roll-back-proposed', message: `A roll-back is proposed: ${proposal.title}. Roll back, or dismiss the proposal with a reason.` })
  const other = world.live?.rollingOut
  if (other && other.releaseId !== state.id) found.push({ code: 'other-rollout', message: `${other.code} is rolling out to ${state.environmentName}; one at a time (rule 15).` })
  const held = world.live?.held.find((h) => h.versionId === state.candidate.versionId && !h.lifted)
  if (held) found.push({ code: 'held', message: `Version ${held.label} is held since its roll-back: write the cause down on the model first.` })
  for (const must of state.mustContain) {
    if (!state.containsFixOf.some((c) => c.releaseId === must.releaseId)) found.push({ code: 'overtaken', message: `${must.code} became stable meanwhile: state that this candidate contains ${must.label}, or replace it.` })
  }
  return found
}

function decideStart(ruling: Ruling): Outcome {
  const no = forbidden(ruling, 'release.start-rollout')
  if (no) return no
  const { state, reading } = ruling
  if (state.rollout) return refuse('exists', 'The rollout has begun already.')
  if (reading.phase !== 'approved') return refuse('blocked', 'The rollout starts after a go is recorded.', reading.gates.filter((g) => g.gate.phase !== 'follow-up' && g.gate.phase !== 'rollout' && g.gate.phase !== 'final' && !isPassed(g)).flatMap((g) => blockersOf(state, g)))
  const blockers = stepBlockers(ruling)
  if (blockers[0]) return refuse('blocked', blockers[0].message, blockers)
  return { ok: true, changes: [events(ruling, { type: 'rollout-started' }), liveEvents(ruling, { type: 'rollout-taken', releaseId: state.id, code: state.code })] }
}

/** What the next step needs besides `stepBlockers`: the current one is live and has soaked, and full traffic needs the canary gate. */
export function advanceBlockers(ruling: Ruling): readonly Blocker[] {
  const { state, reading } = ruling
  const rollout = state.rollout
  if (!rollout) return [{ code: 'not-started', message: 'The rollout has not begun.' }]
  const next = state.steps[rollout.stepIndex + 1]
  if (!next) return [{ code: 'last-step', message: 'All traffic is on the candidate; what is left is the final soak.' }]
  const found = [...stepBlockers(ruling)]
  const now = state.steps[rollout.stepIndex]
  if (rollout.standingDown) found.push({ code: 'standing-down', message: 'The release is standing down.' })
  if (!rollout.stepLiveAt) found.push({ code: 'not-live', message: `${now?.share ?? 0} % is not seen yet: wait for the metric, the pipeline, or confirm it.` })
  else if (!reading.soak?.isDone) found.push({ code: 'soak', message: `The soak is not over: ${reading.soak?.words ?? 'not begun'}.` })
  if (next.share === 100) for (const gate of reading.gates.filter((g) => g.gate.phase === 'rollout' && !isPassed(g))) found.push(...unnamed(withoutSoak(state, blockersOf(state, gate), found), found))
  return found
}

/** What stands in the way is said once: an item at risk or not measured is not said again as an open line of its gate. */
function unnamed(more: readonly Blocker[], said: readonly Blocker[]): readonly Blocker[] {
  return more.filter((blocker) => blocker.itemId === undefined || !said.some((one) => one.itemId === blocker.itemId))
}

/** The line that every step has soaked waits for the same clock as the step that is soaking. */
function withoutSoak(state: ReleaseState, more: readonly Blocker[], said: readonly Blocker[]): readonly Blocker[] {
  if (!said.some((one) => one.code === 'soak' || one.code === 'not-live')) return more
  return more.filter((blocker) => blocker.itemId === undefined || state.items[blocker.itemId]?.computed !== 'steps-soaked')
}

function decideAdvance(ruling: Ruling): Outcome {
  const no = forbidden(ruling, 'release.advance')
  if (no) return no
  const blockers = advanceBlockers(ruling)
  if (blockers[0]) return refuse('blocked', blockers[0].message, blockers)
  return happened(ruling, { type: 'step-asked', stepIndex: (ruling.state.rollout?.stepIndex ?? 0) + 1 })
}

/** The traffic share was seen, acknowledged or confirmed: it may make the step live, end a stand-down, or end a roll-back. */
function shareSeen(ruling: Ruling, percent: number, how: How, note: string | null): readonly BareEvent[] {
  const { state } = ruling
  const rollout = state.rollout
  if (!rollout) return []
  const step = state.steps[rollout.stepIndex]
  const slack = slackOf(state.steps)
  const isNew = rollout.share === null || Math.abs(rollout.share.percent - percent) >= slack
  const seen: readonly BareEvent[] = isNew || how !== 'metric' ? [{ type: 'share-seen', percent, how, note: note === null ? null : freeText(note) }] : []
  if (state.rollBack) return percent <= slack ? [...seen, { type: 'rolled-back', how, note: note === null ? null : freeText(note) }] : seen
  if (rollout.standingDown) return percent <= slack ? [...seen, { type: 'stood-down' }] : seen
  if (step && rollout.stepLiveAt === null && percent >= step.share - slack) {
    const restarts = 0
    return [...seen, { type: 'step-live', how, soak: newSoak(ruling.at, soakCondition(state, ruling.now), restarts) }]
  }
  return seen
}

/** Frees the live version when a stand-down or a roll-back has ended with these events. */
function withLive(ruling: Ruling, bare: readonly BareEvent[]): Outcome {
  if (bare.length === 0) return { ok: true, changes: [] }
  const changes: Change[] = [events(ruling, ...bare)]
  const { state } = ruling
  if (bare.some((e) => e.type === 'stood-down')) changes.push(liveEvents(ruling, { type: 'rollout-freed', releaseId: state.id }))
  if (bare.some((e) => e.type === 'rolled-back')) {
    changes.push(liveEvents(ruling, { type: 'returned', to: state.rollBack?.to ?? null, releaseId: state.id, code: state.code }), ...afterReturn(ruling))
  }
  return { ok: true, changes }
}

/** When what was stable has gone back, the releases that follow are compared with, and go back to, what is stable again (rule 13). */
function afterReturn(ruling: Ruling): readonly Change[] {
  const { state, world, at, by } = ruling
  if (world.live?.lastStable?.releaseId !== state.id) return []
  const to = state.rollBack?.to ?? null
  const event: ReleaseEvent = { type: 'last-stable-moved', v: 1, at, by, lastStable: to, releaseId: state.id, code: state.code, label: to?.label ?? '', isOvertaken: false }
  return world.siblings.filter((s) => s.id !== state.id && !s.stableAt && !s.end).map((s): Change => ({ kind: 'release', id: s.id, events: [event] }))
}

function decideObserve(ruling: Ruling, command: CommandOf<'observe'>): Outcome {
  const no = forbidden(ruling, 'release.evaluate')
  if (no) return no
  const seen = command.share === null ? [] : shareSeen(ruling, command.share, 'metric', null)
  const soak = ruling.state.rollout?.soak
  const step = ruling.state.steps[ruling.state.rollout?.stepIndex ?? 0]
  const isReached = soak && step && command.requests !== null && soak.requests < step.minimumRequests && command.requests >= step.minimumRequests
  // Only a turn is a log entry: the count enters it once, when the minimum is reached.
  const requests: readonly BareEvent[] = isReached && command.requests !== null ? [{ type: 'requests-reached', requests: command.requests }] : []
  return withLive(ruling, [...seen, ...requests])
}

function decideConfirm(ruling: Ruling, share: number, how: How, note: string | null): Outcome {
  const no = forbidden(ruling, 'release.confirm-live', { named: ruling.state.onCallId ? [ruling.state.onCallId] : [] })
  if (no) return no
  if (!ruling.state.rollout) return refuse('blocked', 'The rollout has not begun.')
  return withLive(ruling, shareSeen(ruling, share, how, note))
}

function decideEndSoak(ruling: Ruling, reason: string): Outcome {
  const no = forbidden(ruling, 'release.end-soak')
  if (no) return no
  const { rollout } = ruling.state
  if (!rollout?.soak) return refuse('blocked', 'No soak is running.')
  if (ruling.reading.soak?.isDone) return refuse('exists', 'The soak is over already.')
  if (ruling.reading.isHalted) return refuse('blocked', 'A soak cannot be ended while a metric fails: waive the item, or roll back.', ruling.reading.atRisk.map((item) => ({ code: 'at-risk', gateId: item.gateId, itemId: item.itemId, message: `${item.itemId} ${item.title}: ${item.reason}` })))
  const decision = decisionOf(ruling, { kind: 'exception', title: 'End the soak early', reason })
  return happened(ruling, { type: 'decided', decision }, { type: 'soak-ended-early', decision: decision.number })
}

function decideStandDown(ruling: Ruling, reason: string): Outcome {
  const no = forbidden(ruling, 'release.stand-down', { named: ruling.state.onCallId ? [ruling.state.onCallId] : [] })
  if (no) return no
  const { state } = ruling
  if (!state.rollout || state.stableAt) return refuse('blocked', 'Only a release that is rolling out can stand down.')
  if (state.rollout.standingDown) return refuse('exists', 'It is standing down already.')
  return happened(ruling, { type: 'stand-down-asked', reason: freeText(reason) })
}

/** Rule 14: one person, one line; no gate, freeze, hold or broken Prometheus can refuse it. */
function decideRollBack(ruling: Ruling, reason: string): Outcome {
  const no = forbidden(ruling, 'release.roll-back', { named: [ruling.state.onCallId, ruling.state.rollbackPlan.deciderId].filter((id) => id !== null) })
  if (no) return no
  const { state, world } = ruling
  if (!state.rollout) return refuse('blocked', 'No traffic has been given to it; cancel it instead.')
  if (state.rollBack) return refuse('exists', 'The roll-back has begun already.')
  if (state.stableAt && world.live?.lastStable?.releaseId !== state.id) return refuse('closed', `${world.live?.lastStable?.label ?? 'Another version'} is live now; this release is not.`)
  const before = state.stableAt ? world.live?.history.filter((h) => h.versionId !== state.candidate.versionId).at(-1) ?? null : world.live?.lastStable ?? null
  const to = before && { versionId: before.versionId, label: before.label, artefact: before.artefact }
  const decision = decisionOf(ruling, { kind: 'roll-back', title: to ? `Roll back to ${to.label}` : 'Roll back', reason })
  const cause: Action = {
    id: ruling.freshId('cause'), source: 'roll-back', sourceId: `D-${decision.number}`, title: freeText('Write down the cause of the roll-back and the options'),
    ownerId: ruling.actor.kind === 'person' ? ruling.by : null, team: 'ops', dueAt: new Date(ruling.now.getTime() + 86_400_000).toISOString(), by: ruling.by, at: ruling.at, done: null,
  }
  return {
    ok: true,
    changes: [
      events(ruling,
        { type: 'decided', decision },
        { type: 'roll-back-started', rollBack: { at: ruling.at, by: ruling.by, reason: freeText(reason), to, way: to ? 'last-stable' : state.rollbackPlan.way === 'last-stable' ? 'switch-off' : state.rollbackPlan.way, confirmed: null } },
        { type: 'action-added', action: cause }),
      liveEvents(ruling, { type: 'version-held', held: { versionId: state.candidate.versionId, label: state.candidate.label, at: ruling.at, releaseId: state.id, reason: freeText(reason), lifted: null } }),
    ],
  }
}

/** The event that brings a running soak in line with what its metrics say now; none when nothing turned. */
export function soakTurn(ruling: Ruling, rollout: Rollout | null): readonly BareEvent[] {
  if (!rollout?.soak || ruling.state.stableAt || ruling.state.rollBack) return []
  const condition = soakCondition(ruling.state, ruling.now)
  return condition === soakAt(rollout.soak, ruling.at).condition ? [] : [{ type: 'soak-turned', condition }]
}

/** Decides a command on traffic. */
export function decideRollout(ruling: Ruling, command: RolloutCommand): Outcome {
  const isForward = command.type === 'start-rollout' || command.type === 'advance' || command.type === 'end-soak' || command.type === 'stand-down'
  if (ruling.state.rollBack && isForward) return refuse('closed', 'The release is rolling back; there is no step but that one.')
  if (ruling.actor.kind === 'token' && (command.type === 'confirm-live' || command.type === 'confirm-rolled-back')) {
    return refuse('forbidden', 'To confirm is for people; a pipeline acknowledges the share that it set (rule 20).')
  }
  const step = ruling.state.steps[ruling.state.rollout?.stepIndex ?? 0]
  switch (command.type) {
    case 'start-rollout': return decideStart(ruling)
    case 'advance': return decideAdvance(ruling)
    case 'observe': return decideObserve(ruling, command)
    case 'confirm-live':
      if (ruling.state.rollout?.stepLiveAt && !ruling.state.rollout.standingDown) return refuse('exists', 'This step is live already.')
      return decideConfirm(ruling, ruling.state.rollout?.standingDown ? 0 : (step?.share ?? 0), 'confirmed', command.note)
    case 'acknowledge': {
      const { artefact } = ruling.state.candidate
      if (command.digest !== null && command.share > 0 && command.digest !== artefact) return refuse('blocked', `The pipeline deployed ${command.digest}, and the candidate is ${artefact}.`)
      return decideConfirm(ruling, command.share, 'pipeline', null)
    }
    case 'end-soak': return decideEndSoak(ruling, command.reason)
    case 'stand-down': return decideStandDown(ruling, command.reason)
    case 'roll-back': return decideRollBack(ruling, command.reason)
    case 'confirm-rolled-back':
      if (!ruling.state.rollBack) return refuse('blocked', 'No roll-back is running.')
      return decideConfirm(ruling, 0, 'confirmed', command.note)
  }
}

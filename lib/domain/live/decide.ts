/** Decides commands on a live version: adopt, holds, reviews, its watch and alerts, and the proposals that follow from them (PRODUCT rules 7, 13, 14, 23). */
import { actorId, type Actor } from '@/lib/domain/actor'
import { refuse, type Change, type Outcome } from '@/lib/domain/aggregate'
import { alertingOf, alertTurns, withTurn, type Labels } from '@/lib/domain/alert/alert'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { openProposals } from '@/lib/domain/release/roll-back-proposal'
import type { ReleaseState, VersionRef } from '@/lib/domain/release/state'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { freeText } from '@/lib/domain/text'
import { decideMove } from '@/lib/domain/work/action-rule'
import { writesOwnQuery } from '@/lib/domain/verdict/own-queries'
import type { LiveCommand, LiveCommandOf } from './commands'
import type { LiveEvent } from './events'
import { actionOnTurn, proposalsAfter } from './follow'
import { linesOf } from './lines'
import { isPastLimit } from './standing'
import type { LiveState } from './state'

export interface LiveWorld {
  readonly id: string
  readonly modelId: string
  readonly environmentId: string
  readonly live: LiveState | null
  /** The version that the command names. */
  readonly version: VersionRef | null
  readonly environmentExists: boolean
  /** Only for `reassign-action`: whom it may be handed to. */
  readonly people?: readonly { readonly id: string; readonly name: string }[]
  readonly teams?: readonly { readonly id: string; readonly name: string }[]
  /** The release by which the watched version came; for whatever the watch has to tell it. */
  readonly watched: ReleaseState | null
  /** Releases in flight there, whose last stable moves. */
  readonly siblings: readonly ReleaseState[]
}

type Bare = LiveEvent extends infer E ? (E extends LiveEvent ? Omit<E, 'v' | 'at' | 'by'> : never) : never

const ACTIONS: Readonly<Record<LiveCommand['type'], ActionName>> = {
  adopt: 'live.adopt', 'lift-hold': 'live.lift-hold', 'set-review': 'live.change-watch', 'set-watch': 'live.change-watch', review: 'live.review', 'record-verdict': 'live.evaluate',
  'record-alert': 'live.record-alert', 'set-alerting': 'live.set-alerting', 'dismiss-proposal': 'live.dismiss-proposal', 'post-feedback': 'live.post-feedback', 'complete-action': 'live.answer',
  'snooze-action': 'live.answer', 'wake-action': 'live.answer', 'reassign-action': 'live.answer', 'change-action': 'live.answer', 'drop-action': 'live.answer',
}

/** The labels by which the series of the live version are found, and its alerts unless something else was set. */
export function labelsOfLive(live: LiveState | null, watched: ReleaseState | null): Labels {
  return live?.watch?.own?.labels ?? watched?.selectors.candidate ?? {}
}

/** In: the live version with its world, the command, who and when. Out: changes, or a refusal that says what to do. */
export function decideLive(world: LiveWorld, command: LiveCommand, actor: Actor, now: Date): Outcome {
  const at = now.toISOString()
  const by = actorId(actor)
  const allowed = may(actor, ACTIONS[command.type], { modelId: world.modelId })
  if (allowed !== true) return { ok: false, refusal: allowed }
  if (!world.environmentExists) return refuse('not-found', 'There is no such model or environment.')
  const { live } = world
  const begin: readonly Bare[] = live ? [] : [{ type: 'live-began', id: world.id, modelId: world.modelId, environmentId: world.environmentId }]
  const change = (...bare: readonly Bare[]): Change => ({ kind: 'live', id: world.id, events: [...begin, ...bare].map((event): LiveEvent => ({ v: 1, at, by, ...event })) })
  const happened = (...bare: readonly Bare[]): Outcome => ({ ok: true, changes: [change(...bare)] })
  switch (command.type) {
    case 'adopt': return decideAdopt(world, command, change, at, by)
    case 'lift-hold': {
      const held = live?.held.find((h) => h.versionId === command.versionId && !h.lifted)
      if (!held) return refuse('not-found', 'This version is not held here.')
      return happened({ type: 'hold-lifted', versionId: held.versionId, cause: freeText(command.cause) })
    }
    case 'set-review':
      if (!live?.watch) return refuse('not-found', 'Nothing is watched there yet.')
      return happened({ type: 'review-set', reviewAt: command.reviewAt })
    case 'review': {
      if (!live?.lastStable) return refuse('not-found', 'Nothing is live there that could be reviewed.')
      if (!live.watch) return refuse('blocked', 'Set up its watch first; a review looks at what was watched.')
      if (command.nextAt !== null && Date.parse(command.nextAt) <= now.getTime()) return refuse('invalid', 'The next review lies in the past.')
      return happened({ type: 'reviewed', label: live.lastStable.label, note: freeText(command.note), nextAt: command.nextAt })
    }
    case 'set-watch': {
      if (!live?.lastStable) return refuse('not-found', 'Nothing is live there; adopt what runs today, then choose what is watched.')
      if (live.watch?.releaseId) return refuse('blocked', 'The items of its release are watched; what they ask was agreed there and is changed by the next release.')
      const { type: _type, reviewAt, ...own } = command
      if (writesOwnQuery(own.items.map((item) => item.spec), live.watch?.own?.items.map((item) => item.spec) ?? [])) {
        const mayWrite = may(actor, 'release.own-query', { modelId: world.modelId })
        if (mayWrite !== true) return { ok: false, refusal: mayWrite }
      }
      return happened({ type: 'watch-set', own, reviewAt })
    }
    case 'record-verdict': return decideVerdict(world, command, change, by, now)
    case 'record-alert': {
      if (!live?.lastStable) return refuse('not-found', 'Nothing is live there.')
      const { type: _type, ...words } = command
      const turns = alertTurns(live.alerts ?? [], words, alertingOf(live.alerting, labelsOfLive(live, world.watched)), freeText(words.summary), at)
      if (turns.length === 0) return { ok: true, changes: [] }
      return withProposals(world, turns.reduce((state, turn) => ({ ...state, alerts: withTurn(state.alerts ?? [], turn) }), live), turns, [], change, by, at)
    }
    case 'set-alerting':
      if (!live) return refuse('not-found', 'Nothing is live there.')
      return happened({ type: 'alerting-set', alerting: command.alerting })
    case 'dismiss-proposal': {
      const proposal = live && openProposals(live).find((one) => one.id === command.proposalId)
      if (!proposal) return refuse('not-found', 'This proposal is answered already, or what it rested on has recovered.')
      return happened({ type: 'roll-back-proposal-ended', proposalId: proposal.id, how: 'dismissed', reason: freeText(command.reason) })
    }
    case 'complete-action': {
      const action = live?.actions?.find((one) => one.id === command.actionId && one.done === null)
      if (!action) return refuse('not-found', 'This action is closed already, or was never opened.')
      return happened({ type: 'action-completed', actionId: action.id, note: freeText(command.note) })
    }
    case 'snooze-action': case 'wake-action': case 'reassign-action': case 'change-action': case 'drop-action': {
      const outcome = decideMove(live?.actions?.find((one) => one.id === command.actionId), command, { actor, by, now, people: world.people ?? [], teams: world.teams ?? [], isReleased: false })
      return 'code' in outcome ? { ok: false, refusal: outcome } : happened(outcome)
    }
    case 'post-feedback': {
      if (!live?.lastStable) return refuse('not-found', 'Nothing is live there.')
      if (command.labelled > command.predictions) return refuse('invalid', 'More predictions are labelled than were made.')
      if (Date.parse(command.to) <= Date.parse(command.from)) return refuse('invalid', 'The window ends before it begins.')
      if (Date.parse(command.to) > now.getTime() + 300_000) return refuse('invalid', 'The window ends in the future.')
      const { type: _type, ...said } = command
      const known = live.feedback?.findLast((one) => one.from === said.from && one.to === said.to)
      if (known && known.predictions === said.predictions && known.labelled === said.labelled && known.disagreement === said.disagreement && known.delayDays === said.delayDays) return { ok: true, changes: [] }
      return happened({ type: 'feedback-posted', feedback: { at, by, ...said } })
    }
  }
}

type MakeChange = (...bare: readonly Bare[]) => Change

function decideAdopt(world: LiveWorld, command: LiveCommandOf<'adopt'>, change: MakeChange, at: string, by: string): Outcome {
  const { version, live } = world
  if (!version) return refuse('not-found', 'There is no such version of this model; register it first.')
  if (Date.parse(command.since) > Date.parse(at)) return refuse('invalid', 'It cannot be live since a later time than now.')
  if (live?.rollingOut) return refuse('blocked', `${live.rollingOut.code} is rolling out there; what is live is changing.`)
  if (live?.lastStable?.versionId === version.versionId) return refuse('exists', 'This version is the last stable one already.')
  const siblings = world.siblings.filter((s) => !s.stableAt && !s.end).map((sibling): Change => {
    const event: ReleaseEvent = { type: 'last-stable-moved', v: 1, at, by, lastStable: version, releaseId: null, code: '', label: version.label, isOvertaken: false }
    return { kind: 'release', id: sibling.id, events: [event] }
  })
  const stable = { ...version, since: command.since, recordedAt: at, recordedBy: by, how: 'adopted' as const, releaseId: null, releaseCode: null }
  // What was watched is no longer what runs.
  const ended: readonly Bare[] = live?.watch ? [{ type: 'watch-ended' }] : []
  return { ok: true, changes: [change({ type: 'adopted', stable, note: freeText(command.note) }, ...ended), ...siblings] }
}

/** Rule 26: only a turn is recorded; a turn to failing asks its owner once, however it flaps (the evaluator's hysteresis is in `foldStanding`). */
function decideVerdict(world: LiveWorld, command: LiveCommandOf<'record-verdict'>, change: MakeChange, by: string, now: Date): Outcome {
  const watch = world.live?.watch
  if (!world.live || !watch) return refuse('not-found', 'Nothing is watched there.')
  const { type: _type, itemId, title, ...verdict } = command
  // A measurement that was under way when the watch changed: nobody would ever measure its line again.
  if (!linesOf(world.live, world.watched).some((line) => line.itemId === itemId)) return refuse('not-found', 'This line is not watched there any more.')
  if (watch.items[itemId]?.verdict === verdict.verdict) return { ok: true, changes: [] }
  const items = { ...watch.items, [itemId]: verdict }
  const isAtRisk = isPastLimit({ items }, world.live.alerts ?? [])
  const asked = actionOnTurn(world.live, world.watched, itemId, title, verdict, by, now)
  return withProposals(world, { ...world.live, watch: { ...watch, items } }, [{ type: 'watch-turned', itemId, title, verdict, isAtRisk }, ...(world.watched ? [] : asked)], world.watched ? asked.map((one): ReleaseEvent => ({ v: 1, at: now.toISOString(), by, ...one })) : [], change, by, now.toISOString())
}

/** Adds what follows for proposals: on the release that stands behind the version, or on the live version itself. */
function withProposals(world: LiveWorld, after: LiveState, bare: readonly Bare[], releaseEvents: readonly ReleaseEvent[], change: MakeChange, by: string, at: string): Outcome {
  const { watched } = world
  const turns = proposalsAfter(after, watched, at)
  if (!watched) return { ok: true, changes: [change(...bare, ...turns)] }
  const told = [...releaseEvents, ...turns.map((turn): ReleaseEvent => ({ v: 1, at, by, ...turn }))]
  return { ok: true, changes: [change(...bare), ...(told.length > 0 ? [{ kind: 'release' as const, id: watched.id, events: told }] : [])] }
}

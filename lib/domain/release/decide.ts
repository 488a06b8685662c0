/** Decides every command on a release: the rules of PRODUCT as one pure function from state, command, actor and instant to events or a refusal. */
import type { Actor } from '@/lib/domain/actor'
import { refuse, type Change, type DomainEvent, type Outcome } from '@/lib/domain/aggregate'
import { applyRelease } from './apply'
import type { CommandOf, ReleaseCommand } from './commands'
import { decideAlert, decideTriggerVerdict, proposed } from './decide-alert'
import { reviewDue } from '@/lib/domain/live/review'
import { isTriggerId } from './roll-back-proposal'
import { decideDecision } from './decide-decisions'
import { decideGate } from './decide-gates'
import { decideItem } from './decide-items'
import { decideOpen } from './decide-open'
import { decideRecord } from './decide-record'
import { decideRollout, liveEvents, soakTurn } from './decide-rollout'
import { decideWork } from './decide-work'
import type { ReleaseEvent } from './events'
import { isPassed } from './gate-standing'
import { events, forbidden, happened, rulingOn, type BareEvent, type Ruling } from './ruling'
import type { ItemState, ItemVerdict, ReleaseState } from './state'
import type { ReleaseWorld } from './world'

/** What goes on after the end: words about it, nothing that judges. */
const AFTER_END: readonly ReleaseCommand['type'][] = ['comment', 'attach-document', 'remove-document', 'pin-document', 'review-document', 'add-action', 'complete-action', 'confirm-decision', 'snooze-action', 'wake-action', 'reassign-action', 'change-action', 'drop-action', 'settle', 'observe', 'record-verdict', 'record-alert', 'dismiss-proposal']

/** Whether a frozen reading has lived half its time: the same verdict, measured anew, then keeps it from expiring. */
function isRenewal(item: ItemState, at: string): boolean {
  const days = item.metric?.mode === 'snapshot' ? item.metric.rule.validDays : undefined
  return item.verdict !== null && days !== undefined && Date.parse(at) - Date.parse(item.verdict.at) > days * 43_200_000
}

/** Rule 26: only a turn is a log entry, so an unchanged verdict changes nothing unless it renews one that would expire. */
function decideVerdict(ruling: Ruling, command: CommandOf<'record-verdict'>): Outcome {
  const no = forbidden(ruling, 'release.evaluate')
  if (no) return no
  if (isTriggerId(command.itemId)) return decideTriggerVerdict(ruling, command)
  const item = ruling.state.items[command.itemId]
  if (!item?.metric) return refuse('not-found', `Item "${command.itemId}" is not measured.`)
  if (item.verdict?.verdict === command.verdict && !isRenewal(item, command.at)) return { ok: true, changes: [] }
  const { type: _type, itemId, ...seen } = command
  const verdict: ItemVerdict = seen
  return happened(ruling, { type: 'verdict-turned', itemId, verdict })
}

/** Routes a command to the rules of its area, without what follows from it; also asked for probes. */
export function routeCommand(ruling: Ruling, command: Exclude<ReleaseCommand, { type: 'open-release' }>): Outcome {
  switch (command.type) {
    case 'tick': case 'set-note': case 'add-evidence': case 'remove-evidence': case 'record-value': case 'assign-item': case 'mark-not-applicable':
    case 'counter-sign-not-applicable': case 'withdraw-not-applicable': case 'request-waiver': case 'approve-waiver': case 'end-waiver': case 'change-item': case 'change-metric':
      return decideItem(ruling, command)
    case 'sign-off': case 'withdraw-sign-off': case 'reject': case 'withdraw-rejection': case 'override-rejection': case 'reopen-gate': case 'inherit-gate': case 'break-glass': case 'set-due':
      return decideGate(ruling, command)
    case 'decide': case 'hold': case 'resume': case 'cancel': case 'grant-freeze-exception':
      return decideDecision(ruling, command)
    case 'start-rollout': case 'advance': case 'confirm-live': case 'acknowledge': case 'observe': case 'end-soak': case 'stand-down': case 'roll-back': case 'confirm-rolled-back':
      return decideRollout(ruling, command)
    case 'comment': case 'attach-document': case 'remove-document': case 'pin-document': case 'review-document': case 'add-action': case 'complete-action': case 'state-fix-contained':
    case 'change': case 'replace-candidate': case 'change-risk': case 'confirm-change': case 'decline-change': case 'adopt-template': case 'adopt-separation':
      return decideRecord(ruling, command)
    case 'confirm-decision': case 'snooze-action': case 'wake-action': case 'reassign-action': case 'change-action': case 'drop-action': return decideWork(ruling, command)
    case 'record-verdict': return decideVerdict(ruling, command)
    case 'record-alert': case 'set-alerting': case 'dismiss-proposal': return decideAlert(ruling, command)
    case 'settle': return forbidden(ruling, 'release.evaluate') ?? { ok: true, changes: [] }
  }
  const never: never = command
  return never
}

/** The candidate is the stable version now: last stable is set, the standing watch begins, other releases there get a new baseline (rules 13, 15, 23). */
function becameStable(ruling: Ruling): readonly Change[] {
  const { state, world, at, by } = ruling
  const version = { versionId: state.candidate.versionId, label: state.candidate.label, artefact: state.candidate.artefact }
  const watched = Object.values(state.items).filter((item) => item.metric?.mode === 'standing' && item.verdict)
  const siblings = world.siblings.filter((s) => s.id !== state.id && !s.stableAt && !s.end).map((sibling): Change => {
    const event: ReleaseEvent = {
      type: 'last-stable-moved', v: 1, at, by, lastStable: version, releaseId: state.id, code: state.code, label: version.label, isOvertaken: true,
    }
    return { kind: 'release', id: sibling.id, events: [event] }
  })
  return [
    liveEvents(ruling, {
      type: 'stable-set',
      stable: { ...version, since: at, recordedAt: at, recordedBy: by, how: 'released', releaseId: state.id, releaseCode: state.code },
      watch: {
        releaseId: state.id, startedAt: at, reviewAt: reviewDue(state, ruling.now), isAtRisk: false, turns: [],
        items: Object.fromEntries(watched.flatMap((item) => (item.verdict ? [[item.id, item.verdict]] : []))),
      },
    }),
    ...siblings,
  ]
}

/** What follows by rule from the state that a command led to: soaks turn, the final gate makes it stable, the follow-up closes it. */
function follow(ruling: Ruling): readonly Change[] {
  const { state, reading } = ruling
  const proposals = proposed(ruling)
  if (state.end || state.rollBack) return proposals.length > 0 ? [events(ruling, ...proposals)] : []
  const turn = soakTurn(ruling, state.rollout)
  const changes: Change[] = turn.length + proposals.length > 0 ? [events(ruling, ...turn, ...proposals)] : []
  const finals = reading.gates.filter((g) => g.gate.phase === 'final')
  const isStable = !state.stableAt && state.rollout !== null && state.rollout.stepLiveAt !== null && !state.rollout.standingDown && !reading.isHalted
    && state.steps[state.rollout.stepIndex]?.share === 100 && finals.length > 0 && finals.every(isPassed)
  if (isStable) changes.push(events(ruling, { type: 'became-stable' }), ...becameStable(ruling))
  const followUps = reading.gates.filter((g) => g.gate.phase === 'follow-up')
  if (state.stableAt && followUps.every(isPassed)) {
    const closed: BareEvent = { type: 'closed' }
    changes.push(events(ruling, closed))
  }
  return changes
}

/** Folds what was just decided. A method, so that events typed as any domain event fit; only this release's own ones are given to it. */
interface Fold {
  apply(state: ReleaseState | null, event: DomainEvent): ReleaseState
}
const fold: Fold = { apply: applyRelease }

/**
 * Decides one command.
 * In: the world it may look at (the release's state within), the command as its schema gave it, who acts, the instant.
 * Out: changes of the release, and of the live version and siblings where a rule moves them; or a refusal with code, sentence and blockers.
 * Refused after the end: everything that judges. Never thrown.
 */
export function decideRelease(world: ReleaseWorld, command: ReleaseCommand, actor: Actor, now: Date): Outcome {
  if (command.type === 'open-release') return decideOpen(world, command, actor, now)
  const { release } = world
  if (!release) return refuse('not-found', 'There is no such release.')
  if (release.end && !AFTER_END.includes(command.type) && !(command.type === 'roll-back' && release.end.kind === 'closed')) return refuse('closed', `The release is ${release.end.kind.replace('-', ' ')}; its record stays as it is.`)
  const ruling = rulingOn(world, release, actor, now)
  const outcome = routeCommand(ruling, command)
  if (!outcome.ok) return outcome
  const own = outcome.changes.filter((change) => change.kind === 'release' && change.id === world.id)
  const after = own.flatMap((change) => change.events).reduce((state, event) => fold.apply(state, event), release)
  const followed = follow(rulingOn({ ...world, release: after }, after, actor, now))
  return { ok: true, changes: [...outcome.changes, ...followed] }
}

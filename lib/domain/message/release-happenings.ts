/** Reads out of a release before and after a command what people should hear of, in plain words. */

import { withoutStop } from '@/lib/domain/format'
import { isPassed, type GateStanding } from '@/lib/domain/release/gate-standing'
import { severityOfLabel } from '@/lib/domain/notice/routing'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import type { ReleaseReading } from '@/lib/domain/release/phase'
import { sentenceOf, sentenceText, type Words } from '@/lib/domain/release/sentence'
import type { Decision, ReleaseState } from '@/lib/domain/release/state'
import { ballsOf, movableGates, waitersOf } from '@/lib/domain/release/waiting'
import { wordsOf } from '@/lib/domain/text'
import type { Happening, Subject } from './compose'

/** A release with what is derived of it at the instant of the command. */
export interface ReadRelease {
  readonly state: ReleaseState
  readonly reading: ReleaseReading
}

export interface ReleaseStep {
  /** Null when the command opened it. */
  readonly before: ReadRelease | null
  readonly after: ReadRelease
  /** The events of the command, with their words still open or with seals that `words.reveal` knows. */
  readonly events: readonly ReleaseEvent[]
  readonly actorName: string
  readonly words: Words
  readonly now: Date
}

/** Where a message about a release leads: the release, with the gate open when there is one, and the dialog of what is to be done there. The link does nothing by itself: a person reads, and presses. */
export function releasePath({ code }: Pick<ReleaseState, 'code'>, gateId?: string, prepared?: 'sign-off' | 'go' | 'roll-back'): string {
  const search = [...(gateId === undefined ? [] : [`gate=${encodeURIComponent(gateId)}`]), ...(prepared === undefined ? [] : [`do=${prepared}`])].join('&')
  return `/releases/${encodeURIComponent(code)}${search === '' ? '' : `?${search}`}`
}

/** What all messages of one command say alike: which release, the sentence of the board, and who has the ball. */
export function releaseSubject({ after: { state, reading }, words, now }: ReleaseStep): Subject {
  return {
    name: `${state.code} ${state.modelName} ${state.candidate.label} → ${state.environmentName}`,
    sentence: sentenceText(sentenceOf(state, reading, words, now)),
    whoActsNext: whoActsNext(state, reading, words),
    about: { modelId: state.modelId, environmentId: state.environmentId, risk: state.risk },
  }
}

/** Everything that one command on a release did that somebody may want to hear. */
export function releaseHappenings(step: ReleaseStep): readonly Happening[] {
  return [...step.events.flatMap((event) => ofEvent(event, step)), ...ofGates(step), ...ofRisk(step)]
}

function whoActsNext(state: ReleaseState, reading: ReleaseReading, words: Words): string {
  if (state.end) return 'Nobody; this release has ended.'
  const number = new Map(reading.gates.map((standing) => [standing.gate.id, standing.gate.number]))
  const named = new Map<string, number[]>()
  for (const { on, gateId } of ballsOf(state)) {
    const name = on === 'clock' ? 'The clock' : on === 'hold' ? 'Whoever resumes it' : on === 'freeze' ? 'The freeze' : on === 'outside' ? 'Somebody outside' : words.teamName(on)
    const gate = number.get(gateId)
    named.set(name, [...(named.get(name) ?? []), ...(gate === undefined ? [] : [gate])])
  }
  const said = [...named].map(([name, gates]) => (gates.length === 0 ? name : `${name} (${gates.length === 1 ? 'gate' : 'gates'} ${gates.join(', ')})`))
  return said.length === 0 ? 'Nobody right now.' : said.join('; ')
}

function ofEvent(event: ReleaseEvent, step: ReleaseStep): readonly Happening[] {
  const { after: { state, reading }, actorName, words } = step
  const say = (text: Parameters<typeof wordsOf>[0]): string => wordsOf(text, words.reveal)
  const share = state.steps[event.type === 'step-asked' ? event.stepIndex : (state.rollout?.stepIndex ?? 0)]?.share ?? 0
  const whole = (kind: Happening['kind'], headline: string, line: string, link = 'Open the release', path = releasePath(state)): readonly Happening[] =>
    [{ kind, headline, line, teams: [], path, linkLabel: link }]
  switch (event.type) {
    case 'release-opened': return whole('opened', 'opened', `${actorName} opened the release.`)
    case 'rejected': {
      const gate = reading.gates.find((standing) => standing.gate.id === event.gateId)
      if (!gate) return []
      const line = `${actorName} rejected gate ${gate.gate.number} for ${words.teamName(event.rejection.team)}: ${say(event.rejection.reason)}`
      return whole('rejected', `${gate.gate.name} rejected`, line, `Open gate ${gate.gate.number}`, releasePath(state, event.gateId))
    }
    case 'signed-off': {
      const gate = event.signOff.isBreakGlass ? reading.gates.find((standing) => standing.gate.id === event.gateId) : undefined
      if (!gate) return []
      const teams = event.signOff.teams.map(words.teamName).join(' and ')
      const line = `${actorName} signed gate ${gate.gate.number} for ${teams} by break-glass${event.signOff.comment ? `: ${say(event.signOff.comment)}` : '.'}`
      return whole('break-glass', `${gate.gate.name} signed by break-glass`, line, `Open gate ${gate.gate.number}`, releasePath(state, event.gateId))
    }
    case 'decided': return ofDecision(event.decision, step)
    case 'held': return whole('hold', 'on hold', `${actorName} put it on hold: ${say(event.reason)}`)
    case 'resumed': return whole('resumed', 'resumed', `${actorName} ended the hold.`)
    case 'rollout-started': return whole('rollout-step', `rollout starts with ${share} %`, `${actorName} started the rollout with ${share} % of traffic.`)
    case 'step-asked': return whole('rollout-step', `next step, ${share} %`, `${actorName} asked for ${share} % of traffic.`)
    case 'step-live': return whole('rollout-step', `${share} % is live`, `${share} % of traffic is live, ${HOW[event.how]}. The soak has begun.`)
    case 'stand-down-asked': return whole('rollout-step', 'standing down', `${actorName} asked to stand down: ${say(event.reason)}`)
    case 'stood-down': return whole('rollout-step', 'stood down', 'No traffic goes to the candidate any more.')
    case 'became-stable': return whole('stable', `${state.candidate.label} is stable`, `${state.candidate.label} is the last stable version in ${state.environmentName} now, and stays watched.`)
    case 'roll-back-started': {
      const to = event.rollBack.to ? ` to ${event.rollBack.to.label}` : ''
      return whole('roll-back', `rolling back${to}`, `${actorName} started the roll-back${to}: ${say(event.rollBack.reason)}`, 'Open the roll-back')
    }
    case 'rolled-back': return whole('rolled-back', 'rolled back', `The roll-back is done, ${HOW[event.how]}. ${state.candidate.label} is held for ${state.environmentName}.`)
    case 'roll-back-proposed': return whole('roll-back-proposed', `roll-back proposed, ${event.proposal.title}`, `${event.proposal.title}: ${withoutStop(event.proposal.reason)}. Roll back with one line, or dismiss the proposal with a reason.`, 'Open the proposal', releasePath(state, undefined, 'roll-back'))
    case 'roll-back-proposal-ended': return event.how === 'recovered' ? whole('roll-back-proposed', 'the proposed roll-back is no longer needed', 'What asked for the roll-back has recovered.') : event.how === 'dismissed' && event.reason ? whole('roll-back-proposed', 'the proposed roll-back was dismissed', `${actorName} dismissed the proposal: ${say(event.reason)}`) : []
    case 'alert-fired': return whole('alert', `alert ${event.alert.name}`, `${event.alert.name} fires${event.alert.severity === '' ? '' : `, ${event.alert.severity}`}: ${say(event.alert.summary)}`).map((one) => ({ ...one, severity: severityOfLabel(event.alert.severity) }))
    case 'alert-resolved': {
      const alert = state.alerts?.find((one) => one.fingerprint === event.fingerprint && one.startsAt === event.startsAt)
      return alert ? whole('alert', `alert ${alert.name} resolved`, `${alert.name} is resolved.`) : []
    }
    case 'commented': {
      if (event.comment.mentions.length === 0) return []
      const path = releasePath(state, event.comment.gateId ?? undefined)
      return whole('mention', `${actorName} mentions you`, `${actorName} wrote: ${say(event.comment.text)}`, 'Open the comment', path).map((one) => ({ ...one, calls: event.comment.mentions }))
    }
    default: return []
  }
}

const HOW = { metric: 'seen in the metrics', pipeline: 'acknowledged by the pipeline', confirmed: 'confirmed by hand' } as const

// A hold, its end and a roll-back are decisions too; they have a message of their own already.
const TOLD_ELSEWHERE: ReadonlySet<Decision['kind']> = new Set(['hold', 'resume', 'roll-back'])

function ofDecision(decision: Decision, { after: { state }, actorName, words }: ReleaseStep): readonly Happening[] {
  if (TOLD_ELSEWHERE.has(decision.kind)) return []
  const kind = decision.kind.replaceAll('-', ' ')
  const line = `${actorName} recorded decision ${decision.number}, ${kind}: ${withoutStop(wordsOf(decision.title, words.reveal))}. ${wordsOf(decision.reason, words.reveal)}`
  const path = releasePath(state, decision.gateId ?? undefined)
  const isGo = decision.kind === 'go' || decision.kind === 'go-with-conditions'
  return [{ kind: 'decision', headline: `decision ${decision.number}, ${kind}`, line, teams: [], path, linkLabel: `Open decision ${decision.number}`, ...(isGo ? { carriesCheckpoint: true, isUrgent: true } : {}) }]
}

/** What turned at the gates: passed, stale, or now waiting for a team that it did not wait for before. */
function ofGates({ before, after, words }: ReleaseStep): readonly Happening[] {
  const { state, reading } = after
  if (state.end) return []
  const movable = new Set(movableGates(reading).map((standing) => standing.gate.id))
  const earlier = new Map((before?.reading.gates ?? []).map((standing) => [standing.gate.id, standing]))
  const movableBefore = new Set(before ? movableGates(before.reading).map((standing) => standing.gate.id) : [])
  return reading.gates.flatMap((standing): readonly Happening[] => {
    const was = earlier.get(standing.gate.id)
    const about = aboutGate(state, standing)
    if (isPassed(standing)) {
      if (was === undefined || isPassed(was)) return []
      const how = standing.waived > 0 ? ` with ${standing.waived} waived or not applicable` : ''
      return [{ kind: 'gate-passed', headline: `${standing.gate.name} passed`, line: `Gate ${standing.gate.number}, ${standing.gate.name}, passed${how}.`, ...about }]
    }
    if (standing.status === 'stale' && was?.status !== 'stale') {
      const count = standing.stale.length
      const teams = [...new Set(standing.stale.flatMap((entry) => entry.signOff.teams))]
      const line = `Gate ${standing.gate.number}, ${standing.gate.name}: ${count === 1 ? '1 sign-off is' : `${count} sign-offs are`} stale and ${count === 1 ? 'waits' : 'wait'} to be affirmed again.`
      return [{ kind: 'stale', headline: `${standing.gate.name} is stale`, line, ...about, path: releasePath(state, standing.gate.id, 'sign-off'), teams }]
    }
    if (!movable.has(standing.gate.id)) return []
    const waitedFor = was !== undefined && before !== null && movableBefore.has(standing.gate.id) ? waitersOf(before.state, was) : []
    const teams = teamsOf(waitersOf(state, standing).filter((on) => !waitedFor.includes(on)))
    if (teams.length === 0) return []
    const line = `Gate ${standing.gate.number}, ${standing.gate.name}, waits for ${teams.map(words.teamName).join(' and ')}.`
    return [{ kind: 'gate-waiting', headline: `${standing.gate.name} waits for ${teams.map(words.teamName).join(' and ')}`, line, ...about, path: releasePath(state, standing.gate.id, preparedAt(standing)), teams }]
  })
}

/** What is left to do at a gate that can be judged: to sign, or to decide. Nothing is prepared while its items are open. */
function preparedAt({ gate, unsettled, rule, reading }: GateStanding): 'sign-off' | 'go' | undefined {
  if (unsettled.length > 0) return undefined
  return gate.isDecision && reading.missing.length === 0 && rule.teams.length > 0 ? 'go' : 'sign-off'
}

function aboutGate(state: ReleaseState, { gate }: GateStanding): Pick<Happening, 'teams' | 'path' | 'linkLabel'> {
  return { teams: [gate.ownerTeam, ...(gate.coOwnerTeams ?? [])], path: releasePath(state, gate.id), linkLabel: `Open gate ${gate.number}` }
}

function teamsOf(waiters: readonly string[]): readonly string[] {
  return waiters.filter((on) => on !== 'clock' && on !== 'hold' && on !== 'freeze' && on !== 'outside')
}

/** Metrics that went past their limit with this command, and whether the rollout stopped for them. */
function ofRisk({ before, after: { state, reading } }: ReleaseStep): readonly Happening[] {
  const known = new Set(before?.reading.atRisk.map((risk) => risk.itemId) ?? [])
  const risks = reading.atRisk.filter((risk) => !known.has(risk.itemId)).map((risk): Happening => ({
    kind: 'at-risk', headline: `at risk, ${risk.title}`, line: `${risk.title}: ${withoutStop(risk.reason)}.`, teams: [],
    path: `/releases/${encodeURIComponent(state.code)}/verdicts/${encodeURIComponent(risk.itemId)}`, linkLabel: 'Why it says that',
  }))
  const [first] = risks
  const isNewlyHalted = reading.isHalted && before?.reading.isHalted !== true && state.rollout !== null && state.stableAt === null
  return first && isNewlyHalted ? [...risks, { ...first, kind: 'halted', headline: 'rollout halted', line: 'The rollout is halted where it stands; a roll-back is proposed.' }] : risks
}

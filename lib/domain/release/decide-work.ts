/** Rules for what follows a judgement: checks whether a decision held, and actions that are snoozed, handed on, changed or dropped. */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { freeText } from '@/lib/domain/text'
import { decideMove } from '@/lib/domain/work/action-rule'
import type { CommandOf } from './commands'
import { isReleased } from './released'
import { forbidden, happened, personName, type BareEvent, type Ruling } from './ruling'
import type { Action, Decision, DecisionCheck } from './state'

export type WorkCommand = CommandOf<'confirm-decision' | 'snooze-action' | 'wake-action' | 'reassign-action' | 'change-action' | 'drop-action'>

const DAY = 86_400_000
/** Days in which somebody says what follows from a decision that did not hold. */
const ANSWER_DAYS = 7

/** "D-3 is superseded by D-7 (Mara Lindqvist, 12 November 2026)": the same words wherever somebody comes too late. */
export function supersededWords(ruling: Ruling, old: Decision): string {
  const by = ruling.state.decisions.find((one) => one.number === old.supersededBy)
  const when = by && new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(by.at))
  return `D-${old.number} is superseded by D-${old.supersededBy ?? ''} already${by ? ` (${personName(ruling, by.by)}, ${when ?? ''})` : ''}`
}

/** A decision is looked at again by people: it held, or it did not; what was decided stays as it was (rule 18). */
function decideConfirm(ruling: Ruling, command: CommandOf<'confirm-decision'>): Outcome {
  const no = forbidden(ruling, 'release.confirm-decision')
  if (no) return no
  const decision = ruling.state.decisions.find((one) => one.number === command.number)
  if (!decision) return refuse('not-found', `There is no decision D-${command.number} on this release.`)
  if (decision.supersededBy !== null) return refuse('closed', `${supersededWords(ruling, decision)}; confirm that one.`)
  if (command.nextAt !== null && Date.parse(command.nextAt) <= ruling.now.getTime()) return refuse('invalid', 'The next check lies in the past.')
  const check: DecisionCheck = { by: ruling.by, at: ruling.at, outcome: command.outcome, note: freeText(command.note), nextAt: command.nextAt }
  const checked: BareEvent = { type: 'decision-confirmed', number: decision.number, check }
  const isAsked = ruling.state.actions.some((one) => one.source === 'decision' && one.sourceId === `D-${decision.number}` && one.done === null)
  return command.outcome === 'held' || isAsked ? happened(ruling, checked) : happened(ruling, checked, { type: 'action-added', action: answerTo(ruling, decision) })
}

/** What did not hold asks its first decider for what follows; where they have gone, whoever saw it. */
function answerTo(ruling: Ruling, { number, deciders }: Decision): Action {
  const owner = deciders.find((one) => ruling.world.people.some((person) => person.id === one.personId))?.personId ?? ruling.by
  return {
    id: ruling.freshId(`unheld-${number}`), source: 'decision', sourceId: `D-${number}`, title: freeText(`D-${number} did not hold: decide anew, or say why it stays`), ownerId: owner, team: null,
    dueAt: new Date(ruling.now.getTime() + ANSWER_DAYS * DAY).toISOString(), by: ruling.by, at: ruling.at, done: null,
  }
}

/** Decides a command about what follows. */
export function decideWork(ruling: Ruling, command: WorkCommand): Outcome {
  if (command.type === 'confirm-decision') return decideConfirm(ruling, command)
  const no = forbidden(ruling, 'release.work')
  if (no) return no
  const { state, world, actor, by, now } = ruling
  const action = state.actions.find((one) => one.id === command.actionId)
  const outcome = decideMove(action, command, { actor, by, now, people: world.people, teams: world.teams, isReleased: action !== undefined && isReleased(state, action) })
  return 'code' in outcome ? { ok: false, refusal: outcome } : happened(ruling, outcome)
}

/** The one sentence: what blocks a release, who holds the ball, and for how long; the same on every screen, in Slack and in the API. */
import type { TeamId } from '@/lib/domain/actor'
import { withoutStop } from '@/lib/domain/format'
import type { Reveal } from '@/lib/domain/text'
import { wordsOf } from '@/lib/domain/text'
import type { GateStanding } from './gate-standing'
import { isPassed, staleCause } from './gate-standing'
import type { ReleaseReading } from './phase'
import { missingWords } from './sign-off-rule'
import { openProposals } from './roll-back-proposal'
import type { ReleaseState } from './state'
import { ballsOf, movableGates, waitersOf, type Waiter } from './waiting'

export interface SentencePart {
  readonly text: string
  readonly tone?: 'strong' | 'bad' | 'late'
  readonly gateId?: string
}

export interface Words {
  readonly teamName: (team: TeamId) => string
  readonly reveal: Reveal
  /** How an age reads; a list writes a mark instead, and fills it when it is shown. */
  readonly age: (since: string) => string
}

/** Ages as they are at an instant. */
export function agesAt(now: Date): Words['age'] {
  return (since) => durationWords(now.getTime() - Date.parse(since))
}

/** A length of time as people say it: "38 min", "5 h", "2 d 4 h", "11 d". In: milliseconds. */
export function durationWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 || days >= 10 ? `${days} d` : `${days} d ${hours % 24} h`
}

function listWords(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function lowerFirst(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}

function waiterWords(on: Waiter, words: Words): string {
  if (on === 'clock') return 'the clock'
  if (on === 'hold') return 'a hold'
  if (on === 'freeze') return 'a freeze'
  return on === 'outside' ? 'somebody outside' : words.teamName(on)
}

function openLines(state: ReleaseState, standing: GateStanding): string {
  // What failed comes first: it will not mend itself.
  const lines = standing.unsettled.toSorted((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'))
  const titles = lines.map((line) => {
    const template = standing.gate.items.find((one) => one.id === line.itemId)
    const name = template?.inShort ?? lowerFirst(state.items[line.itemId]?.title ?? line.itemId)
    return line.status === 'failed' && line.reason ? `${name} failed (${line.reason})` : name
  })
  if (titles.length > 3) return `${titles.slice(0, 2).join(', ')} and ${titles.length - 2} more`
  return listWords(titles)
}

/** What one gate lacks, without whom it waits for. */
function lackOf(state: ReleaseState, standing: GateStanding, words: Words): string {
  const { gate } = standing
  if (standing.rejections[0]) return `${lowerFirst(gate.name)} is rejected by ${words.teamName(standing.rejections[0].team)}: ${wordsOf(standing.rejections[0].reason, words.reveal)}`
  if (standing.status === 'stale') {
    const count = standing.stale.length
    const cause = staleCause(standing.stale, (parts) => `the ${listWords(parts)} changed`)
    return `${cause}; ${count === 1 ? '1 sign-off is' : `${count} sign-offs are`} stale`
  }
  if (standing.unsettled.length > 0) return openLines(state, standing)
  if (standing.reading.missing.length > 0) return `sign-off from ${listWords(standing.reading.missing.map((m) => missingWords(m, words.teamName)))}`
  return gate.isDecision ? 'the decision' : lowerFirst(gate.name)
}

function others(gates: readonly GateStanding[]): string {
  if (gates.length === 0) return ' Nothing else blocks.'
  const named = gates.slice(0, 2).map((standing) => `${standing.gate.shortName} (gate ${standing.gate.number})`)
  const rest = gates.length - named.length
  const list = rest > 0 ? `${named.join(', ')} and ${rest} more` : listWords(named)
  return ` ${list} ${gates.length === 1 ? 'is' : 'are'} open too.`
}

function rolloutSentence(state: ReleaseState, reading: ReleaseReading, words: Words): readonly SentencePart[] | null {
  const { rollout } = state
  const step = rollout && state.steps[rollout.stepIndex]
  if (!rollout || !step || reading.phase === 'stable') return null
  if (rollout.standingDown) return [{ text: `Standing down since ${words.age(rollout.standingDown.at)}`, tone: 'strong' }, { text: ': waits until no traffic is seen on the candidate.' }]
  if (rollout.stepLiveAt === null) {
    return [
      { text: `Going to ${step.share} % for ${words.age(rollout.stepAskedAt)}:`, tone: 'strong' },
      { text: ` waits until that share is seen, acknowledged or confirmed by ${words.teamName('ops')}.` },
    ]
  }
  const soak = reading.soak
  const gate = reading.gates.find((g) => g.gate.phase === (step.share === 100 ? 'final' : 'rollout'))
  if (soak && !soak.isDone) {
    const open = movableGates(reading).filter((standing) => standing !== gate && !waitersOf(state, standing).every((on) => on === 'clock'))
    const human = gate?.unsettled.filter((line) => !['metric', 'computed'].includes(state.items[line.itemId]?.kind ?? '')).length ?? 0
    const goal = step.share === 100 ? 'stable' : 'the next step'
    const also = human > 0 && gate ? ` ${human === 1 ? '1 item is' : `${human} items are`} open in ${gate.gate.shortName} (gate ${gate.gate.number}).` : ''
    return [{ text: `Soaking at ${step.share} %:`, tone: 'strong' }, { text: ` ${soak.words}.${also || (open.length > 0 ? others(open) : ` Nothing else blocks ${goal}.`)}` }]
  }
  if (soak?.isDone && step.share < 100 && state.steps[rollout.stepIndex + 1] && state.steps[rollout.stepIndex + 1]?.share !== 100) {
    return [{ text: `Ready for ${state.steps[rollout.stepIndex + 1]?.share} %:`, tone: 'strong' }, { text: ` ${step.share} % has soaked; the next step waits for ${words.teamName('ops')}.` }]
  }
  if (gate && isPassed(gate) && step.share < 100) {
    return [{ text: 'Ready for full traffic:', tone: 'strong' }, { text: ` the canary has passed; the next step waits for ${words.teamName('ops')}.` }]
  }
  return null
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A freeze in words. The sentence is one for everybody, so its time is in UTC; the banner says it in the viewer's zone. */
export function frozenSentence(freeze: { readonly reason: string; readonly to: string }): readonly SentencePart[] {
  const [year = '', month = '', day = ''] = freeze.to.slice(0, 10).split('-')
  const until = `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}, ${freeze.to.slice(11, 16)} UTC`
  return [{ text: 'Frozen:', tone: 'late' }, { text: ` ${withoutStop(freeze.reason)}, until ${until}.` }]
}

/** What lies over everything else: ended, rolling back, at risk, on hold, frozen, lapsed. */
function overlaySentence(state: ReleaseState, reading: ReleaseReading, words: Words): readonly SentencePart[] | null {
  const ago = words.age
  if (state.end) {
    const why = state.rollBack ? `: ${wordsOf(state.rollBack.reason, words.reveal)}` : '.'
    const name = { 'rolled-back': 'Rolled back', cancelled: 'Cancelled', superseded: 'Superseded', closed: 'Closed' }[state.end.kind]
    return [{ text: `${name} ${ago(state.end.at)} ago`, tone: 'strong' }, { text: state.end.kind === 'rolled-back' ? why : '.' }]
  }
  if (state.rollBack) {
    const to = state.rollBack.to ? ` to ${state.rollBack.to.label}` : ''
    return [{ text: `Rolling back${to} since ${ago(state.rollBack.at)}:`, tone: 'bad' }, { text: ` ${wordsOf(state.rollBack.reason, words.reveal)}. Waits until it is seen or confirmed.` }]
  }
  const [proposal] = openProposals(state)
  if (proposal && !state.end) {
    const halted = reading.phase === 'stable' ? '' : ' The rollout is halted where it stands.'
    return [{ text: 'Roll-back proposed:', tone: 'bad' }, { text: ` ${lowerFirst(proposal.title)}, ${withoutStop(proposal.reason)}.${halted}` }]
  }
  const risk = reading.atRisk[0]
  if (risk) {
    return [{ text: 'At risk:', tone: 'bad', gateId: risk.gateId }, { text: ` ${lowerFirst(risk.title)}, ${withoutStop(risk.reason)}. ${reading.phase === 'stable' ? '' : 'The rollout is halted; '}a roll-back is proposed.` }]
  }
  if (state.hold) return [{ text: `On hold for ${ago(state.hold.at)}:`, tone: 'late' }, { text: ` ${wordsOf(state.hold.reason, words.reveal)}` }]
  const isMovingNext = reading.phase === 'approved' || reading.phase === 'rolling-out'
  if (reading.freeze && isMovingNext) return frozenSentence(reading.freeze)
  const lapsed = reading.lapsed[0]
  if (lapsed && isMovingNext) {
    return [
      { text: `The next step is refused:`, tone: 'late', gateId: lapsed.gate.id },
      { text: ` ${lackOf(state, lapsed, words)} (gate ${lapsed.gate.number}).${reading.lapsed.length > 1 ? others(reading.lapsed.slice(1)) : ''}` },
    ]
  }
  return null
}

/** The sentence. In: the release, its reading, the words for teams and sealed texts, the instant. Out: parts to be set one after the other. */
export function sentenceOf(state: ReleaseState, reading: ReleaseReading, words: Words, now: Date): readonly SentencePart[] {
  const over = overlaySentence(state, reading, words) ?? rolloutSentence(state, reading, words)
  if (over) return over
  const movable = movableGates(reading)
  const balls = ballsOf(state)
  if (reading.phase === 'stable' && movable.every((standing) => waitersOf(state, standing).every((on) => on === 'clock'))) {
    const words_ = movable.length > 0 ? ` Follow-up waits for the clock.` : ' Nothing blocks.'
    return [{ text: `Stable for ${words.age(state.stableAt ?? now.toISOString())}`, tone: 'strong' }, { text: `, and watched.${words_}` }]
  }
  const [first, ...rest] = movable.toSorted((a, b) => rank(state, a) - rank(state, b) || a.gate.number - b.gate.number)
  if (!first) return [{ text: 'Nothing blocks.', tone: 'strong' }]
  const waiters = waitersOf(state, first)
  const since = balls.filter((ball) => ball.gateId === first.gate.id).map((ball) => ball.since).toSorted()[0] ?? state.changedAt
  const age = words.age(since)
  const isStart = reading.phase === 'approved' && first.gate.phase === 'rollout'
  if (isStart) return [{ text: `Approved; waits for ${words.teamName(first.gate.ownerTeam)} for ${age}`, tone: 'strong', gateId: first.gate.id }, { text: ' to start the rollout. Nothing else blocks.' }]
  const who = listWords(waiters.map((on) => waiterWords(on, words)))
  return [
    { text: `Waiting on ${who} for ${age}:`, tone: 'strong', gateId: first.gate.id },
    { text: ` ${lackOf(state, first, words)} (gate ${first.gate.number}).${others(rest)}` },
  ]
}

/** Gates that a person must move come before those that only the clock moves. */
function rank(state: ReleaseState, standing: GateStanding): number {
  return waitersOf(state, standing).every((on) => on === 'clock') ? 1 : 0
}

/** The sentence as plain text, for Slack, the API and screen readers. */
export function sentenceText(parts: readonly SentencePart[]): string {
  return parts.map((part) => part.text).join('')
}

/** What one release asks of one person: gates and sign-offs of their teams, items assigned to them, what is live to confirm, roll-backs that are proposed. */
import type { PersonActor } from '@/lib/domain/actor'
import { isPassed, type GateStanding } from '@/lib/domain/release/gate-standing'
import type { ReleaseReading } from '@/lib/domain/release/phase'
import { openProposals } from '@/lib/domain/release/roll-back-proposal'
import type { ReleaseState } from '@/lib/domain/release/state'
import { isLate, dueOn } from './due'
import type { WorkLine } from './view'
import type { WorkingHours } from '@/lib/domain/working-time'

const OPS = 'ops'
const START = { todo: 'act', kind: 'rollout', title: 'Start the rollout', detail: 'it is approved' } as const

/** What all lines of a release share; a line says the rest. */
type Bare = Pick<WorkLine, 'id' | 'todo' | 'kind' | 'title' | 'href' | 'team' | 'isMine' | 'since' | 'detail'> & { readonly dueAt?: string | null }

/** What is open in a gate, the first three by their short names. */
function openWords(state: ReleaseState, { gate, unsettled }: GateStanding): string {
  const named = unsettled.slice(0, 3).map(({ itemId }) => gate.items.find((line) => line.id === itemId)?.inShort ?? state.items[itemId]?.title ?? itemId)
  return `${named.join(', ')}${unsettled.length > 3 ? ` and ${unsettled.length - 3} more` : ''}`
}

/** What a gate asks of a team that it waits for; null where this person has done their part. */
function gateLine(standing: GateStanding, state: ReleaseState, actor: PersonActor, team: string): Pick<Bare, 'todo' | 'kind' | 'title' | 'detail'> | null {
  const name = `${standing.gate.number} ${standing.gate.name}`
  if (standing.rejections.length > 0) return { todo: 'answer', kind: 'gate', title: `Answer the rejection of ${name}`, detail: 'it holds the gate until it is withdrawn or overridden' }
  if (standing.unsettled.length > 0) return { todo: 'act', kind: 'gate', title: name, detail: openWords(state, standing) }
  if (standing.gate.isDecision && standing.reading.isMet) return { todo: 'sign', kind: 'sign-off', title: `Decide ${name}`, detail: 'all have signed; the decision is missing' }
  const hasSigned = standing.valid.some((one) => one.by === actor.personId)
  return hasSigned ? null : { todo: 'sign', kind: 'sign-off', title: `Sign off ${name}`, detail: standing.stale.length > 0 ? `something changed since it was signed by ${team}` : 'every item is settled' }
}

function movementLines(state: ReleaseState, reading: ReleaseReading): readonly Bare[] {
  const { rollout, rollBack, steps } = state
  const at = `/releases/${state.code}`
  const lines: Bare[] = []
  if (rollout && rollout.stepLiveAt === null && !rollBack && state.selectors.shareQuery === null) {
    lines.push({ id: `${state.id} live`, todo: 'confirm', kind: 'rollout', title: `Confirm that ${steps[rollout.stepIndex]?.share ?? 0} % is live`, href: at, team: OPS, isMine: false, since: rollout.stepAskedAt, detail: 'no metric tells its share' })
  }
  if (rollBack && !rollBack.confirmed) lines.push({ id: `${state.id} back`, todo: 'confirm', kind: 'rollout', title: 'Confirm that the roll-back is complete', href: at, team: OPS, isMine: false, since: rollBack.at, detail: 'it is rolling back until somebody saw it' })
  const [proposal] = reading.phase === 'rolling-back' ? [] : openProposals(state)
  if (proposal) lines.push({ id: `${state.id} proposal ${proposal.id}`, todo: 'answer', kind: 'proposal', title: `Roll back, or dismiss the proposal: ${proposal.title}`, href: at, team: OPS, isMine: false, since: proposal.at, detail: proposal.reason })
  return lines
}

/** In: the release with its reading, who asks, the hours of each team. Out: its lines for this person; those of a team once per team of theirs. */
export function releaseLines(state: ReleaseState, reading: ReleaseReading, actor: PersonActor, hoursOf: (team: string | null) => WorkingHours | null, now: Date): readonly WorkLine[] {
  const own = new Set(actor.memberships.map((one) => one.team))
  const bare: Bare[] = movementLines(state, reading).filter((line) => line.team !== null && own.has(line.team))
  // Whoever confirms or answers what moves settles what the rollout gates wait for; saying both would count it twice.
  const isMoving = bare.some((line) => line.kind === 'rollout')
  for (const standing of reading.gates) {
    if (isPassed(standing)) continue
    const href = `/releases/${state.code}?gate=${standing.gate.id}`
    const { dueAt } = standing.state
    for (const line of standing.unsettled) {
      const item = state.items[line.itemId]
      if (item?.assigneeId === actor.personId) bare.push({ id: `${state.id} ${item.id}`, todo: 'act', kind: 'item', title: `${item.id} ${item.title}`, href: `${href}#item-${item.id}`, team: null, isMine: true, since: null, dueAt, detail: line.reason })
    }
    const isRolloutGate = standing.gate.phase === 'rollout' || standing.gate.phase === 'final'
    for (const wait of state.waits.filter((one) => one.to === null && one.gateId === standing.gate.id && own.has(one.on))) {
      const asked = isMoving && isRolloutGate ? null : isRolloutGate && !state.rollout ? START : gateLine(standing, state, actor, wait.on)
      if (asked) bare.push({ ...asked, id: `${state.id} ${standing.gate.id} ${wait.on}`, href, team: wait.on, isMine: false, since: wait.from, dueAt })
    }
  }
  return bare.map(({ dueAt = null, ...line }) => ({
    ...line, code: state.code, modelName: state.modelName, dueAt, lateAt: dueAt === null ? null : dueOn(dueAt, hoursOf(line.team)).toISOString(), isOverdue: isLate(dueAt, hoursOf(line.team), now),
    snoozedUntil: null, snoozeReason: null, action: null,
  }))
}

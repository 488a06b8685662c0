/** What decisions on a check-in rest on: itself, the agenda out of the releases, what was left open before, what was recorded on a release; and the minutes that go to Slack. */
import 'server-only'
import { createHash } from 'node:crypto'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { endNoteDrafts, noteWords, type DraftWords } from '@/db/note-draft'
import type { Store } from '@/db/store'
import { checkInCommand, type CheckInCommand, type CheckInCommandOf } from '@/lib/domain/check-in/commands'
import type { CheckInContext } from '@/lib/domain/check-in/turn'
import { decideCheckIn } from '@/lib/domain/check-in/decide'
import type { CheckInState } from '@/lib/domain/check-in/state'
import { carriedFrom, type Carried } from '@/lib/domain/check-in/topics'
import type { Change, DomainEvent } from '@/lib/domain/aggregate'
import { minutesTold } from '@/lib/domain/message/check-in-happenings'
import type { Listener } from '@/lib/domain/message/compose'
import { wordsOf } from '@/lib/domain/text'
import { owedActions } from '@/lib/server/check-in/owed'
import { askForQuiet } from '@/lib/server/check-in/quiet'
import { defineContext } from '@/lib/server/context/registration'
import { draftsFor } from '@/lib/server/notify/draft'
import { loadListeners } from '@/lib/server/notify/listeners'
import { agendaFor } from '@/lib/server/view/agenda'
import { loadPeople, loadTeams } from '@/lib/server/view/people'

interface Loaded {
  readonly state: CheckInState | null
  readonly context: CheckInContext
  readonly listeners: readonly Listener[]
  /** What people wrote together, as it was seen. */
  readonly drafts: readonly DraftWords[]
}

/** Commands that fix the agenda, or may. */
const OPENS: ReadonlySet<string> = new Set(['start', 'answer', 'turn'])
/** Commands that end the check-in, or may. */
const ENDS: ReadonlySet<string> = new Set(['close', 'answer', 'turn', 'cancel'])

const FIRST_LOOK_BACK_MS = 7 * 86_400_000
/** How far back the chain of earlier check-ins is followed past cancelled and missed ones. */
const MOST_BACK = 10

/** What the check-ins before this one left open, back to the last one that was held. Out: the topics, and when it ended. */
export async function leftBefore(store: Store, previousId: string | null): Promise<{ readonly carried: readonly Carried[]; readonly end: string | null }> {
  const carried: Carried[] = []
  let id = previousId
  for (let step = 0; id !== null && step < MOST_BACK; step += 1) {
    const loaded = await loadAggregate(store, 'check-in', id)
    if (!loaded) break
    const words = await revealTexts(store, [id])
    carried.push(...carriedFrom(loaded.state, (hash) => words.get(hash)))
    if (loaded.state.startedAt !== null) return { carried, end: loaded.state.closedAt ?? loaded.state.startedAt }
    id = loaded.state.previousId
  }
  return { carried, end: null }
}

/** The instant from which a check-in that has not started would tell changes. */
export function lookBack(end: string | null, now: Date): string {
  return end ?? new Date(Math.floor((now.getTime() - FIRST_LOOK_BACK_MS) / 3_600_000) * 3_600_000).toISOString()
}

async function recordOf(store: Store, command: CheckInCommandOf<'take'>, actorId: string): Promise<CheckInContext['record']> {
  const loaded = await loadAggregate(store, 'release', command.releaseId)
  if (!loaded) return null
  const { state } = loaded
  const words = await revealTexts(store, [command.releaseId])
  const reveal = (hash: string) => words.get(hash)
  const base = { code: state.code, people: [], team: null, dueAt: null }
  if (command.kind === 'decision' || command.kind === 'hold') {
    const decision = state.decisions.find((one) => `D-${one.number}` === command.reference && (one.kind === 'hold') === (command.kind === 'hold'))
    return decision ? { ...base, title: wordsOf(decision.kind === 'hold' ? decision.reason : decision.title, reveal), word: decision.kind, people: decision.deciders.map((one) => one.personId) } : null
  }
  if (command.kind === 'action') {
    const action = state.actions.find((one) => one.id === command.reference)
    return action ? { ...base, title: wordsOf(action.title, reveal), word: action.source, people: action.ownerId ? [action.ownerId] : [], team: action.team, dueAt: action.dueAt } : null
  }
  const gate = state.template.gates.find((one) => one.id === command.reference)
  const signed = state.gates[command.reference]?.signOffs.some((one) => one.by === actorId && !one.withdrawn) ?? false
  return gate && signed ? { ...base, title: gate.name, word: `gate ${gate.number} ${gate.name}`, people: [actorId] } : null
}

async function releasesOf(store: Store, command: CheckInCommand): Promise<CheckInContext['releases']> {
  const named = command.type === 'add-topic' ? (command.releaseId ? [command.releaseId] : []) : 'releaseIds' in command && command.releaseIds !== 'all' ? command.releaseIds : []
  const found = named.length > 0 ? await loadAggregates(store, 'release', named) : new Map()
  return new Map([...found].map(([id, { state }]) => [id, { code: state.code, gates: new Map(state.template.gates.map((gate: { id: string; number: number }) => [gate.id, gate.number])) }]))
}

export const checkInContext = defineContext<CheckInCommand, Loaded>({
  schema: checkInCommand,
  async load(store, id, command, actor, now) {
    const loaded = await loadAggregate(store, 'check-in', id)
    const state = loaded?.state ?? null
    const actorId = actor.kind === 'person' ? actor.personId : ''
    const isStart = OPENS.has(command.type) && state?.status === 'scheduled'
    const mayEnd = ENDS.has(command.type) && state?.status !== 'closed'
    if (mayEnd && state?.status === 'running') askForQuiet(id)
    const [people, teams, words, releases, listeners, left, previous, record, drafts] = await Promise.all([
      loadPeople(store), loadTeams(store), revealTexts(store, [id]), releasesOf(store, command), mayEnd ? loadListeners(store) : [],
      isStart && state ? leftBefore(store, state.previousId) : { carried: [], end: null },
      command.type === 'schedule' && command.previousId !== null ? loadAggregate(store, 'check-in', command.previousId) : null,
      command.type === 'take' ? recordOf(store, command, actorId) : null,
      mayEnd || command.type === 'remove-topic' ? noteWords(store, id) : [],
    ])
    const wantsLines = state !== null && (isStart || command.type === 'add-line')
    const context: CheckInContext = {
      actor, now: now.toISOString(), id, releases, carried: left.carried, previousEnd: left.end, hasPrevious: previous !== null, record,
      teams: teams.map((team) => ({ id: team.id, name: team.name })), people: [...people.values()].map(({ id: person, name }) => ({ id: person, name })),
      owed: isStart && state ? await owedActions(store, state.releaseIds, state.previousId, now) : [],
      lines: wantsLines ? await agendaFor(store, state.releaseIds, state.since ?? lookBack(left.end, now), now) : [],
      notes: new Map(drafts.map((draft) => [draft.topicId, draft.words])), reveal: (hash) => words.get(hash), hashOf: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    }
    return { context: { state, context, listeners, drafts }, versions: [{ kind: 'check-in', id, version: loaded?.version ?? 0 }] }
  },
  decide: ({ state, context }, command) => decideCheckIn(state, command, context),
  // notes end with the check-in, exactly as they entered the minutes; who wrote on one meanwhile makes it be decided again
  beside: (changes, { context, drafts }) => (changes.some((change) => change.events.some(isEnd)) ? endNoteDrafts(context.id, drafts) : []),
  notify: (changes, { state, context, listeners }, actor, now) => (state === null || listeners.length === 0 ? [] : minutesDrafts(state, changes, context, listeners, actor.name, now)),
})

function isEnd(event: DomainEvent): boolean {
  return event.type === 'check-in-closed' || event.type === 'check-in-cancelled'
}

function minutesDrafts(state: CheckInState, changes: readonly Change[], { id, actor, people, teams, reveal }: CheckInContext, listeners: readonly Listener[], actorName: string, now: Date): ReturnType<typeof draftsFor> {
  const words = { reveal, personName: (person: string) => people.find((one) => one.id === person)?.name ?? 'someone', teamName: (team: string) => teams.find((one) => one.id === team)?.name ?? team }
  const told = minutesTold(state, changes.flatMap((change) => change.events), actor.kind === 'system' ? null : actorName, words)
  return told ? draftsFor([told.happening], told.subject, listeners, id, now) : []
}

/** Reads one check-in for a screen or the API: its topics as they stand, who waits, what was taken, the minutes. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { comingCheckIns, type CheckInRow } from '@/db/check-in-list'
import { noteWords, type DraftWords } from '@/db/note-draft'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { lineHref } from '@/lib/domain/check-in/agenda'
import type { CheckInState, Topic } from '@/lib/domain/check-in/state'
import { arranged, matterOf } from '@/lib/domain/check-in/arrange'
import { agendaTopics, owedOf, topicOf } from '@/lib/domain/check-in/topics'
import { topicMark, type CheckInRef, type CheckInView, type PresenceView, type TakenView, type TopicView } from '@/lib/domain/check-in/view'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { owedActions } from '@/lib/server/check-in/owed'
import { whoIsIn } from '@/lib/server/check-in/presence'
import { leftBefore, lookBack } from '@/lib/server/context/check-in'
import { rawStore } from '@/lib/server/raw-store'
import { seriesTitle } from '@/lib/server/series/ground'
import { agendaFor } from '@/lib/server/view/agenda'
import { loadPeople, loadTeams, whyNot } from '@/lib/server/view/people'

interface Shown {
  readonly say: (text: FreeText) => string
  readonly name: (personId: string) => string
  readonly teamName: (team: string) => string
}

/** A check-in by id, or null. Everybody signed in may look. */
export async function checkInView(actor: Actor, id: string, now = new Date()): Promise<CheckInView | null> {
  const store = await rawStore()
  const loaded = await loadAggregate(store, 'check-in', id)
  if (!loaded) return null
  const { state, version } = loaded
  const isOver = state.status !== 'scheduled' && state.status !== 'running'
  const [words, people, teams, left, previous, next, releases, drafts] = await Promise.all([
    revealTexts(store, [id]), loadPeople(store), loadTeams(store), state.status === 'scheduled' ? leftBefore(store, state.previousId) : { carried: [], end: null },
    refOf(store, state.previousId), nextOf(store, id), loadAggregates(store, 'release', state.releaseIds === 'all' ? [] : state.releaseIds),
    state.status === 'running' ? noteWords(store, id) : [],
  ])
  const series = state.series ? await seriesTitle(store, state.series.id) : null
  const shown: Shown = {
    say: (text) => wordsOf(text, (hash) => words.get(hash)), name: (person) => people.get(person)?.name ?? 'someone', teamName: (team) => teams.find((one) => one.id === team)?.name ?? team,
  }
  const since = state.since ?? lookBack(left.end, now)
  const lines = isOver ? [] : await agendaFor(store, state.releaseIds, since, now)
  const topics = state.status === 'scheduled' ? arranged(agendaTopics(lines, left.carried, state.topics, await owedActions(store, state.releaseIds, state.previousId, now)), state) : state.topics
  const known = new Set(state.topics.map((topic) => topic.key))
  const fresh = state.status === 'running' ? lines.filter((line) => !known.has(line.key)).map((line) => topicOf(line, line.key, null)) : []
  return {
    id, version, asOf: now.toISOString(), title: shown.say(state.title), status: state.status, startsAt: state.startsAt, durationMinutes: state.durationMinutes, zone: state.zone,
    answerBy: state.answerBy ?? null, answers: answerViews(actor, state, shown),
    isAll: state.releaseIds === 'all', releases: [...releases.values()].map(({ state: one }) => ({ id: one.id, code: one.code, modelName: one.modelName })),
    teams: teams.map((team) => ({ id: team.id, name: team.name, shape: team.shape, isAsked: state.teams.includes(team.id) })),
    people: [...people.values()].filter((one) => one.state.archivedAt === null).map((one) => ({ id: one.id, name: one.name, teams: one.state.memberships.map((m) => m.team) })),
    series: series === null || !state.series ? null : { id: state.series.id, title: series, month: state.startsAt.slice(0, 7) }, previous, next, since, startedAt: state.startedAt, startedBy: state.startedBy && shown.name(state.startedBy), movedBy: state.movedBy && shown.name(state.movedBy),
    currentTopicId: state.currentTopicId, currentSince: state.currentSince,
    topics: topics.map((topic) => withDraft(topicView(topic, shown), drafts, shown)), fresh: fresh.map((topic) => topicView(topic, shown)), taken: takenViews(state, shown), closedAt: state.closedAt,
    minutes: state.minutes && { markdown: shown.say(state.minutes.text), hash: state.minutes.hash, by: people.has(state.minutes.by) ? shown.name(state.minutes.by) : 'Gatehouse, at the deadline', at: state.minutes.at },
    addenda: state.addenda.map((one) => ({ id: one.id, text: shown.say(one.text), by: shown.say(one.name), at: one.at })),
    cancelled: state.cancelled && { reason: shown.say(state.cancelled.reason), by: shown.name(state.cancelled.by), at: state.cancelled.at },
    viewer: { personId: actor.kind === 'person' ? actor.personId : null, teams: actor.kind === 'person' ? actor.memberships.map((m) => m.team) : [] },
    allowed: { plan: whyNot(actor, 'check-in.open'), run: whyNot(actor, 'check-in.run'), note: whyNot(actor, 'check-in.note'), close: whyNot(actor, 'check-in.close') },
  }
}

function owedHref(key: string | null): string | null {
  const owed = owedOf(key)
  return owed && `/check-ins/${owed.checkInId}`
}

function topicView(topic: Topic, { say, name, teamName }: Shown): TopicView {
  const { releaseId, code, gateId, gateNumber, itemId, since, dueAt, carried, status, spentMs, note } = topic
  return {
    id: topic.id, key: topic.key, matter: matterOf(topic), kind: topic.kind, mark: topicMark(topic.kind, status), title: say(topic.title), detail: topic.detail ? say(topic.detail) : '',
    releaseId, code, gateId, gateNumber, itemId, href: lineHref(topic) ?? owedHref(topic.key), who: topic.ownerId ? [name(topic.ownerId)] : topic.who.map(teamName),
    since, dueAt, addedBy: topic.addedBy && name(topic.addedBy), carried, status, spentMs, note: note && { text: say(note.text), version: note.version, by: name(note.by), at: note.at },
  }
}

/** While it runs, what people write together stands where the record has nothing yet. */
function withDraft(topic: TopicView, drafts: readonly DraftWords[], { name }: Shown): TopicView {
  const draft = drafts.find((one) => one.topicId === topic.id)
  return draft ? { ...topic, note: { text: draft.words, version: draft.version, by: name(draft.changedBy), at: draft.changedAt.toISOString() } } : topic
}

function answerViews(actor: Actor, state: CheckInState, { say, name, teamName }: Shown): CheckInView['answers'] {
  if (!state.answerBy) return []
  return state.teams.map((team) => {
    const answer = state.answers?.find((one) => one.team === team)
    return {
      team, teamName: teamName(team), refusal: whyNot(actor, 'check-in.answer', { teams: [team], teamNames: { [team]: teamName(team) } }),
      answer: answer ? { conditions: say(answer.conditions), actions: say(answer.actions), needs: say(answer.needs), by: name(answer.by), at: answer.at } : null,
    }
  })
}

function takenViews(state: CheckInState, { say, name }: Shown): readonly TakenView[] {
  const taken = state.taken.map((one): TakenView => ({
    id: one.id, topicId: one.topicId, kind: one.kind, code: one.code, reference: one.reference, title: say(one.title), word: one.word, people: one.people.map(name), team: one.team, dueAt: one.dueAt,
    by: name(one.by), at: one.at, actionId: null, isDone: false,
    href: one.kind === 'decision' || one.kind === 'hold' ? `/releases/${one.code}/decisions/${one.reference.replace('D-', '')}` : one.kind === 'sign-off' ? `/releases/${one.code}?gate=${encodeURIComponent(one.reference)}` : `/releases/${one.code}#actions`,
  }))
  const own = state.actions.map((action): TakenView => ({
    id: action.id, topicId: action.topicId, kind: 'action', code: null, reference: action.id, title: say(action.title), word: 'check-in', people: action.ownerId ? [name(action.ownerId)] : [],
    team: action.team, dueAt: action.dueAt, by: name(action.by), at: action.at, href: `/check-ins/${state.id}`, actionId: action.id, isDone: action.done !== null,
  }))
  return [...taken, ...own].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

async function refOf(store: Store, id: string | null): Promise<CheckInRef | null> {
  const loaded = id === null ? null : await loadAggregate(store, 'check-in', id)
  if (!loaded || id === null) return null
  const words = await revealTexts(store, [id])
  return { id, title: wordsOf(loaded.state.title, (hash) => words.get(hash)), at: loaded.state.startsAt }
}

async function nextOf(store: Store, id: string): Promise<CheckInRef | null> {
  const follows = (row: CheckInRow) => typeof row.body === 'object' && row.body !== null && 'previousId' in row.body && row.body.previousId === id
  return refOf(store, (await comingCheckIns(store, 200)).find(follows)?.id ?? null)
}

/** Who has the check-in open. */
export async function presenceView(checkInId: string, now = new Date()): Promise<PresenceView> {
  const store = await rawStore()
  const people = await loadPeople(store)
  const here = whoIsIn(checkInId, now.getTime()).flatMap((one) => {
    const person = people.get(one.id)
    return person ? [{ ...one, name: person.name, team: person.state.memberships[0]?.team ?? null }] : []
  })
  return { people: here.toSorted((a, b) => Number(b.isHere) - Number(a.isHere) || a.name.localeCompare(b.name, 'en')) }
}

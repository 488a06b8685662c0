/** Hides how the log is asked what a rule would have sent: what happened is told again, by the same functions that told it then. */
import 'server-only'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import { entriesOf } from '@/db/log'
import { lastTouched, toldSince } from '@/db/log-touched'
import type { Store } from '@/db/store'
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { WouldHaveView } from '@/lib/domain/destination/view'
import { pastCheckIn } from '@/lib/domain/message/check-in-happenings'
import { compose, heardBy, type Happening, type Listener, type Subject } from '@/lib/domain/message/compose'
import { liveHappenings, liveSubject, pastLiveSteps } from '@/lib/domain/message/live-happenings'
import type { LoggedEvent } from '@/lib/domain/message/past'
import { releaseHappenings, releaseSubject } from '@/lib/domain/message/release-happenings'
import { pastSteps } from '@/lib/domain/message/release-step'
import type { RollBackProposal } from '@/lib/domain/release/rollout-state'
import { wordsOf } from '@/lib/domain/text'
import { loadPeople, loadTeams } from '@/lib/server/view/people'

const DAYS = 7
const DAY_MS = 86_400_000
/** Enough to judge a rule by, and little enough to be read again while somebody waits. */
const MOST = 80
const MOST_ENTRIES = 2_000
const MOST_SHOWN = 20

/** Something that was told, whoever heard of it. */
interface Told {
  readonly at: Date
  readonly subject: Subject
  readonly happenings: readonly Happening[]
}

interface Replay {
  readonly store: Store
  readonly since: Date
  readonly teamName: (id: string) => string
  readonly personName: (id: string) => string
}

/**
 * What a rule would have sent over the last seven days of releases, live versions and check-ins, minutes and calls for answers included. Reminders of
 * dates and digests come by the clock out of how things stand, which no log keeps; they are left out.
 */
export async function wouldHaveSent(store: Store, listener: Listener, now: Date): Promise<WouldHaveView> {
  const since = new Date(now.getTime() - DAYS * DAY_MS)
  const [touched, teams, people, asked] = await Promise.all([lastTouched(store, ['release', 'live', 'check-in'], since, now, MOST), loadTeams(store), loadPeople(store), toldSince(store, 'answers-due ', since, now)])
  const replay: Replay = { store, since, teamName: (id) => teams.find((one) => one.id === id)?.name ?? id, personName: (id) => people.get(id)?.name ?? 'someone' }
  const of = (kind: AggregateKind): readonly string[] => touched.filter((one) => one.kind === kind).map((one) => one.id)
  // Answers may be asked for at a check-in that nobody touched for a week.
  const checkIns = new Set([...of('check-in'), ...[...asked.keys()].map((key) => key.split(' ')[1] ?? '')])
  const told: Told[] = []
  const proposed = new Map<string, readonly RollBackProposal[]>()
  for (const id of of('release')) told.push(...(await toldOfRelease(replay, id, proposed)))
  for (const id of of('live')) told.push(...(await toldOfLive(replay, id, proposed)))
  for (const id of checkIns) told.push(...(await toldOfCheckIn(replay, id, asked)))
  const messages = told.flatMap(({ at, subject, happenings }) => {
    const message = compose(heardBy(listener, happenings, subject.about ?? null), subject, at.toISOString())
    if (!message || message.eventKind === 'test') return []
    return [{ at: message.happenedAt, eventKind: message.eventKind, title: message.title, changed: message.whatChanged, path: message.path, isUrgent: message.pace === 'at-once' }]
  }).toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return { days: DAYS, count: messages.length, messages: messages.slice(0, MOST_SHOWN) }
}

/** The whole log of one aggregate with its words, oldest first; null when it is too long, because without its beginning nothing can be told again. */
async function logOf({ store }: Replay, kind: AggregateKind, id: string): Promise<{ readonly entries: readonly LoggedEvent[]; readonly reveal: (hash: string) => string | null | undefined } | null> {
  const [entries, words] = await Promise.all([entriesOf(store, kind, id, { limit: MOST_ENTRIES }), revealTexts(store, [id])])
  await new Promise((resolve) => setImmediate(resolve))
  if (entries.length === MOST_ENTRIES) return null
  const logged = entries.toReversed().map(({ at, actor, event }): LoggedEvent => ({
    // The name of who did it is sealed once for each command, beside what the command was on.
    at, event, actorName: words.get(actor.name.sealed) ?? 'Somebody', isSystem: actor.kind === 'system', command: actor.name.sealed, isOwn: words.has(actor.name.sealed),
  }))
  return { entries: logged, reveal: (hash) => words.get(hash) }
}

async function toldOfRelease(replay: Replay, id: string, proposed: Map<string, readonly RollBackProposal[]>): Promise<readonly Told[]> {
  const { store, since, teamName } = replay
  const [log, release] = [await logOf(replay, 'release', id), await loadAggregate(store, 'release', id)]
  if (!log || !release) return []
  const environmentId = release.state.environmentId
  const [environment, words] = [await loadAggregate(store, 'environment', environmentId), await revealTexts(store, [environmentId])]
  const freezes = (environment?.state.freezes ?? []).filter((one) => one.ended === null).map(({ reason, ...one }) => ({ ...one, reason: wordsOf(reason, (hash) => words.get(hash)) }))
  const past = pastSteps(log.entries, since, freezes, { teamName, reveal: log.reveal })
  for (const [command, proposals] of past.proposed) proposed.set(command, proposals)
  return past.steps.map((step) => ({ at: step.now, subject: releaseSubject(step), happenings: releaseHappenings(step) }))
}

async function toldOfLive(replay: Replay, id: string, proposed: ReadonlyMap<string, readonly RollBackProposal[]>): Promise<readonly Told[]> {
  const [modelId = '', environmentId = ''] = id.split(':')
  const [log, model, environment] = [await logOf(replay, 'live', id), await loadAggregate(replay.store, 'model', modelId), await loadAggregate(replay.store, 'environment', environmentId)]
  if (!log) return []
  const names = { modelName: model?.state.name ?? '', modelSlug: model?.state.slug ?? '', environmentName: environment?.state.name ?? '', environmentSlug: environment?.state.slug ?? '' }
  return pastLiveSteps(log.entries, replay.since, names, proposed, log.reveal).map(({ at, step }) => ({ at, subject: liveSubject(step), happenings: liveHappenings(step) }))
}

async function toldOfCheckIn(replay: Replay, id: string, asked: ReadonlyMap<string, Date>): Promise<readonly Told[]> {
  const log = await logOf(replay, 'check-in', id)
  if (!log) return []
  return pastCheckIn(log.entries, replay.since, asked, { reveal: log.reveal, personName: replay.personName, teamName: replay.teamName }).map(({ at, subject, happening }) => ({ at, subject, happenings: [happening] }))
}

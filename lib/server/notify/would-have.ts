/** Hides how the log is asked what a rule would have sent: what happened to each release is told again, by the same functions that told it then. */
import 'server-only'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import { entriesOf, logHead } from '@/db/log'
import { releasesTouched } from '@/db/log-extract'
import type { Store } from '@/db/store'
import type { WouldHaveView } from '@/lib/domain/destination/view'
import { compose, heardBy, type Listener } from '@/lib/domain/message/compose'
import { type LoggedEvent, pastSteps } from '@/lib/domain/message/release-step'
import { releaseHappenings, releaseSubject, type ReleaseStep } from '@/lib/domain/message/release-happenings'
import { wordsOf } from '@/lib/domain/text'
import { loadTeams } from '@/lib/server/view/people'

const DAYS = 7
const DAY_MS = 86_400_000
/** Enough to judge a rule by, and little enough to be read again while somebody waits. */
const MOST_RELEASES = 60
const MOST_ENTRIES = 2_000
const MOST_SHOWN = 20

/** What a rule would have sent of releases over the last seven days. Live versions and check-ins tell little, and are left out. */
export async function wouldHaveSent(store: Store, listener: Listener, now: Date): Promise<WouldHaveView> {
  const since = new Date(now.getTime() - DAYS * DAY_MS)
  const head = await logHead(store)
  const ids = (await releasesTouched(store, since, new Date(now.getTime() + 1), head.seq)).slice(-MOST_RELEASES)
  const teams = await loadTeams(store)
  const teamName = (team: string): string => teams.find((one) => one.id === team)?.name ?? team
  const steps: ReleaseStep[] = []
  for (const id of ids) {
    const [entries, words, release] = await Promise.all([entriesOf(store, 'release', id, { limit: MOST_ENTRIES }), revealTexts(store, [id]), loadAggregate(store, 'release', id)])
    // Without its beginning a release cannot be told again.
    if (!release || entries.length === MOST_ENTRIES) continue
    const environment = await loadAggregate(store, 'environment', release.state.environmentId)
    const logged = entries.toReversed().map(({ at, actor, event }): LoggedEvent => ({ at, event, actorName: words.get(actor.name.sealed) ?? 'Somebody' }))
    steps.push(...pastSteps(logged, since, (environment?.state.freezes ?? []).filter((one) => one.ended === null).map(({ reason, ...one }) => ({ ...one, reason: wordsOf(reason, (hash) => words.get(hash)) })), { teamName, reveal: (hash) => words.get(hash) }))
    await new Promise((resolve) => setImmediate(resolve))
  }
  const messages = steps.flatMap((step) => {
    const subject = releaseSubject(step)
    const message = compose(heardBy(listener, releaseHappenings(step), subject.about ?? null), subject, step.now.toISOString())
    if (!message || message.eventKind === 'test') return []
    return [{ at: message.happenedAt, eventKind: message.eventKind, title: message.title, changed: message.whatChanged, path: message.path, isUrgent: message.pace === 'at-once' }]
  }).toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return { days: DAYS, count: messages.length, messages: messages.slice(0, MOST_SHOWN) }
}

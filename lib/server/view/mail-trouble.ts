/** Reads which e-mails to people did not arrive, for admins and for each person about their own, and how much about deliveries needs somebody. */
import 'server-only'
import { allDestinations } from '@/db/destination'
import { attemptsOf, type Delivery } from '@/db/outbox'
import { countDeadMail, countTopic, failingPlaces, troubledMail, type Failing } from '@/db/outbox-trouble'
import type { Store } from '@/db/store'
import { isListening } from '@/lib/domain/destination/state'
import { MAIL_NEWS_DAYS, type FailingView, type PeopleMailView, type TroubledMail } from '@/lib/domain/destination/view'
import { messageSchema } from '@/lib/domain/message/message'
import { PERSON_TOPIC, personOf } from '@/lib/server/notify/draft'
import { BREAKS_AFTER } from '@/lib/server/notify/breaker'
import { loadPeople } from '@/lib/server/view/people'

const DAY_MS = 86_400_000
const KEPT_DAYS = 30
const MOST = 50
const MOST_OWN = 5

/** How a place fails, as screens show it. */
export function failingViewOf(failing: Failing | null | undefined): FailingView | null {
  return failing ? { ...failing, isResting: failing.count >= BREAKS_AFTER } : null
}

/** How e-mails to people stand. */
export async function viewPeopleMail(store: Store, now: Date): Promise<PeopleMailView> {
  const kept = new Date(now.getTime() - KEPT_DAYS * DAY_MS)
  const [rows, counts, lately, failing, people] = await Promise.all([
    troubledMail(store, PERSON_TOPIC, { since: kept, limit: MOST }), countTopic(store, PERSON_TOPIC, kept), countDeadMail(store, PERSON_TOPIC, newsSince(now)), failingPlaces(store), loadPeople(store),
  ])
  const troubled = await Promise.all(rows.map(async (row) => {
    const personId = personOf(row.orderingKey)
    const attempts = (await attemptsOf(store, row.id)).map(({ at, status, durationMs, excerpt }) => ({ at: at.toISOString(), status, durationMs, excerpt }))
    return { ...mailOf(row), personId, name: people.get(personId)?.name ?? 'Somebody who is gone', attempts }
  }))
  return { failing: failingViewOf(failing.get(PERSON_TOPIC)), counts, lately, troubled }
}

/** The e-mails to one person that did not arrive lately, the newest of them. */
export async function viewOwnMail(store: Store, personId: string, now: Date): Promise<readonly TroubledMail[]> {
  return (await troubledMail(store, PERSON_TOPIC, { personId, since: new Date(now.getTime() - KEPT_DAYS * DAY_MS), limit: MOST_OWN })).map(mailOf)
}

/** How many places and people messages do not reach, so that an admin is called from wherever they are: e-mails that were given up count once. */
export async function countTroubles(store: Store, now: Date): Promise<number> {
  const [failing, dead, destinations] = await Promise.all([failingPlaces(store), countDeadMail(store, PERSON_TOPIC, newsSince(now)), allDestinations(store)])
  const isResting = (place: string): boolean => (failing.get(place)?.count ?? 0) >= BREAKS_AFTER
  const places = destinations.filter(({ state }) => (isListening(state) ? isResting(state.id) : state.disabled !== null && state.disabled.reason !== 'paused'))
  return places.length + (isResting(PERSON_TOPIC) ? 1 : 0) + (dead > 0 ? 1 : 0)
}

function newsSince(now: Date): Date {
  return new Date(now.getTime() - MAIL_NEWS_DAYS * DAY_MS)
}

function mailOf(row: Delivery): TroubledMail {
  const message = messageSchema.safeParse(row.payload)
  const isDead = row.state === 'dead'
  return {
    id: row.id, isDead, createdAt: row.createdAt.toISOString(), nextAt: isDead ? null : row.nextAt.toISOString(), error: row.lastError ?? '',
    title: message.success ? message.data.title : 'A message that can no longer be read', path: message.success ? message.data.path : '/my-work',
  }
}

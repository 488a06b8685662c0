/** Hides how the clock tells what nobody's command tells: dates, mentions by e-mail, the daily digests. One replica looks; what two would tell is told once. */
import 'server-only'
import pino from 'pino'
import { v7 as uuid } from 'uuid'
import { revealSeals } from '@/db/aggregate'
import { loggable } from '@/db/conflict'
import { mentionsAfter } from '@/db/due-list'
import { claimLease, freeLease, releaseLease } from '@/db/lease'
import type { Store } from '@/db/store'
import { toldTurns } from '@/db/turn-notice'
import type { PersonActor } from '@/lib/domain/actor'
import type { Message } from '@/lib/domain/message/message'
import { digestDay, personDigest, teamDigest, teamDigestDay } from '@/lib/domain/notice/digest'
import { hears } from '@/lib/domain/notice/preferences'
import { isForTeams, wantedTeams } from '@/lib/domain/notice/routing'
import { isFreeText, wordsOf } from '@/lib/domain/text'
import { digestOf } from '@/lib/domain/work/digest'
import { groupsOf } from '@/lib/domain/work/groups'
import { registerStop } from '@/lib/public/lifecycle'
import { personActor } from '@/lib/server/actor'
import { env } from '@/lib/server/env'
import { draftOf, personDraft } from '@/lib/server/notify/draft'
import { loadListeners } from '@/lib/server/notify/listeners'
import { remind, tellOnce } from '@/lib/server/notify/reminders'
import { wakeNotify } from '@/lib/server/notify/start'
import { rawStore } from '@/lib/server/raw-store'
import { loadPeople, loadTeams, type KnownPerson } from '@/lib/server/view/people'
import { digestInput } from '@/lib/server/view/work'

const TICK_MS = 30_000
const RELEASES_EVERY_MS = 600_000
const LEASE = 'notices'
const LEASE_MS = 120_000
const DAY_MS = 86_400_000
/** A mention that could not be told within this time is seen in the product. */
const MENTION_MS = 3_600_000
const MOST_MENTIONS = 200
const log = pino({ name: 'notices' })

/** E-mails mentions to those who want them so. Out: how many. */
export async function mailMentions(store: Store, people: ReadonlyMap<string, KnownPerson>, now: Date): Promise<number> {
  const rows = await mentionsAfter(store, new Date(now.getTime() - MENTION_MS), MOST_MENTIONS)
  const told = await toldTurns(store, rows.map((row) => `mention mail ${row.id}`))
  let count = 0
  for (const { id, personId, releaseId, at, body } of rows) {
    const person = people.get(personId)
    if (told.has(`mention mail ${id}`) || !person || person.email === null || person.state.archivedAt !== null || typeof body !== 'object' || body === null || !('text' in body) || !isFreeText(body.text)) continue
    const code = 'code' in body && typeof body.code === 'string' ? body.code : null
    if (code === null || !hears(person.state.notices, 'mention', 'mail', code)) continue
    const gate = 'gateId' in body && typeof body.gateId === 'string' ? `?gate=${encodeURIComponent(body.gateId)}` : ''
    const words = 'sealed' in body.text ? await revealSeals(store, [body.text.sealed]) : new Map<string, string | null>()
    const message: Message = {
      eventKind: 'mention', title: `${code}: you are mentioned`, sentence: '', whatChanged: wordsOf(body.text, (hash) => words.get(hash)), whoActsNext: 'You', path: `/releases/${encodeURIComponent(code)}${gate}`,
      linkLabel: 'Open the comment', teams: [], happenedAt: at.toISOString(), pace: 'alone',
    }
    count += await tellOnce(store, `mention mail ${id}`, [personDraft(message, personId, releaseId ?? id, now)], now)
  }
  return count
}

/** E-mails the digests of people that are due. Out: how many days were told, empty ones included. */
export async function mailDigests(store: Store, people: ReadonlyMap<string, KnownPerson>, now: Date): Promise<number> {
  let count = 0
  for (const person of people.values()) {
    const { notices, archivedAt } = person.state
    if (!notices?.digest || person.email === null || archivedAt !== null) continue
    const day = digestDay(now, notices.digest.at, notices.digest.zone)
    const key = `digest person ${person.id} ${day ?? ''}`
    if (day === null || (await toldTurns(store, [key])).has(key)) continue
    const actor = await personActor(store, person.id, now)
    if (!actor) continue
    const message = personDigest(digestOf(await digestInput(actor, new Date(now.getTime() - DAY_MS), now)), now)
    count += await tellOnce(store, key, message ? [personDraft(message, person.id, 'digest', now)] : [], now)
  }
  return count
}

/** Sends the digests of teams into the places of those teams that want them, when their working day begins. Out: how many places. */
export async function tellTeamDigests(store: Store, people: ReadonlyMap<string, KnownPerson>, now: Date): Promise<number> {
  const wanting = (await loadListeners(store)).filter((one) => one.eventKinds.includes('digest')).flatMap((place) =>
    (wantedTeams(place.team, place.routing) ?? []).filter((one) => isForTeams(place.team, place.routing, [one])).map((of) => ({ id: place.id, of, key: of === place.team ? '' : ` ${of}` })))
  if (wanting.length === 0) return 0
  const teams = await loadTeams(store)
  let count = 0
  for (const place of wanting) {
    const team = teams.find((one) => one.id === place.of)
    const day = team ? teamDigestDay(now, team.workingHours) : null
    const key = `digest place ${place.id}${place.key} ${day ?? ''}`
    if (!team || day === null || (await toldTurns(store, [key])).has(key)) continue
    // As somebody of the team who owns nothing: what waits for the team as such.
    const nobody: PersonActor = { kind: 'person', personId: `team ${team.id}`, name: team.name, memberships: [{ team: team.id, role: 'lead' }], isAdmin: false, delegatedBy: [] }
    const groups = groupsOf((await digestInput(nobody, now, now)).lines)
    const isLate = groups.some((group) => group.key === 'overdue' && group.lines.length > 0)
    const leads = [...people.values()].filter(({ state }) => state.archivedAt === null && state.memberships.some((one) => one.team === team.id && one.role === 'lead'))
    const message = teamDigest(team, groups, isLate ? leads.map((one) => one.id) : [], now)
    count += await tellOnce(store, key, message ? [draftOf(message, place.id, 'digest', now)] : [], now)
  }
  return count
}

/** One look at everything that time brings. In: whether the dates of releases are read, too. Out: how much was told. */
export async function tellNotices(store: Store, now: Date, options: { readonly withReleases: boolean; readonly hasMail: boolean }): Promise<number> {
  const reminded = await remind(store, now, options)
  const people = await loadPeople(store)
  const mailed = options.hasMail ? (await mailMentions(store, people, now)) + (await mailDigests(store, people, now)) : 0
  return reminded + mailed + (await tellTeamDigests(store, people, now))
}

/** Starts looking, in this process and under a lease, so that of several replicas one does the work. */
export async function startNotices(): Promise<void> {
  const store = await rawStore()
  const owner = uuid()
  await freeLease(store, LEASE)
  let isStopped = false
  let readAt = 0
  let running: Promise<unknown> = Promise.resolve()
  const tick = async (): Promise<void> => {
    const now = new Date()
    if (isStopped || !(await claimLease(store, LEASE, owner, now, LEASE_MS))) return
    const withReleases = Math.abs(now.getTime() - readAt) >= RELEASES_EVERY_MS
    if (withReleases) readAt = now.getTime()
    if ((await tellNotices(store, now, { withReleases, hasMail: env().mail !== null })) > 0) wakeNotify()
  }
  const beat = setInterval(() => {
    running = running.then(tick).catch((error: unknown) => log.error({ error: String(loggable(error)) }, 'due dates and digests could not be told'))
  }, TICK_MS)
  beat.unref()
  registerStop('the notices', async () => {
    isStopped = true
    clearInterval(beat)
    await running
    await releaseLease(store, LEASE, owner)
  })
}

/** Hides how the clock finds dates that people are to be reminded of, and tells each once, also where several replicas look. */
import 'server-only'
import { loadAggregate, loadAggregates, revealSeals } from '@/db/aggregate'
import type { OutboxDraft } from '@/db/commit'
import { actionsDue, idsInFlight } from '@/db/due-list'
import type { Store } from '@/db/store'
import { toldTurns, turnNoticeWrite } from '@/db/turn-notice'
import { AggregateConflict } from '@/db/write'
import { compose, type Happening, type Subject } from '@/lib/domain/message/compose'
import { releasePath } from '@/lib/domain/message/release-happenings'
import { hears } from '@/lib/domain/notice/preferences'
import { BEFORE_MS, reminderLine, remindersAt, STALE_MS, type Due, type Reminder } from '@/lib/domain/notice/remind'
import { datesOf } from '@/lib/domain/release/dates'
import { readRelease } from '@/lib/domain/release/phase'
import { isFreeText, wordsOf } from '@/lib/domain/text'
import { dueOn } from '@/lib/domain/work/due'
import { draftsFor, personDraft } from '@/lib/server/notify/draft'
import { loadListeners } from '@/lib/server/notify/listeners'
import { loadPeople, loadTeams, type KnownPerson } from '@/lib/server/view/people'

const MOST = 500
/** Holidays may move a date by as much; see `dueOn`. */
const MOST_MOVED_MS = 31 * 86_400_000

/** A due thing with where it leads. */
interface Placed {
  readonly due: Due
  readonly aggregateId: string
  readonly path: string
  readonly linkLabel: string
  /** "FRAUD-12 Fraud scorer", or what it belongs to. */
  readonly name: string
  readonly code: string | null
}

/**
 * Reminds of every date that has come. In: the instant; whether releases are read through, too, which costs more than the list of actions; whether
 * e-mail leaves. Out: how many dates were told.
 */
export async function remind(store: Store, now: Date, { withReleases, hasMail }: { withReleases: boolean; hasMail: boolean }): Promise<number> {
  const placed = [...(await dueActions(store, now)), ...(withReleases ? await dueReleases(store, now) : [])]
  const standing = remindersAt(placed.map((one) => one.due), now)
  const told = await toldTurns(store, standing.map((one) => one.key))
  const fresh = standing.filter((one) => !told.has(one.key))
  if (fresh.length === 0) return 0
  const [people, teams, listeners] = await Promise.all([loadPeople(store), loadTeams(store), loadListeners(store)])
  const teamName = (id: string): string => teams.find((team) => team.id === id)?.name ?? id
  let count = 0
  for (const reminder of fresh) {
    const place = placed.find((one) => one.due === reminder.due)
    if (!place) continue
    const { happening, subject, called } = tellingOf(reminder, place, people, teamName)
    const message = compose([happening], subject, now.toISOString())
    const mails = !hasMail || !message ? [] : called.filter((person) => wantsMail(person, reminder, place.code)).map((person) => personDraft(message, person.id, place.aggregateId, now))
    count += await tellOnce(store, reminder.key, [...draftsFor([happening], subject, listeners, place.aggregateId, now), ...mails], now)
  }
  return count
}

function wantsMail({ id, email, state }: KnownPerson, { due, stage }: Reminder, code: string | null): boolean {
  const reason = stage === 'escalated' && id !== due.ownerId ? 'escalation' : 'reminder'
  return email !== null && hears(state.notices, reason, 'mail', code)
}

/** Says something once: the fact and its messages in one transaction. Out: 0 when another replica was first. */
export async function tellOnce(store: Store, key: string, outbox: readonly OutboxDraft[], now: Date): Promise<number> {
  try {
    await store.commit({ writes: [turnNoticeWrite(key, null, now)], outbox })
    return 1
  } catch (error) {
    if (error instanceof AggregateConflict) return 0
    throw error
  }
}

/** The message of a reminder, and the people whom it calls: the owner, and the leads when it is long overdue. What nobody owns calls nobody before. */
function tellingOf(reminder: Reminder, { due, path, linkLabel, name }: Placed, people: ReadonlyMap<string, KnownPerson>, teamName: (id: string) => string): { readonly happening: Happening; readonly subject: Subject; readonly called: readonly KnownPerson[] } {
  const working = [...people.values()].filter(({ state }) => state.archivedAt === null)
  const own = working.filter((person) => person.id === due.ownerId)
  const leads = reminder.stage === 'escalated' ? working.filter(({ state }) => state.memberships.some((one) => one.role === 'lead' && due.teams.includes(one.team))) : []
  const called = [...new Set([...own, ...leads])]
  const whose = own.map((person) => person.name).join('') || due.teams.map(teamName).join(' and ')
  const headline = reminder.stage === 'before' ? 'due tomorrow' : reminder.stage === 'due' ? 'due now' : 'overdue'
  return {
    called,
    happening: {
      kind: 'reminder', headline, line: reminderLine(reminder), teams: due.teams, path, linkLabel, severity: reminder.stage === 'before' ? 'notice' : 'warning',
      ...(called.length > 0 ? { calls: called.map((one) => one.id) } : {}),
    },
    subject: { name, sentence: '', whoActsNext: whose === '' ? 'Nobody is named.' : whose },
  }
}

/** Open actions that are due within a day or were lately. Days on which nobody of the team works move the date. */
async function dueActions(store: Store, now: Date): Promise<readonly Placed[]> {
  const rows = await actionsDue(store, new Date(now.getTime() - STALE_MS - MOST_MOVED_MS), new Date(now.getTime() + BEFORE_MS), MOST)
  if (rows.length === 0) return []
  const titles = rows.map(({ body }) => (typeof body === 'object' && body !== null && 'title' in body && isFreeText(body.title) ? body.title : null))
  const [teams, words, people] = await Promise.all([
    loadTeams(store), revealSeals(store, titles.flatMap((title) => (title !== null && 'sealed' in title ? [title.sealed] : []))),
    loadAggregates(store, 'person', [...new Set(rows.flatMap((row) => row.ownerPersonId ?? []))]),
  ])
  return rows.flatMap((row, index): readonly Placed[] => {
    const { body, dueAt, team, ownerPersonId } = row
    const title = titles[index]
    if (typeof body !== 'object' || body === null || !title || dueAt === null) return []
    const snoozed = 'snoozed' in body && typeof body.snoozed === 'object' && body.snoozed !== null && 'until' in body.snoozed ? String(body.snoozed.until) : ''
    if (snoozed > now.toISOString()) return []
    const code = 'code' in body && typeof body.code === 'string' && body.code !== '' ? body.code : null
    const model = 'modelName' in body && typeof body.modelName === 'string' ? body.modelName : ''
    const owners = ownerPersonId === null ? [] : (people.get(ownerPersonId)?.state.memberships.map((one) => one.team) ?? [])
    const theirs = team === null ? owners.slice(0, 1) : [team]
    const hours = teams.find((one) => one.id === theirs[0])?.workingHours ?? null
    return [{
      due: {
        id: `action ${row.id}`, what: 'source' in body && body.source === 'condition' ? 'condition' : 'action', title: wordsOf(title, (hash) => words.get(hash)),
        dueAt: dueOn(dueAt.toISOString(), hours).toISOString(), ownerId: ownerPersonId, teams: theirs,
      },
      aggregateId: row.releaseId ?? row.checkInId ?? row.liveId ?? row.id,
      path: row.releaseId !== null && code !== null ? `/releases/${encodeURIComponent(code)}#actions` : row.checkInId !== null ? `/check-ins/${encodeURIComponent(row.checkInId)}` : '/my-work',
      linkLabel: 'Open the action', name: [code ?? '', model].filter((part) => part !== '').join(' ') || 'An action', code,
    }]
  })
}

/** Dates of the releases in flight, read one after another so that the process answers others between them. */
async function dueReleases(store: Store, now: Date): Promise<readonly Placed[]> {
  const found: Placed[] = []
  for (const id of await idsInFlight(store)) {
    const release = (await loadAggregate(store, 'release', id))?.state
    if (!release) continue
    for (const due of datesOf(release, readRelease(release, [], now))) {
      const [path, linkLabel] = due.gateId === null ? [releasePath(release), 'Open the release'] : [releasePath(release, due.gateId), 'Open the gate']
      found.push({ due, aggregateId: id, path, linkLabel, name: `${release.code} ${release.modelName}`, code: release.code })
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return found
}

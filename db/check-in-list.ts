/** Reads of the check-in list, and of the releases and versions that an agenda is made from. */
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'

export interface CheckInRow {
  readonly id: string
  readonly state: string
  readonly startsAt: Date | null
  readonly closedAt: Date | null
  readonly body: unknown
}

const COMING = ['scheduled', 'running']
const OVER = ['closed', 'cancelled', 'missed']

const askComing = preparedOnce(({ db, t: { checkInRow: t } }) =>
  db.select({ id: t.id, state: t.state, startsAt: t.startsAt, closedAt: t.closedAt, body: t.body }).from(t).where(inArray(t.state, COMING)).orderBy(asc(t.startsAt)).limit(sql.placeholder('most')).prepare(),
)

/** Check-ins that are planned or running, the nearest first. */
export async function comingCheckIns(store: Store, most: number): Promise<readonly CheckInRow[]> {
  return askComing(store).execute({ most })
}

/** Check-ins in writing that are open or should be: they have begun by the instant and are not over. */
export async function writtenCheckIns(store: Store, now: Date): Promise<readonly string[]> {
  const { checkInRow: t } = store.t
  const rows = await store.db.select({ id: t.id, body: t.body }).from(t).where(and(inArray(t.state, COMING), lte(t.startsAt, now))).orderBy(asc(t.startsAt)).limit(500)
  return rows.filter(({ body }) => typeof body === 'object' && body !== null && 'answerBy' in body && typeof body.answerBy === 'string').map((row) => row.id)
}

/** Open actions that check-ins keep themselves, due by an instant or without a date, the nearest first. */
export async function openCheckInActions(store: Store, dueBy: Date): Promise<readonly { readonly checkInId: string | null; readonly ownerPersonId: string | null; readonly team: string | null; readonly dueAt: Date | null; readonly body: unknown }[]> {
  const { actionRow: a } = store.t
  const rows = await store.db.select({ checkInId: a.checkInId, ownerPersonId: a.ownerPersonId, team: a.team, dueAt: a.dueAt, body: a.body }).from(a)
    .where(and(eq(a.state, 'open'), isNull(a.releaseId), isNotNull(a.checkInId), or(isNull(a.dueAt), lte(a.dueAt, dueBy)))).limit(100)
  return rows.toSorted((x, y) => (x.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) - (y.dueAt?.getTime() ?? Number.POSITIVE_INFINITY))
}

/** Check-ins that are over, the newest first. */
export async function pastCheckIns(store: Store, most: number): Promise<readonly CheckInRow[]> {
  const { checkInRow: t } = store.t
  return store.db.select({ id: t.id, state: t.state, startsAt: t.startsAt, closedAt: t.closedAt, body: t.body }).from(t).where(inArray(t.state, OVER)).orderBy(desc(t.startsAt)).limit(most)
}

/** How many stable releases an agenda still looks after: their follow-up and conditions. */
const MOST_STABLE = 200

/** Releases that concern an agenda: in flight, ended since the instant, lately stable, with an action that is due by then, or with a decision that is due for confirmation now. */
export async function agendaReleaseIds(store: Store, since: Date, dueBy: Date, now: Date): Promise<readonly string[]> {
  const { releaseCard: r, actionRow: a, decisionRow: d } = store.t
  const [moving, stable, owing, unconfirmed] = await Promise.all([
    store.db.select({ id: r.releaseId }).from(r).where(or(eq(r.isInFlight, true), gte(r.closedAt, since))),
    store.db.select({ id: r.releaseId }).from(r).where(and(eq(r.isInFlight, false), eq(r.phase, 'stable'))).orderBy(desc(r.openedAt)).limit(MOST_STABLE),
    store.db.select({ id: a.releaseId }).from(a).where(and(eq(a.state, 'open'), isNotNull(a.releaseId), or(isNull(a.dueAt), lte(a.dueAt, dueBy)))).limit(500),
    store.db.select({ id: d.releaseId }).from(d).where(lte(d.confirmAt, now)).limit(MOST_STABLE),
  ])
  return [...new Set([...moving, ...stable, ...owing, ...unconfirmed].flatMap((row) => row.id ?? []))]
}

/** Versions of releases, without reading them. */
export async function releaseVersions(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { aggregate } = store.t
  const found = new Map<string, number>()
  for (let from = 0; from < ids.length; from += 500) {
    const rows = await store.db.select({ id: aggregate.id, version: aggregate.version }).from(aggregate).where(and(eq(aggregate.kind, 'release'), inArray(aggregate.id, ids.slice(from, from + 500))))
    for (const row of rows) found.set(row.id, row.version)
  }
  return found
}

/** Code and model of releases in flight, by code. */
export async function releasesInFlight(store: Store): Promise<readonly { readonly id: string; readonly code: string; readonly card: unknown }[]> {
  const { releaseCard: r } = store.t
  return store.db.select({ id: r.releaseId, code: r.code, card: r.card }).from(r).where(eq(r.isInFlight, true)).orderBy(asc(r.code))
}

/** Reads of what waits for people, beyond the releases themselves: actions, what asks for a second person, mentions, and decisions to look at again. */
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, like, lt, lte, or } from 'drizzle-orm'
import type { Store } from '@/db/store'
import type { DecisionRow } from '@/db/release-list'

const MOST = 500
/** Actions of one person and their teams; more than anybody has, so that what is counted is all there is. */
const MOST_ACTIONS = 5_000

export interface ActionRow {
  readonly id: string
  readonly body: unknown
  readonly releaseId: string | null
  readonly checkInId: string | null
  readonly liveId: string | null
  readonly ownerPersonId: string | null
  readonly team: string | null
  readonly dueAt: Date | null
}

function actionColumns({ actionRow: t }: Store['t']) {
  return { id: t.id, body: t.body, releaseId: t.releaseId, checkInId: t.checkInId, liveId: t.liveId, ownerPersonId: t.ownerPersonId, team: t.team, dueAt: t.dueAt }
}

/** Open actions of a person, or of their teams where they are nobody else's: an action with an owner waits for that one. */
export async function actionsFor(store: Store, personId: string, teams: readonly string[]): Promise<readonly ActionRow[]> {
  const { actionRow } = store.t
  const mine = eq(actionRow.ownerPersonId, personId)
  const whose = teams.length > 0 ? or(mine, and(isNull(actionRow.ownerPersonId), inArray(actionRow.team, [...teams]))) : mine
  return store.db.select(actionColumns(store.t)).from(actionRow).where(and(eq(actionRow.state, 'open'), whose)).limit(MOST_ACTIONS)
}

/** What releases ask somebody else to agree to. */
export async function openAsks(store: Store): Promise<readonly ActionRow[]> {
  const { actionRow } = store.t
  return store.db.select(actionColumns(store.t)).from(actionRow).where(eq(actionRow.state, 'ask')).limit(MOST)
}

/** Mentions of a person since an instant, newest first. */
export async function mentionsSince(store: Store, personId: string, since: Date): Promise<readonly { readonly id: string; readonly at: Date; readonly releaseId: string | null; readonly body: unknown }[]> {
  const { mentionRow } = store.t
  return store.db.select({ id: mentionRow.id, at: mentionRow.at, releaseId: mentionRow.releaseId, body: mentionRow.body }).from(mentionRow)
    .where(and(eq(mentionRow.personId, personId), gte(mentionRow.at, since))).orderBy(desc(mentionRow.at)).limit(50)
}

export interface DecisionFilter {
  readonly kind?: string | undefined
  readonly modelId?: string | undefined
  readonly personId?: string | undefined
  /** `due`: by `dueBy`; `planned`: due on some later day. */
  readonly confirmation?: 'due' | 'planned' | undefined
  readonly dueBy?: Date | undefined
  readonly standing?: 'in-force' | 'superseded' | undefined
  readonly before?: number | undefined
  /** Only this number and newer ones. */
  readonly since?: number | undefined
}

export interface ListedDecision extends DecisionRow {
  readonly confirmAt: Date | null
}

function fitting(t: Store['t']['decisionRow'], filter: DecisionFilter) {
  const now = filter.dueBy ?? new Date()
  return and(
    ...(filter.kind ? [eq(t.kind, filter.kind)] : []), ...(filter.modelId ? [eq(t.modelId, filter.modelId)] : []), ...(filter.personId ? [like(t.people, `%,${filter.personId},%`)] : []),
    ...(filter.confirmation === 'due' ? [and(isNotNull(t.confirmAt), lte(t.confirmAt, now))] : filter.confirmation === 'planned' ? [gte(t.confirmAt, now)] : []),
    ...(filter.standing === 'superseded' ? [isNotNull(t.supersededBy)] : filter.standing === 'in-force' ? [isNull(t.supersededBy)] : []),
    ...(filter.before ? [lt(t.number, filter.before)] : []), ...(filter.since ? [gte(t.number, filter.since)] : []),
  )
}

/** How many decisions fit. */
export async function decisionCount(store: Store, filter: DecisionFilter): Promise<number> {
  const { decisionRow: t } = store.t
  const [row] = await store.db.select({ found: count() }).from(t).where(fitting(t, filter))
  return row?.found ?? 0
}

/** The number of the decision that is so many newer than a page's beginning, among those that fit; null where there are not so many. In: a filter with `since`. */
export async function decisionAhead(store: Store, filter: DecisionFilter, ahead: number): Promise<number | null> {
  const { decisionRow: t } = store.t
  const [row] = await store.db.select({ number: t.number }).from(t).where(fitting(t, filter)).orderBy(asc(t.number)).limit(1).offset(ahead)
  return row?.number ?? null
}

/** Decisions that fit, newest first. In: how many at most. */
export async function decisionPage(store: Store, filter: DecisionFilter, most: number): Promise<readonly ListedDecision[]> {
  const { decisionRow: t } = store.t
  return store.db.select({ number: t.number, releaseId: t.releaseId, kind: t.kind, at: t.at, titleSearch: t.titleSearch, body: t.body, confirmAt: t.confirmAt })
    .from(t).where(fitting(t, filter)).orderBy(desc(t.number)).limit(most)
}

/** How many decisions somebody has to look at again by now. */
export async function countDue(store: Store, now: Date): Promise<number> {
  const { decisionRow: t } = store.t
  const [row] = await store.db.select({ due: count() }).from(t).where(and(isNotNull(t.confirmAt), lte(t.confirmAt, now)))
  return row?.due ?? 0
}

/** The release that recorded a decision, by its number, or null. */
export async function releaseOfDecision(store: Store, number: number): Promise<string | null> {
  const { decisionRow: t } = store.t
  const [row] = await store.db.select({ releaseId: t.releaseId }).from(t).where(eq(t.number, number)).limit(1)
  return row?.releaseId ?? null
}

/** Releases that ended since an instant and name the person. */
export async function endedSince(store: Store, personId: string, since: Date): Promise<readonly string[]> {
  const { releaseCard: t } = store.t
  const rows = await store.db.select({ id: t.releaseId }).from(t).where(and(gte(t.closedAt, since), like(t.people, `%,${personId},%`))).limit(50)
  return rows.map((row) => row.id)
}

/** When each release of a model was opened, oldest first, whatever became of it. */
export async function releasesOfModel(store: Store, modelId: string): Promise<readonly { readonly id: string; readonly openedAt: string }[]> {
  const { releaseCard: t } = store.t
  const rows = await store.db.select({ id: t.releaseId, openedAt: t.openedAt }).from(t).where(eq(t.modelId, modelId)).orderBy(asc(t.openedAt), asc(t.releaseId))
  return rows.map((row) => ({ id: row.id, openedAt: row.openedAt.toISOString() }))
}

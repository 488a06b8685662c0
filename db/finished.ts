/** Reads of finished releases: those of a period, and those on which a forecast rests. */
import { and, count, desc, eq, gte, isNotNull, lt } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { OUTCOMES, type FinishedBody, type FinishedRelease } from '@/lib/domain/flow/finished'
import { TIERS } from '@/lib/domain/template/template'

/** The column holds what `finishedWrites` put there; the compiler cannot know it. */
function isBody(value: unknown): value is FinishedBody {
  return typeof value === 'object' && value !== null && 'waits' in value && 'gates' in value && 'progress' in value
}

type Row = Store['t']['finishedRow']['$inferSelect']

function finished(row: Row): readonly FinishedRelease[] {
  const outcome = OUTCOMES.find((one) => one === row.outcome)
  const risk = TIERS.find((one) => one === row.risk)
  if (!outcome || !risk || !isBody(row.body)) return []
  return [{ ...row, outcome, risk, body: row.body, openedAt: row.openedAt.getTime(), goAt: row.goAt?.getTime() ?? null, stableAt: row.stableAt?.getTime() ?? null, finishedAt: row.finishedAt.getTime() }]
}

export interface FinishedFilter {
  readonly from: Date | null
  readonly to: Date | null
  readonly modelId: string | null
  readonly environmentId: string | null
  readonly risk: string | null
}

/** Releases that finished from one instant on and before another, oldest first. */
export async function finishedReleases(store: Store, { from, to, modelId, environmentId, risk }: FinishedFilter): Promise<readonly FinishedRelease[]> {
  const { finishedRow: t } = store.t
  const rows = await store.db.select().from(t).where(and(
    from ? gte(t.finishedAt, from) : undefined, to ? lt(t.finishedAt, to) : undefined, modelId ? eq(t.modelId, modelId) : undefined,
    environmentId ? eq(t.environmentId, environmentId) : undefined, risk ? eq(t.risk, risk) : undefined,
  )).orderBy(t.finishedAt, t.releaseId)
  return rows.flatMap(finished)
}

/** The newest finished releases that had a go, by the instant of their go, newest first. */
export async function finishedWithGo(store: Store, most: number): Promise<readonly FinishedRelease[]> {
  const { finishedRow: t } = store.t
  const rows = await store.db.select().from(t).where(isNotNull(t.goAt)).orderBy(desc(t.goAt), t.releaseId).limit(most)
  return rows.flatMap(finished)
}

/** How many finished releases had a go. */
export async function countWithGo(store: Store): Promise<number> {
  const { finishedRow: t } = store.t
  const [row] = await store.db.select({ count: count() }).from(t).where(isNotNull(t.goAt))
  return row?.count ?? 0
}

/** Slugs of models and environments by id. */
export async function placeNames(store: Store): Promise<{ readonly models: ReadonlyMap<string, string>; readonly environments: ReadonlyMap<string, string> }> {
  const { modelRow, environmentRow } = store.t
  const [models, environments] = await Promise.all([
    store.db.select({ id: modelRow.id, slug: modelRow.slug }).from(modelRow), store.db.select({ id: environmentRow.id, slug: environmentRow.slug }).from(environmentRow),
  ])
  const named = (rows: readonly { readonly id: string; readonly slug: string }[]) => new Map(rows.map(({ id, slug }) => [id, slug]))
  return { models: named(models), environments: named(environments) }
}

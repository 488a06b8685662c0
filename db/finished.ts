/** Reads of finished releases: those of a period, and those on which a forecast rests. */
import { and, desc, eq, gte, isNotNull, lt } from 'drizzle-orm'
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

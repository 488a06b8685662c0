/** Finds what the status page rests on: releases that move, incidents that were written, and what the product itself found wrong before. */
import { and, eq, gte, inArray, isNull, or } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write } from '@/db/write'
import type { DerivedFact } from '@/lib/domain/status/facts'

/** In: published models, the instant up to which a roll-back stays on the page. Out: release ids with the versions of their states. */
export async function releasesForStatus(store: Store, modelIds: readonly string[], since: Date): Promise<readonly { readonly id: string; readonly version: number }[]> {
  if (modelIds.length === 0) return []
  const { releaseCard, aggregate } = store.t
  return store.db
    .select({ id: releaseCard.releaseId, version: aggregate.version })
    .from(releaseCard)
    .innerJoin(aggregate, and(eq(aggregate.kind, 'release'), eq(aggregate.id, releaseCard.releaseId)))
    .where(and(
      inArray(releaseCard.modelId, [...modelIds]),
      or(eq(releaseCard.isInFlight, true), and(eq(releaseCard.phase, 'rolled-back'), gte(releaseCard.closedAt, since))),
    ))
    .orderBy(releaseCard.targetAt, releaseCard.code)
}

/** Ids of written incidents that were not withdrawn and that are open or began since then. */
export async function writtenIncidents(store: Store, since: Date): Promise<readonly string[]> {
  const { incidentRow } = store.t
  const rows = await store.db.select({ id: incidentRow.id }).from(incidentRow)
    .where(and(eq(incidentRow.isWithdrawn, false), or(gte(incidentRow.startedAt, since), isNull(incidentRow.resolvedAt))))
  return rows.map((row) => row.id)
}

/** What was found wrong before, as far as it is still open or began since then. */
export async function keptIncidents(store: Store, since: Date): Promise<readonly DerivedFact[]> {
  const { keptIncident } = store.t
  const rows = await store.db.select().from(keptIncident).where(or(gte(keptIncident.startedAt, since), isNull(keptIncident.resolvedAt)))
  return rows.map(({ toLabel, startedAt, resolvedAt, ...row }) => ({ ...row, to: toLabel, startedAt: startedAt.toISOString(), resolvedAt: resolvedAt?.toISOString() ?? null }))
}

/** Keeps what is found wrong, each once by its key. */
export async function keepIncidents(store: Store, facts: readonly DerivedFact[]): Promise<void> {
  if (facts.length === 0) return
  await store.commit({
    writes: facts.map(({ key, to, ...fact }) => write((tx, { keptIncident }) => {
      const row = { ...fact, toLabel: to, startedAt: new Date(fact.startedAt), resolvedAt: fact.resolvedAt === null ? null : new Date(fact.resolvedAt) }
      return tx.insert(keptIncident).values({ key, ...row }).onConflictDoUpdate({ target: keptIncident.key, set: row }).returning({ key: keptIncident.key })
    })),
  })
}

/** Finds what the status page rests on: releases of the published models that are in flight, or were rolled back not long ago. */
import { and, eq, gte, inArray, or } from 'drizzle-orm'
import type { Store } from '@/db/store'

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

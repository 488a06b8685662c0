/** Reads of the scene: models and environments by slug, and which releases are open on them. */
import { and, eq, or } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** The id behind a model's slug, or null. */
export async function modelIdOf(store: Store, slug: string): Promise<string | null> {
  const { modelRow } = store.t
  const [row] = await store.db.select({ id: modelRow.id }).from(modelRow).where(eq(modelRow.slug, slug))
  return row?.id ?? null
}

/** The id behind an environment's slug, or null. */
export async function environmentIdOf(store: Store, slug: string): Promise<string | null> {
  const { environmentRow } = store.t
  const [row] = await store.db.select({ id: environmentRow.id }).from(environmentRow).where(eq(environmentRow.slug, slug))
  return row?.id ?? null
}

export interface ReleaseOfScene {
  readonly releaseId: string
  readonly code: string
  readonly modelId: string
  readonly environmentId: string
  readonly phase: string
  readonly isInFlight: boolean
  readonly openedAt: Date
}

/** Releases of a model or into an environment, newest first. In: one id; `isOpenOnly` leaves out those that are over. */
export async function releasesOf(store: Store, id: string, isOpenOnly: boolean): Promise<readonly ReleaseOfScene[]> {
  const { releaseCard } = store.t
  const concerns = or(eq(releaseCard.modelId, id), eq(releaseCard.environmentId, id))
  const rows = await store.db
    .select({
      releaseId: releaseCard.releaseId, code: releaseCard.code, modelId: releaseCard.modelId, environmentId: releaseCard.environmentId,
      phase: releaseCard.phase, isInFlight: releaseCard.isInFlight, openedAt: releaseCard.openedAt,
    })
    .from(releaseCard)
    .where(isOpenOnly ? and(concerns, eq(releaseCard.isInFlight, true)) : concerns)
  return rows.toSorted((a, b) => b.openedAt.getTime() - a.openedAt.getTime())
}

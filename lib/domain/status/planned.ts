/** Releases with a published day, in the one shape from which the calendar, the feed and the maintenance of the API are made. */

import type { PublicStatus } from './status'

export interface PlannedRelease {
  readonly id: string
  /** "Churn ranker 2.9 goes to production EU". */
  readonly name: string
  readonly words: string
  readonly startsAt: string
  readonly endsAt: string
  readonly isRollingOut: boolean
  readonly componentId: string
}

/** What is planned is a day, not an hour. */
const DAY_MS = 86_400_000

/** In: the public picture. Out: the planned releases by their day, those without a published day left out. */
export function plannedReleases(status: PublicStatus): readonly PlannedRelease[] {
  return status.moving
    .flatMap((one): readonly PlannedRelease[] => one.targetAt === null ? [] : [{
      id: one.id,
      name: one.environment === null ? `${one.name} is released` : `${one.name} goes to ${one.environment}`,
      words: `${one.name}: ${one.progress}.`,
      startsAt: one.targetAt,
      endsAt: new Date(Date.parse(one.targetAt) + DAY_MS).toISOString(),
      isRollingOut: one.isRollingOut === true,
      componentId: one.componentId,
    }])
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
}

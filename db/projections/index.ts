/** Which lists follow which aggregate: the writes that go into the same transaction as its new state. One line per kind. */
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { Write } from '@/db/write'
import { checkInProjection } from '@/db/projections/check-in'
import { destinationProjection } from '@/db/projections/destination'
import { incidentProjection } from '@/db/projections/incident'
import { personProjection, tokenProjection } from '@/db/projections/person'
import { environmentProjection } from '@/db/projections/environment'
import { liveProjection } from '@/db/projections/live'
import { modelProjection } from '@/db/projections/model'
import { releaseProjection } from '@/db/projections/release'

/**
 * A kind's projection. In: the aggregate's id, its new state, the state before (null at its creation), the time of the command.
 * A method, so that the typed states of the kinds fit without a cast (see `lib/domain/registry.ts`).
 */
export interface Projection {
  project(id: string, state: unknown, previous: unknown, at: Date): readonly Write[]
}

export const projections: Partial<Record<AggregateKind, Projection>> = {
  'check-in': checkInProjection,
  destination: destinationProjection,
  incident: incidentProjection,
  person: personProjection,
  environment: environmentProjection,
  live: liveProjection,
  model: modelProjection,
  release: releaseProjection,
  token: tokenProjection,
}

/** When written incidents began and ended, so that the status page reads those of a year and no more. */
import { type Write, write } from '@/db/write'
import { incidentResolvedAt, type IncidentState } from '@/lib/domain/incident/state'

export const incidentProjection = {
  project(id: string, state: IncidentState): readonly Write[] {
    const resolvedAt = incidentResolvedAt(state)
    const row = { startedAt: new Date(state.startedAt), resolvedAt: resolvedAt === null ? null : new Date(resolvedAt), isWithdrawn: state.withdrawn !== null }
    return [
      write((tx, { incidentRow }) =>
        tx.insert(incidentRow).values({ id, ...row }).onConflictDoUpdate({ target: incidentRow.id, set: row }).returning({ id: incidentRow.id })),
    ]
  },
}

/** The list of environments. */
import { type Write, write } from '@/db/write'
import type { EnvironmentState } from '@/lib/domain/environment/state'

export const environmentProjection = {
  project(id: string, state: EnvironmentState): readonly Write[] {
    const row = { slug: state.slug, body: state }
    return [
      write((tx, { environmentRow }) =>
        tx.insert(environmentRow).values({ id, ...row }).onConflictDoUpdate({ target: environmentRow.id, set: row }).returning({ id: environmentRow.id })),
    ]
  },
}

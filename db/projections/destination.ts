/** The list of destinations; routing reads it with every command that tells somebody something. */
import { type Write, write } from '@/db/write'
import { isListening, type DestinationState } from '@/lib/domain/destination/state'

export const destinationProjection = {
  project(id: string, state: DestinationState): readonly Write[] {
    const row = { isEnabled: isListening(state), body: state }
    return [
      write((tx, { destinationRow }) =>
        tx.insert(destinationRow).values({ id, ...row }).onConflictDoUpdate({ target: destinationRow.id, set: row }).returning({ id: destinationRow.id })),
    ]
  },
}

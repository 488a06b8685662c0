/** The list of people, and the lookup of tokens: rows that follow their aggregates. Archiving somebody ends their sessions and links with it. */
import { eq, sql } from 'drizzle-orm'
import { type Write, write } from '@/db/write'
import type { PersonState } from '@/lib/domain/person/state'
import type { TokenState } from '@/lib/domain/token/state'

export const personProjection = {
  project(id: string, state: PersonState, previous: PersonState | null): readonly Write[] {
    const row = {
      teams: `,${state.memberships.map((m) => m.team).join(',')},`,
      isAdmin: state.isAdmin,
      isArchived: state.archivedAt !== null,
      body: state,
    }
    const list = write((tx, { personRow }) => tx.insert(personRow).values({ id, ...row }).onConflictDoUpdate({ target: personRow.id, set: row }).returning({ id: personRow.id }))
    return state.archivedAt !== null && previous?.archivedAt === null ? [list, ...endAccess(id)] : [list]
  },
}

export const tokenProjection = {
  project(id: string, state: TokenState, previous: TokenState | null): readonly Write[] {
    const dates = { expiresAt: new Date(state.expiresAt), revokedAt: state.revokedAt === null ? null : new Date(state.revokedAt) }
    if (previous === null) {
      return [write((tx, { tokenRow }) => tx.insert(tokenRow).values({ hash: state.hash, tokenId: id, ...dates }).returning({ id: tokenRow.tokenId }))]
    }
    return [write((tx, { tokenRow }) => tx.update(tokenRow).set(dates).where(eq(tokenRow.tokenId, id)).returning({ id: tokenRow.tokenId }))]
  },
}

// In the same transaction, so that restoring somebody later does not bring an old session back to life.
function endAccess(personId: string): readonly Write[] {
  return [
    write(
      (tx, { credential }) =>
        tx
          .update(credential)
          .set({ sessionVersion: sql`${credential.sessionVersion} + 1` })
          .where(eq(credential.personId, personId))
          .returning({ id: credential.personId }),
      'any',
    ),
    write((tx, { oneTimeLink }) => tx.delete(oneTimeLink).where(eq(oneTimeLink.personId, personId)).returning({ id: oneTimeLink.id }), 'any'),
  ]
}

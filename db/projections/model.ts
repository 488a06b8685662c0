/** The list of models, and the documents of each for the lists of shared documents. */
import { and, eq, notInArray } from 'drizzle-orm'
import { type Write, write } from '@/db/write'
import type { ModelState } from '@/lib/domain/model/state'

export const modelProjection = {
  project(id: string, state: ModelState, previous: ModelState | null): readonly Write[] {
    const row = { slug: state.slug, ownerTeam: state.ownerTeam, isArchived: state.archivedAt !== null, body: state }
    const list = write((tx, { modelRow }) =>
      tx.insert(modelRow).values({ id, ...row }).onConflictDoUpdate({ target: modelRow.id, set: row }).returning({ id: modelRow.id }))
    return previous?.documents === state.documents ? [list] : [list, ...documentWrites(id, state, previous)]
  },
}

function documentWrites(id: string, state: ModelState, previous: ModelState | null): readonly Write[] {
  const kept = state.documents.map((document) => document.id)
  const isGone = previous?.documents.some((document) => !kept.includes(document.id)) ?? false
  const gone = write((tx, { documentRow }) =>
    tx.delete(documentRow).where(and(eq(documentRow.ownerKind, 'model'), eq(documentRow.ownerId, id), notInArray(documentRow.id, kept))).returning({ id: documentRow.id }), 'any')
  const changed = state.documents.filter((document) => !previous?.documents.includes(document))
  const rows = changed.map((document) => {
    const row = { ownerKind: 'model', ownerId: id, modelId: id, kind: document.kind, team: document.ownerTeam, at: new Date(document.at), body: document }
    return write((tx, { documentRow }) =>
      tx.insert(documentRow).values({ id: document.id, ...row }).onConflictDoUpdate({ target: documentRow.id, set: row }).returning({ id: documentRow.id }))
  })
  return isGone ? [gone, ...rows] : rows
}

/** Folds what happened into the state of a model. */
import type { ModelEvent } from './events'
import type { ModelDocument, ModelState } from './state'

/** In: the state before (null before registration) and one event. Out: the state after. Throws on an event that cannot follow. */
export function applyModel(state: ModelState | null, event: ModelEvent): ModelState {
  if (event.type === 'model-registered') {
    const { id, slug, name, purpose, ownerTeam, codePrefix, at, by } = event
    return { id, slug, name, purpose, ownerTeam, codePrefix, versions: [], documents: [], publication: null, registeredAt: at, registeredBy: by, archivedAt: null }
  }
  if (state === null) throw new Error(`${event.type} before the model was registered`)
  switch (event.type) {
    case 'model-edited': return { ...state, name: event.name, purpose: event.purpose, ownerTeam: event.ownerTeam }
    case 'version-added': return { ...state, versions: [...state.versions, event.version] }
    case 'version-withdrawn': {
      const withdrawn = { at: event.at, by: event.by, reason: event.reason }
      return { ...state, versions: state.versions.map((version) => (version.id === event.versionId ? { ...version, withdrawn } : version)) }
    }
    case 'model-published-internally': return { ...state, internalPublication: event.publication }
    case 'model-published': return { ...state, publication: event.publication }
    case 'model-archived': return { ...state, archivedAt: event.at }
    case 'model-restored': return { ...state, archivedAt: null }
    case 'document-attached': return { ...state, documents: [...state.documents, event.document] }
    case 'document-removed': return { ...state, documents: state.documents.filter((one) => one.id !== event.documentId) }
    case 'document-reviewed': return withDocument(state, event.documentId, (one) => ({
      ...one,
      reviewedBy: [...one.reviewedBy.filter((review) => review.team !== event.team), { team: event.team, by: event.by, at: event.at }],
    }))
    // a review was of what was pinned then
    case 'document-pinned': return withDocument(state, event.documentId, (one) => ({ ...one, pinnedRevision: event.pinnedRevision, reviewedBy: [] }))
    default: return unknown(event)
  }
}

function withDocument(state: ModelState, id: string, change: (document: ModelDocument) => ModelDocument): ModelState {
  return { ...state, documents: state.documents.map((one) => (one.id === id ? change(one) : one)) }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}

/** Folds what happened into the state of a template. */
import type { TemplateEvent } from './events'
import type { TemplateState } from './state'

/** In: the state before (null before it was created) and one event. Out: the state after. Throws on an event that cannot follow. */
export function applyTemplate(state: TemplateState | null, event: TemplateEvent): TemplateState {
  if (event.type === 'template-created') {
    const first = { content: event.content, reason: null, by: event.by, confirmedBy: null, at: event.at }
    return { id: event.content.templateId, revisions: [first], proposal: null, archivedAt: null }
  }
  if (state === null) throw new Error(`${event.type} before the template was created`)
  switch (event.type) {
    case 'template-revised': {
      const { content, reason, by, at } = event
      return { ...state, revisions: [...state.revisions, { content, reason, by, confirmedBy: null, at }], proposal: null }
    }
    case 'revision-proposed': {
      const { content, reason, changedRules, by, at } = event
      return { ...state, proposal: { content, reason, changedRules, by, at } }
    }
    case 'revision-confirmed': {
      if (state.proposal === null) throw new Error('a revision was confirmed that nobody had proposed')
      const { content, reason, by } = state.proposal
      return { ...state, revisions: [...state.revisions, { content, reason, by, confirmedBy: event.by, at: event.at }], proposal: null }
    }
    case 'revision-withdrawn': return { ...state, proposal: null }
    case 'template-archived': return { ...state, archivedAt: event.at }
    case 'template-restored': return { ...state, archivedAt: null }
    default: return unknown(event)
  }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}

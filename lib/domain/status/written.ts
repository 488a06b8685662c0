/** Brings what people wrote about incidents together with what the product found itself. */

import { incidentResolvedAt, incidentStatus, type Audience, type IncidentState } from '@/lib/domain/incident/state'
import { wordsOf, type Reveal } from '@/lib/domain/text'
import type { PublicIncident } from './status'

/** An incident with the key by which somebody may write about it; the key is never public. */
export interface KeyedIncident {
  readonly key: string
  readonly incident: PublicIncident
}

interface Sources {
  readonly derived: readonly KeyedIncident[]
  readonly written: readonly IncidentState[]
  readonly audience: Audience
  readonly reveal: Reveal
  readonly publicId: (key: string) => string
  /** The id under which a place is shown, or null where it is not. */
  readonly componentOf: (place: { readonly modelId: string; readonly environmentId: string }) => string | null
}

/**
 * All incidents of a page, the newest first. Words about a finding stand in place of the product's own name for it and beside its own
 * updates; they cannot end what the product still sees. Words about something that is not shown are not shown either.
 */
export function withWritten({ derived, written, ...more }: Sources): readonly KeyedIncident[] {
  const told = written.filter((state) => state.withdrawn === null && (state.audience === 'public' || more.audience === 'internal'))
  const about = new Map(told.flatMap((state) => (state.about === null ? [] : [[state.about, state] as const])))
  const own = told.filter((state) => state.about === null).map((state) => ({ key: state.id, incident: ownIncident(state, more) }))
  const found = derived.map(({ key, incident }) => {
    const state = about.get(key)
    return { key, incident: state === undefined ? incident : worded(incident, state, more) }
  })
  return [...own, ...found].toSorted((a, b) => b.incident.startedAt.localeCompare(a.incident.startedAt) || a.incident.id.localeCompare(b.incident.id))
}

type Ways = Pick<Sources, 'reveal' | 'publicId' | 'componentOf'>

function updatesOf(state: IncidentState, reveal: Reveal): PublicIncident['updates'] {
  return state.updates.toReversed().map(({ status, at, text, correctedAt }) => ({ status, at, text: wordsOf(text, reveal), ...(correctedAt === null ? {} : { correctedAt }) }))
}

function postMortemOf({ postMortem }: IncidentState, reveal: Reveal): Pick<PublicIncident, 'postMortem'> {
  return postMortem === null ? {} : { postMortem: { at: postMortem.at, text: wordsOf(postMortem.text, reveal) } }
}

function ownIncident(state: IncidentState, { reveal, publicId, componentOf }: Ways): PublicIncident {
  return {
    id: publicId(`incident ${state.id}`), name: wordsOf(state.title, reveal), kind: 'written', impact: state.impact, status: incidentStatus(state),
    componentIds: state.places.flatMap((place) => componentOf(place) ?? []), startedAt: state.startedAt, resolvedAt: incidentResolvedAt(state),
    updates: updatesOf(state, reveal), ...postMortemOf(state, reveal),
  }
}

function worded(incident: PublicIncident, state: IncidentState, { reveal }: Ways): PublicIncident {
  const isOver = incident.resolvedAt !== null
  const updates = [...updatesOf(state, reveal), ...incident.updates].toSorted((a, b) => b.at.localeCompare(a.at))
  const newest = updates[0]?.status ?? incident.status
  return {
    ...incident, name: wordsOf(state.title, reveal), impact: state.impact,
    // The product sees it still: it is over when it is over, not when somebody says so.
    status: isOver ? 'resolved' : newest === 'resolved' ? 'monitoring' : newest,
    updates: updates.map((one) => (!isOver && one.status === 'resolved' ? { ...one, status: 'monitoring' } : one)), ...postMortemOf(state, reveal),
  }
}

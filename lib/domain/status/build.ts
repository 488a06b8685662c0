/** Lets through to the public what an admin allowed, field by field; whatever is not named here stays inside. */

import type { Audience } from '@/lib/domain/incident/state'
import type { InternalField, InternalPublication, Publication } from '@/lib/domain/model/publication'
import type { ReleaseReading } from '@/lib/domain/release/phase'
import { agesAt, sentenceOf, sentenceText } from '@/lib/domain/release/sentence'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { Reveal } from '@/lib/domain/text'
import type { DerivedFact, Slot, StatusFacts } from './facts'
import { findingsOf, incidentOf } from './incidents'
import { progressOf, publicRail } from './progress'
import type { PublicComponent, PublicRelease, PublicState, PublicStatus } from './status'
import { summaryOf } from './summary'
import { withWritten, type KeyedIncident } from './written'

/** The picture for an audience. In: the facts. Out: only models published to it, in published environments, with published fields; sorted by name. */
export function publicStatus(facts: StatusFacts, audience: Audience = 'public'): PublicStatus {
  const slots = slotsOf(facts, audience)
  const components = slots.flatMap(componentOf)
  const incidents = keyedIncidents(facts, audience).map(({ incident }) => incident)
  const { title, zone, isIndexed } = facts.settings
  return { title, zone, isIndexed: isIndexed && audience === 'public', ...summaryOf(components, incidents), components, moving: slots.flatMap(movingOf), incidents }
}

/** The incidents of a picture with their keys, for whoever may write about them. */
export function keyedIncidents(facts: StatusFacts, audience: Audience): readonly KeyedIncident[] {
  const slots = slotsOf(facts, audience)
  const slotOf = ({ modelId, environmentId }: { readonly modelId: string; readonly environmentId: string }) => slots.find((slot) => slot.modelId === modelId && slot.environmentId === environmentId)
  const now = slots.flatMap((slot) => findingsOf(slot).map((fact) => ({ fact, slot, insight: fact.insight })))
  const known = new Set(now.map(({ fact }) => fact.key))
  const before = (facts.kept ?? []).filter((fact) => !known.has(fact.key) && fact.resolvedAt !== null).flatMap((fact) => {
    const slot = slotOf(fact)
    return slot === undefined ? [] : [{ fact, slot, insight: null }]
  })
  const derived = [...now, ...before].flatMap(({ fact, slot, insight }) => {
    const incident = incidentOf(fact, slot, insight)
    return incident === null ? [] : [{ key: fact.key, incident }]
  })
  return withWritten({ derived, written: facts.written ?? [], audience, reveal: facts.reveal ?? nothing, publicId: facts.publicId, componentOf: (place) => slotOf(place)?.componentId ?? null })
}

/** What is wrong now, whoever may see it, and what of the kept has ended since; to be kept. Only of models that are published somewhere. */
export function findings(facts: StatusFacts, now: Date): readonly DerivedFact[] {
  const slots = [...slotsOf(facts, 'public'), ...slotsOf(facts, 'internal')]
  const found = new Map(slots.flatMap(findingsOf).map(({ insight: _, ...fact }) => [fact.key, fact] as const))
  const kept = new Map((facts.kept ?? []).map((fact) => [fact.key, fact]))
  const isShown = (fact: DerivedFact) => slots.some((slot) => slot.modelId === fact.modelId && slot.environmentId === fact.environmentId)
  const fresh = [...found.values()].filter((fact) => kept.get(fact.key)?.resolvedAt !== fact.resolvedAt || !kept.has(fact.key))
  const over = [...kept.values()].filter((fact) => fact.resolvedAt === null && !found.has(fact.key) && isShown(fact)).map((fact) => ({ ...fact, resolvedAt: now.toISOString() }))
  return [...fresh, ...over]
}

const nothing: Reveal = () => undefined

function slotsOf(facts: StatusFacts, audience: Audience): readonly Slot[] {
  const chosen = facts.models.flatMap(({ id, publication, internal }) => {
    const shown = audience === 'public' ? publication : internal
    return shown ? [{ id, publication: shown }] : []
  }).toSorted((a, b) => a.publication.name.localeCompare(b.publication.name, 'en'))
  return chosen.flatMap((model) => slotsOfModel(model, facts))
}

function slotsOfModel({ id, publication }: { readonly id: string; readonly publication: Publication | InternalPublication }, facts: StatusFacts): readonly Slot[] {
  const fields: ReadonlySet<InternalField> = new Set(publication.fields)
  return publication.environments.map(({ environmentId, name }) => ({
    modelId: id, environmentId, publication,
    environment: name,
    componentId: facts.publicId(`component ${id} ${environmentId}`),
    live: facts.lives.find((live) => live.modelId === id && live.environmentId === environmentId) ?? null,
    record: facts.records?.get(`${id}:${environmentId}`) ?? null,
    releases: facts.releases.filter(({ state }) => state.modelId === id && state.environmentId === environmentId),
    shows: (field: InternalField) => fields.has(field),
    publicId: facts.publicId,
    teams: facts.teams,
    reveal: facts.reveal ?? nothing,
    now: facts.now ?? new Date(0),
  })).toSorted((a, b) => `${a.publication.name} ${a.environment ?? ''}`.localeCompare(`${b.publication.name} ${b.environment ?? ''}`, 'en'))
}

function componentOf(slot: Slot): readonly PublicComponent[] {
  const { live, publication, environment, componentId, shows } = slot
  if (!shows('version') && !shows('state') && !shows('record')) return []
  return [{
    id: componentId,
    name: publication.name,
    environment,
    version: shows('version') ? (live?.lastStable?.label ?? null) : null,
    state: shows('state') ? stateOf(slot) : null,
    since: live?.lastStable?.since ?? '1970-01-01T00:00:00.000Z',
    ...(shows('record') && slot.record ? { record: slot.record } : {}),
  }]
}

/** A release that moves traffic weighs on the row, because some of it serves people. */
function stateOf({ live, releases }: Slot): PublicState {
  if (releases.some(({ reading }) => reading.phase === 'rolling-back')) return 'rolling-back'
  if (live?.watch?.isAtRisk || releases.some(({ state, reading }) => state.rollout !== null && reading.atRisk.length > 0)) return 'at-risk'
  if (!live?.lastStable) return 'nothing-live'
  const verdicts = Object.values(live.watch?.items ?? {})
  return verdicts.some((one) => one.verdict === 'pass') ? 'stable' : 'unmeasured'
}

function movingOf(slot: Slot): readonly PublicRelease[] {
  const { publication, environment, shows, publicId } = slot
  if (!shows('releases')) return []
  return slot.releases.filter(({ reading }) => reading.isInFlight).map(({ state, reading }) => ({
    id: publicId(`release ${state.id}`),
    name: shows('version') ? `${publication.name} ${state.candidate.label}` : publication.name,
    environment,
    progress: progressOf(state, reading, slot),
    targetAt: shows('target') ? state.targetAt : null,
    isRollingOut: shows('phase') ? reading.phase === 'rolling-out' || reading.phase === 'soaking' : null,
    componentId: slot.componentId,
    rail: shows('rail') ? publicRail(state, reading, slot) : null,
    ...(shows('code') ? { code: state.code } : {}),
    ...(shows('sentence') ? { sentence: sentence(state, reading, slot) } : {}),
  }))
}

function sentence(state: ReleaseState, reading: ReleaseReading, { teams, reveal, now }: Slot): string {
  const words = { teamName: (id: string) => teams.find((team) => team.id === id)?.name ?? id, reveal, age: agesAt(now) }
  return sentenceText(sentenceOf(state, reading, words, now))
}

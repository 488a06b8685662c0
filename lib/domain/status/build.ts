/** Lets through to the public what an admin allowed, field by field; whatever is not named here stays inside. */

import type { StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { LiveRecord } from '@/lib/domain/live/day'
import type { LiveState } from '@/lib/domain/live/state'
import type { PublicField, Publication } from '@/lib/domain/model/publication'
import type { ReleaseReading } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import { incidentsOf } from './incidents'
import { progressOf, publicRail } from './progress'
import type { PublicComponent, PublicIncident, PublicRelease, PublicState, PublicStatus } from './status'

export interface StatusTeam {
  readonly id: string
  readonly name: string
  readonly shape: string
}

/** Facts of the inside, private words included; only this folder may read them on the way to the public. */
export interface StatusFacts {
  readonly settings: StatusPageSettings
  readonly teams: readonly StatusTeam[]
  readonly models: readonly { readonly id: string; readonly publication: Publication }[]
  readonly lives: readonly LiveState[]
  /** In flight, or rolled back not long ago. */
  readonly releases: readonly { readonly state: ReleaseState; readonly reading: ReleaseReading }[]
  /** Makes an id for the outside that says nothing about the inside. */
  readonly publicId: (key: string) => string
  /** The record of each live version, by its id. */
  readonly records?: ReadonlyMap<string, LiveRecord>
}

/** One model in one environment as the rules of its publication leave it. */
export interface Slot {
  readonly publication: Publication
  readonly environment: string | null
  readonly componentId: string
  readonly live: LiveState | null
  readonly record: LiveRecord | null
  readonly releases: StatusFacts['releases']
  readonly shows: (field: PublicField) => boolean
  readonly publicId: (key: string) => string
  readonly teams: readonly StatusTeam[]
}

/** The public picture. In: the facts. Out: only published models, in published environments, with published fields; sorted by name. */
export function publicStatus(facts: StatusFacts): PublicStatus {
  const slots = facts.models.flatMap((model) => slotsOf(model, facts))
  const components = slots.flatMap(componentOf)
  const incidents = slots.flatMap(incidentsOf).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  const { title, zone, isIndexed } = facts.settings
  return { title, zone, isIndexed, ...summaryOf(components, incidents), components, moving: slots.flatMap(movingOf), incidents }
}

function slotsOf({ id, publication }: StatusFacts['models'][number], facts: StatusFacts): readonly Slot[] {
  const fields = new Set(publication.fields)
  return publication.environments.map(({ environmentId, name }) => ({
    publication,
    environment: name,
    componentId: facts.publicId(`component ${id} ${environmentId}`),
    live: facts.lives.find((live) => live.modelId === id && live.environmentId === environmentId) ?? null,
    record: facts.records?.get(`${id}:${environmentId}`) ?? null,
    releases: facts.releases.filter(({ state }) => state.modelId === id && state.environmentId === environmentId),
    shows: (field: PublicField) => fields.has(field),
    publicId: facts.publicId,
    teams: facts.teams,
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
  }))
}

const COUNT = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

function models(count: number, one: string, many: string): string {
  return `${COUNT[count] ?? count} ${count === 1 ? `model ${one}` : `models ${many}`}`
}

function summaryOf(components: readonly PublicComponent[], incidents: readonly PublicIncident[]): Pick<PublicStatus, 'indicator' | 'headline' | 'detail'> {
  const of = (state: PublicState) => components.filter((one) => one.state === state)
  const open = incidents.filter((one) => one.resolvedAt === null && one.impact !== 'none')
  const detail = open.length > 0 ? open.slice(0, 3).map((one) => `${one.name}.`).join(' ') : ''
  if (of('rolling-back').length > 0) return { indicator: 'major', headline: `${models(of('rolling-back').length, 'is being rolled back', 'are being rolled back')}`, detail }
  if (of('at-risk').length > 0) return { indicator: 'minor', headline: `${models(of('at-risk').length, 'runs at risk', 'run at risk')}`, detail }
  if (components.length === 0) return { indicator: 'none', headline: 'Nothing is published here yet', detail: '' }
  const known = components.filter((one) => one.state !== null)
  if (known.length === 0) return { indicator: 'none', headline: 'What is live where', detail: '' }
  const unmeasured = of('unmeasured').length
  if (unmeasured === 0) return { indicator: 'none', headline: 'All models run as they should', detail: '' }
  return { indicator: 'none', headline: 'No problem is known', detail: `${models(unmeasured, 'is not measured', 'are not measured')} at the moment.` }
}

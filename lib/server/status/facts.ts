/** Reads what the status page rests on; a release is read again only when its version has moved. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { daysOf } from '@/db/live-day'
import { keptIncidents, releasesForStatus, writtenIncidents } from '@/db/status'
import type { Store } from '@/db/store'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { DEFAULT_STATUS_PAGE, type StatusLink, type StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { InternalField, InternalPublication, Publication } from '@/lib/domain/model/publication'
import { dayOf, recordOf } from '@/lib/domain/live/day'
import { readRelease } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { StatusFacts } from '@/lib/domain/status/facts'
import { processWide } from '@/lib/public/process-wide'
import { keyed, type StatusKeys } from '@/lib/server/status/keys'

/** A roll-back stays on the page for two weeks. */
const PAST_MS = 14 * 86_400_000
/** The history goes back by months, a year and the month that has begun. */
const HISTORY_MS = 396 * 86_400_000
/** Fields in which people's own words stand. */
const WORDY: readonly InternalField[] = ['sentence', 'reasons']

/** What an admin tries out in the editor, in place of what is stored. */
export interface StatusDraft {
  readonly settings?: StatusPageSettings
  readonly publications?: ReadonlyMap<string, Publication | null>
  readonly internal?: ReadonlyMap<string, InternalPublication | null>
}

/** The facts, and the link of the internal page where there is one. */
export interface LoadedFacts extends StatusFacts {
  readonly link: StatusLink | null
}

type Kept = Map<string, { readonly version: number; readonly state: ReleaseState }>

/** The facts at an instant. In: the keys, from which the outside ids are made; a draft for the preview. */
export async function loadStatusFacts(store: Store, keys: StatusKeys, now: Date, draft: StatusDraft = {}): Promise<LoadedFacts> {
  const [installation, loadedModels] = await Promise.all([loadAggregate(store, 'installation', INSTALLATION_ID), loadAggregates(store, 'model', 'all')])
  const models = [...loadedModels.values()].flatMap(({ state }) => {
    const publication = draft.publications?.has(state.id) ? (draft.publications.get(state.id) ?? null) : state.publication
    const internal = draft.internal?.has(state.id) ? (draft.internal.get(state.id) ?? null) : (state.internalPublication ?? null)
    return (publication === null && internal === null) || state.archivedAt !== null ? [] : [{ id: state.id, publication, internal }]
  })
  const shown = models.flatMap(({ id, publication, internal }) => [publication, internal].flatMap((one) => (one === null ? [] : [{ id, publication: one }])))
  const idsOf = (some: typeof shown) => [...new Set(some.flatMap(({ id, publication }) => publication.environments.map((one) => `${id}:${one.environmentId}`)))]
  const recorded = idsOf(shown.filter(({ publication }) => publication.fields.includes('record')))
  const wordy = new Set(models.filter(({ internal }) => internal?.fields.some((field) => WORDY.includes(field))).map(({ id }) => id))
  const since = new Date(now.getTime() - HISTORY_MS)
  const [lives, days, releases, writtenIds, kept] = await Promise.all([
    loadAggregates(store, 'live', idsOf(shown)), daysOf(store, recorded, dayOf(now.getTime() - 90 * 86_400_000)),
    loadReleases(store, models.map((model) => model.id), now), writtenIncidents(store, since), keptIncidents(store, since),
  ])
  const written = await loadAggregates(store, 'incident', writtenIds)
  const words = await revealTexts(store, [...writtenIds, ...releases.filter((state) => wordy.has(state.modelId)).map((state) => state.id)])
  return {
    link: installation?.state.statusLink ?? null,
    settings: draft.settings ?? installation?.state.statusPage ?? DEFAULT_STATUS_PAGE,
    teams: (installation?.state.teams ?? []).filter((team) => team.archivedAt === null),
    models,
    lives: [...lives.values()].map(({ state }) => state),
    records: new Map(recorded.map((id) => [id, recordOf(days.get(id) ?? [], now)])),
    releases: releases.map((state) => ({ state, reading: readRelease(state, [], now) })),
    written: [...written.values()].map(({ state }) => state), kept, reveal: (hash) => words.get(hash), now,
    publicId: (text) => keyed(keys.ids, text).toString('hex').slice(0, 12),
  }
}

async function loadReleases(store: Store, modelIds: readonly string[], now: Date): Promise<readonly ReleaseState[]> {
  const kept = processWide<Kept>('status-releases', () => new Map())
  const wanted = await releasesForStatus(store, modelIds, new Date(now.getTime() - PAST_MS))
  const moved = wanted.filter(({ id, version }) => kept.get(id)?.version !== version).map(({ id }) => id)
  for (const [id, loaded] of await loadAggregates(store, 'release', moved)) kept.set(id, loaded)
  const ids = new Set(wanted.map(({ id }) => id))
  for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id)
  return wanted.flatMap(({ id }) => kept.get(id)?.state ?? [])
}

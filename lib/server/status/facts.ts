/** Reads what the status page rests on; a release is read again only when its version has moved. */
import 'server-only'
import { createHmac } from 'node:crypto'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { daysOf } from '@/db/live-day'
import { releasesForStatus } from '@/db/status'
import type { Store } from '@/db/store'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { DEFAULT_STATUS_PAGE, type StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { Publication } from '@/lib/domain/model/publication'
import { dayOf, recordOf } from '@/lib/domain/live/day'
import { readRelease } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { StatusFacts } from '@/lib/domain/status/build'
import { processWide } from '@/lib/public/process-wide'

/** A roll-back stays on the page for two weeks. */
const PAST_MS = 14 * 86_400_000

/** What an admin tries out in the editor, in place of what is stored. */
export interface StatusDraft {
  readonly settings?: StatusPageSettings
  readonly publications?: ReadonlyMap<string, Publication | null>
}

type Kept = Map<string, { readonly version: number; readonly state: ReleaseState }>

/** The facts at an instant. In: the installation's secret, from which the outside ids are made; a draft for the preview. */
export async function loadStatusFacts(store: Store, secret: string, now: Date, draft: StatusDraft = {}): Promise<StatusFacts> {
  const [installation, loadedModels] = await Promise.all([loadAggregate(store, 'installation', INSTALLATION_ID), loadAggregates(store, 'model', 'all')])
  const models = [...loadedModels.values()].flatMap(({ state }) => {
    const publication = draft.publications?.has(state.id) ? (draft.publications.get(state.id) ?? null) : state.publication
    return publication === null || state.archivedAt !== null ? [] : [{ id: state.id, publication }]
  }).toSorted((a, b) => a.publication.name.localeCompare(b.publication.name, 'en'))
  const liveIds = models.flatMap(({ id, publication }) => publication.environments.map((one) => `${id}:${one.environmentId}`))
  const recorded = models.filter(({ publication }) => publication.fields.includes('record')).flatMap(({ id, publication }) => publication.environments.map((one) => `${id}:${one.environmentId}`))
  const [lives, days, releases] = await Promise.all([
    loadAggregates(store, 'live', liveIds), daysOf(store, recorded, dayOf(now.getTime() - 90 * 86_400_000)),
    loadReleases(store, models.map((model) => model.id), now),
  ])
  const key = createHmac('sha256', secret).update('status page ids').digest()
  return {
    settings: draft.settings ?? installation?.state.statusPage ?? DEFAULT_STATUS_PAGE,
    teams: (installation?.state.teams ?? []).filter((team) => team.archivedAt === null),
    models,
    lives: [...lives.values()].map(({ state }) => state),
    records: new Map(recorded.map((id) => [id, recordOf(days.get(id) ?? [], now)])),
    releases: releases.map((state) => ({ state, reading: readRelease(state, [], now) })),
    publicId: (text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 12),
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

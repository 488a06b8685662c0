/** Keeps at hand what alerts can be about: releases that have not ended and live versions, read again when one of them changed. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import { measuredReleaseIds } from '@/db/measured'
import type { Store } from '@/db/store'
import type { AlertOwner } from '@/lib/domain/alert/match'
import { labelsOfLive } from '@/lib/domain/live/decide'
import { processWide } from '@/lib/public/process-wide'
import { listen } from '@/lib/server/bus'

interface Kept {
  owners: Promise<readonly AlertOwner[]> | null
}

const WATCHED = new Set(['release', 'live', 'environment', 'model'])

function kept(): Kept {
  return processWide('alert-owners', () => {
    const state: Kept = { owners: null }
    listen(({ kind }) => { if (WATCHED.has(kind)) state.owners = null })
    return state
  })
}

async function read(store: Store): Promise<readonly AlertOwner[]> {
  const [ids, lives, environments, models] = await Promise.all([measuredReleaseIds(store), loadAggregates(store, 'live', 'all'), loadAggregates(store, 'environment', 'all'), loadAggregates(store, 'model', 'all')])
  const behind = [...lives.values()].flatMap(({ state }) => state.watch?.releaseId ?? [])
  const releases = await loadAggregates(store, 'release', [...new Set([...ids, ...behind])])
  const slugOf = (id: string) => environments.get(id)?.state.slug ?? ''
  const ofReleases = [...releases.values()].filter(({ state }) => state.end === null).map(({ state }): AlertOwner => ({
    kind: 'release', id: state.id, name: state.code, modelId: state.modelId, environmentSlug: slugOf(state.environmentId), labels: state.selectors.candidate, alerting: state.alerting,
  }))
  const ofLives = [...lives.values()].flatMap(({ state }): readonly AlertOwner[] => {
    if (state.lastStable === null) return []
    const watched = state.watch?.releaseId ? (releases.get(state.watch.releaseId)?.state ?? null) : null
    const name = `${models.get(state.modelId)?.state.name ?? 'a model'} ${state.lastStable.label} in ${environments.get(state.environmentId)?.state.name ?? 'an environment'}`
    return [{ kind: 'live', id: state.id, name, modelId: state.modelId, environmentSlug: slugOf(state.environmentId), labels: labelsOfLive(state, watched), alerting: state.alerting }]
  })
  return [...ofReleases, ...ofLives]
}

/** Everybody an alert could be about, as of the last change. */
export async function alertOwners(store: Store): Promise<readonly AlertOwner[]> {
  const state = kept()
  const reading = state.owners ?? read(store)
  state.owners = reading
  try {
    return await reading
  } catch (error) {
    state.owners = null
    throw error
  }
}

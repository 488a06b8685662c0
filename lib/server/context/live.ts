/** What decisions on a live version rest on: itself, the version that is named, and the releases in flight there. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { openReleaseIds } from '@/db/release-list'
import { liveCommand, type LiveCommand } from '@/lib/domain/live/commands'
import { decideLive, type LiveWorld } from '@/lib/domain/live/decide'
import type { Listener } from '@/lib/domain/message/compose'
import { liveEventsOf, liveHappenings, liveSubject, proposalsOf } from '@/lib/domain/message/live-happenings'
import { defineContext, type Seen } from '@/lib/server/context/registration'
import { worldVersion } from '@/lib/server/context/release'
import { draftsFor } from '@/lib/server/notify/draft'
import { loadListeners } from '@/lib/server/notify/listeners'
import { loadPeople, loadTeams, type KnownPerson } from '@/lib/server/view/people'

interface Loaded extends LiveWorld {
  readonly listeners: readonly Listener[]
  readonly names: { readonly modelName: string; readonly modelSlug: string; readonly environmentName: string; readonly environmentSlug: string }
}

export const liveContext = defineContext<LiveCommand, Loaded>({
  schema: liveCommand,
  async load(store, id, command) {
    const [modelId = '', environmentId = ''] = id.split(':')
    const [live, model, environment, siblingIds] = await Promise.all([
      loadAggregate(store, 'live', id), loadAggregate(store, 'model', modelId), loadAggregate(store, 'environment', environmentId), openReleaseIds(store, modelId, environmentId),
    ])
    const listeners = await loadListeners(store)
    const watchedId = command.type === 'record-verdict' || command.type === 'record-alert' ? (live?.state.watch?.releaseId ?? null) : null
    const watched = watchedId === null ? null : await loadAggregate(store, 'release', watchedId)
    const siblings = command.type === 'adopt' ? await loadAggregates(store, 'release', siblingIds) : new Map()
    const [people, teams] = command.type === 'reassign-action' ? await Promise.all([loadPeople(store), loadTeams(store)]) : [new Map<string, KnownPerson>(), []]
    const version = command.type === 'adopt' ? model?.state.versions.find((one) => one.id === command.versionId) : undefined
    const known = version && worldVersion(version)
    const own: Seen[] = [{ kind: 'live', id, version: live?.version ?? 0 }, ...(watched && watchedId ? [{ kind: 'release' as const, id: watchedId, version: watched.version }] : [])]
    const versions: Seen[] = [...own, ...[...siblings].map(([sibling, loaded]): Seen => ({ kind: 'release', id: sibling, version: loaded.version }))]
    return {
      context: {
        id, modelId, environmentId, live: live?.state ?? null, version: known ? { versionId: known.id, label: known.label, artefact: known.artefact } : null,
        environmentExists: model !== null && environment !== null, siblings: [...siblings.values()].map((loaded) => loaded.state), watched: watched?.state ?? null, listeners,
        people: [...people.values()].filter((one) => one.state.archivedAt === null).map((one) => ({ id: one.state.id, name: one.name })), teams: teams.map((one) => ({ id: one.id, name: one.name })),
        names: { modelName: model?.state.name ?? '', modelSlug: model?.state.slug ?? '', environmentName: environment?.state.name ?? '', environmentSlug: environment?.state.slug ?? '' },
      },
      versions,
    }
  },
  decide: decideLive,
  notify(changes, { id, live, listeners, names }, _actor, now) {
    if (live === null || listeners.length === 0) return []
    const step = { live, events: liveEventsOf(changes, id), proposed: proposalsOf(changes), ...names }
    return draftsFor(liveHappenings(step), liveSubject(step), listeners, id, now)
  },
})

/** What decisions on a live version rest on: itself, the version that is named, and the releases in flight there. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { openReleaseIds } from '@/db/release-list'
import { liveCommand, type LiveCommand } from '@/lib/domain/live/commands'
import { decideLive, type LiveWorld } from '@/lib/domain/live/decide'
import { defineContext, type Seen } from '@/lib/server/context/registration'
import { worldVersion } from '@/lib/server/context/release'

export const liveContext = defineContext<LiveCommand, LiveWorld>({
  schema: liveCommand,
  async load(store, id, command) {
    const [modelId = '', environmentId = ''] = id.split(':')
    const [live, model, environment, siblingIds] = await Promise.all([
      loadAggregate(store, 'live', id), loadAggregate(store, 'model', modelId), loadAggregate(store, 'environment', environmentId), openReleaseIds(store, modelId, environmentId),
    ])
    const siblings = command.type === 'adopt' ? await loadAggregates(store, 'release', siblingIds) : new Map()
    const version = command.type === 'adopt' ? model?.state.versions.find((one) => one.id === command.versionId) : undefined
    const known = version && worldVersion(version)
    const versions: Seen[] = [{ kind: 'live', id, version: live?.version ?? 0 }, ...[...siblings].map(([sibling, loaded]): Seen => ({ kind: 'release', id: sibling, version: loaded.version }))]
    return {
      context: {
        id, modelId, environmentId, live: live?.state ?? null, version: known ? { versionId: known.id, label: known.label, artefact: known.artefact } : null,
        environmentExists: model !== null && environment !== null, siblings: [...siblings.values()].map((loaded) => loaded.state),
      },
      versions,
    }
  },
  decide: decideLive,
})

/** What decisions on an incident of the status page rest on: itself, what may be affected, and what the others are about. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { incidentCommand, type IncidentCommand } from '@/lib/domain/incident/commands'
import { decideIncident, type IncidentContext } from '@/lib/domain/incident/decide'
import type { IncidentState } from '@/lib/domain/incident/state'
import { defineContext } from '@/lib/server/context/registration'

interface Loaded {
  readonly state: IncidentState | null
  readonly context: IncidentContext
}

export const incidentContext = defineContext<IncidentCommand, Loaded>({
  schema: incidentCommand,
  async load(store, id, command, actor, now) {
    const named = 'places' in command ? command.places : []
    const [loaded, models, environments, others] = await Promise.all([
      loadAggregate(store, 'incident', id),
      loadAggregates(store, 'model', named.map((one) => one.modelId)),
      loadAggregates(store, 'environment', named.map((one) => one.environmentId)),
      command.type === 'open-incident' && command.about !== null ? loadAggregates(store, 'incident', 'all') : null,
    ])
    const context: IncidentContext = {
      actor, id, now: now.toISOString(), modelIds: [...models.keys()], environmentIds: [...environments.keys()],
      othersAbout: [...(others ?? [])].flatMap(([other, { state }]) => (other === id || state.withdrawn !== null || state.about === null ? [] : [state.about])),
    }
    return { context: { state: loaded?.state ?? null, context }, versions: [{ kind: 'incident', id, version: loaded?.version ?? 0 }] }
  },
  decide: ({ state, context }, command) => decideIncident(state, command, context),
})

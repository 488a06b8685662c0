/** What decisions on an environment rest on: itself, the other slugs, the metrics sources, its open releases. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { releasesOf } from '@/db/scene'
import { environmentCommand, type EnvironmentCommand } from '@/lib/domain/environment/commands'
import { decideEnvironment, type EnvironmentContext } from '@/lib/domain/environment/decide'
import type { EnvironmentState } from '@/lib/domain/environment/state'
import { defineContext } from '@/lib/server/context/registration'

interface Loaded {
  readonly state: EnvironmentState | null
  readonly context: EnvironmentContext
}

export const environmentContext = defineContext<EnvironmentCommand, Loaded>({
  schema: environmentCommand,
  async load(store, id, command, actor, now) {
    const [loaded, others, sources, releases] = await Promise.all([
      loadAggregate(store, 'environment', id),
      command.type === 'add-environment' ? loadAggregates(store, 'environment', 'all') : null,
      'sourceId' in command && command.sourceId !== null ? loadAggregates(store, 'source', [command.sourceId]) : null,
      command.type === 'archive-environment' ? releasesOf(store, id, true) : null,
    ])
    const context: EnvironmentContext = {
      actor, now: now.toISOString(), id,
      otherSlugs: [...(others ?? [])].filter(([other]) => other !== id).map(([, { state }]) => state.slug),
      sources: sources === null ? [] : [...sources.keys()],
      openReleases: (releases ?? []).map((release) => release.code),
    }
    return { context: { state: loaded?.state ?? null, context }, versions: [{ kind: 'environment', id, version: loaded?.version ?? 0 }] }
  },
  decide: ({ state, context }, command) => decideEnvironment(state, command, context),
})

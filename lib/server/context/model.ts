/** What decisions on a model rest on: itself, the other models' slugs and codes, the teams, its open releases. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { releasesOf } from '@/db/scene'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { modelCommand, type ModelCommand } from '@/lib/domain/model/commands'
import { decideModel, type ModelContext } from '@/lib/domain/model/decide'
import type { ModelState } from '@/lib/domain/model/state'
import { defineContext } from '@/lib/server/context/registration'

interface Loaded {
  readonly state: ModelState | null
  readonly context: ModelContext
}

export const modelContext = defineContext<ModelCommand, Loaded>({
  schema: modelCommand,
  async load(store, id, command, actor, now) {
    const [loaded, installation, others, releases] = await Promise.all([
      loadAggregate(store, 'model', id),
      loadAggregate(store, 'installation', INSTALLATION_ID),
      command.type === 'register-model' ? loadAggregates(store, 'model', 'all') : null,
      command.type === 'archive-model' ? releasesOf(store, id, true) : null,
    ])
    const teams = (installation?.state.teams ?? []).filter((team) => team.archivedAt === null).map((team) => team.id)
    const context: ModelContext = {
      actor, now: now.toISOString(), id, teams,
      others: [...(others ?? [])].filter(([other]) => other !== id).map(([, { state }]) => ({ slug: state.slug, codePrefix: state.codePrefix })),
      openReleases: (releases ?? []).map((release) => release.code),
    }
    return { context: { state: loaded?.state ?? null, context }, versions: [{ kind: 'model', id, version: loaded?.version ?? 0 }] }
  },
  decide: ({ state, context }, command) => decideModel(state, command, context),
})

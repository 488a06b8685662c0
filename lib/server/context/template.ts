/** What decisions on a template rest on: itself, and the teams that its rules may name. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { templateCommand, type TemplateCommand } from '@/lib/domain/template/commands'
import { decideTemplate, type TemplateContext } from '@/lib/domain/template/decide'
import type { TemplateState } from '@/lib/domain/template/state'
import { defineContext } from '@/lib/server/context/registration'

interface Loaded {
  readonly state: TemplateState | null
  readonly context: TemplateContext
}

export const templateContext = defineContext<TemplateCommand, Loaded>({
  schema: templateCommand,
  async load(store, id, _command, actor, now) {
    const [loaded, installation] = await Promise.all([loadAggregate(store, 'template', id), loadAggregate(store, 'installation', INSTALLATION_ID)])
    const teams = (installation?.state.teams ?? []).filter((team) => team.archivedAt === null).map((team) => team.id)
    const context = { actor, id, now: now.toISOString(), teams }
    return { context: { state: loaded?.state ?? null, context }, versions: [{ kind: 'template', id, version: loaded?.version ?? 0 }] }
  },
  decide: ({ state, context }, command) => decideTemplate(state, command, context),
})

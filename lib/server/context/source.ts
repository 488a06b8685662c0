/** What decisions on a metrics source rest on: itself with its URL in words, and the environments that use it. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { sourceCommand, type SourceCommand } from '@/lib/domain/source/commands'
import { decideSource, type SourceContext } from '@/lib/domain/source/decide'
import type { SourceState } from '@/lib/domain/source/state'
import { wordsOf } from '@/lib/domain/text'
import { defineContext } from '@/lib/server/context/registration'

interface Loaded {
  readonly state: SourceState | null
  readonly context: SourceContext
}

export const sourceContext = defineContext<SourceCommand, Loaded>({
  schema: sourceCommand,
  async load(store, id, command, actor, now) {
    const [loaded, environments] = await Promise.all([
      loadAggregate(store, 'source', id),
      command.type === 'archive-source' ? loadAggregates(store, 'environment', 'all') : null,
    ])
    const words = loaded && command.type === 'edit-source' ? await revealTexts(store, [id]) : null
    const users = [...(environments ?? [])].filter(([, { state }]) => state.sourceId === id && state.archivedAt === null)
    const url = loaded && words ? wordsOf(loaded.state.url, (hash) => words.get(hash)) : null
    const context: SourceContext = {
      actor, id, now: now.toISOString(),
      url: url !== null && URL.canParse(url) ? url : null,
      usedBy: users.map(([, { state }]) => state.slug),
    }
    return {
      context: { state: loaded?.state ?? null, context },
      versions: [
        { kind: 'source', id, version: loaded?.version ?? 0 },
        ...users.map(([environment, { version }]) => ({ kind: 'environment' as const, id: environment, version })),
      ],
    }
  },
  decide: ({ state, context }, command) => decideSource(state, command, context),
})

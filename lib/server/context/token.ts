/** What decisions on an API token rest on: the token, the names in use, and whether its models exist. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { tokenCommand } from '@/lib/domain/token/commands'
import { decideToken, type TokenContext } from '@/lib/domain/token/decide'
import { isTokenLive } from '@/lib/domain/token/state'
import { defineContext } from '@/lib/server/context/registration'

export const tokenContext = defineContext({
  schema: tokenCommand,
  async load(store, id, command, _actor, now) {
    const loaded = await loadAggregate(store, 'token', id)
    const context: TokenContext = { id, token: loaded?.state ?? null, namesInUse: [], unknownModels: [] }
    const versions = [{ kind: 'token' as const, id, version: loaded?.version ?? 0 }]
    if (command.type !== 'create') return { context, versions }
    const tokens = [...(await loadAggregates(store, 'token', 'all')).values()].map((one) => one.state)
    const models = await loadAggregates(store, 'model', command.modelIds)
    return {
      context: {
        ...context,
        namesInUse: tokens.filter((one) => isTokenLive(one, now)).map((one) => one.name.toLowerCase()),
        unknownModels: command.modelIds.filter((modelId) => !models.has(modelId)),
      },
      versions,
    }
  },
  decide: decideToken,
})

/** Hides which reads a token has that speaks for some models only: those about one of them, and those about no model. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { releaseIdOf } from '@/db/release-list'
import { modelIdOf } from '@/db/scene'
import type { Actor } from '@/lib/domain/actor'
import type { Refusal } from '@/lib/domain/aggregate'
import { rawStore } from '@/lib/server/raw-store'
import type { Operation } from './operation'

/** A stored file is named by its hash, which only those know who may read what names it. */
const ABOUT_NO_MODEL: ReadonlySet<string> = new Set(['read-file', 'list-templates', 'read-template', 'list-presets'])

async function modelOf({ path }: Operation, id: string): Promise<string | null> {
  const store = await rawStore()
  if (path.startsWith('/models/{id}')) return (await modelIdOf(store, id)) ?? id
  if (path.startsWith('/live/{id}')) return id.split(':')[0] ?? null
  if (!path.startsWith('/releases/{id}')) return null
  const releaseId = await releaseIdOf(store, id)
  return releaseId && ((await loadAggregate(store, 'release', releaseId))?.state.modelId ?? null)
}

/** Whether a read is out of the caller's reach. Commands are weighed by the policy table instead, which knows their model. Out: the refusal, or null. */
export async function outOfReach(actor: Actor | null, operation: Operation, params: Readonly<Record<string, string>>): Promise<Refusal | null> {
  if (actor?.kind !== 'token' || actor.modelIds.length === 0 || operation.method !== 'GET' || operation.access === 'public' || ABOUT_NO_MODEL.has(operation.id)) return null
  const id = params['id']
  if (id === undefined) return { code: 'forbidden', message: `The token "${actor.name}" speaks for some models only, and this is a list of all. Read one model or release by its name, or ask for a token for all models.` }
  const modelId = await modelOf(operation, id)
  if (modelId !== null && actor.modelIds.includes(modelId)) return null
  return { code: 'not-found', message: 'There is no such thing here, or you may not see it.' }
}

/** Reads what the status page's editor shows, and tries out a draft of its settings. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { countSubscribers } from '@/db/status-subscriber'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { Audience } from '@/lib/domain/incident/state'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { DEFAULT_STATUS_PAGE, type StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { InternalPublication, Publication } from '@/lib/domain/model/publication'
import { may } from '@/lib/domain/policy'
import { publicStatus } from '@/lib/domain/status/build'
import type { StatusEditorView, StatusPreview } from '@/lib/domain/status/editor-view'
import { latestStatus } from '@/lib/public/status-feed'
import { env } from '@/lib/server/env'
import { loadStatusFacts } from '@/lib/server/status/facts'
import { offeredChannels } from '@/lib/server/status/channels'
import { statusKeys } from '@/lib/server/status/keys'

/** The settings as they are, with every model and environment that could be shown. */
export async function viewStatusEditor(store: Store, actor: Actor): Promise<StatusEditorView> {
  const [installation, models, environments, subscribers] = await Promise.all([
    loadAggregate(store, 'installation', INSTALLATION_ID), loadAggregates(store, 'model', 'all'), loadAggregates(store, 'environment', 'all'), countSubscribers(store),
  ])
  const allowed = may(actor, 'installation.configure-status')
  return {
    settings: installation?.state.statusPage ?? DEFAULT_STATUS_PAGE,
    models: [...models.values()].filter(({ state }) => state.archivedAt === null)
      .map(({ state: { id, name, slug, publication, internalPublication } }) => ({ id, name, slug, publication, internal: internalPublication ?? null })).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    environments: [...environments.values()].filter(({ state }) => state.archivedAt === null)
      .map(({ state: { id, name } }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    origin: new URL(env().publicUrl).origin,
    components: (latestStatus()?.status.components ?? []).map(({ id, name, environment }) => ({ id, name: environment === null ? name : `${name}, ${environment}` })),
    linkSince: installation?.state.statusLink?.since ?? null,
    channels: offeredChannels(), subscribers,
    refusal: allowed === true ? null : allowed.message,
  }
}

export interface PreviewWish {
  readonly audience: Audience
  readonly settings: StatusPageSettings
  readonly publications: readonly { readonly modelId: string; readonly publication: Publication | null }[]
  readonly internal: readonly { readonly modelId: string; readonly publication: InternalPublication | null }[]
}

/** What an audience would get. In: a draft; models that it does not name stay as they are stored. */
export async function previewStatus(store: Store, wish: PreviewWish): Promise<StatusPreview> {
  const now = new Date()
  const publications = new Map(wish.publications.map(({ modelId, publication }) => [modelId, publication]))
  const internal = new Map(wish.internal.map(({ modelId, publication }) => [modelId, publication]))
  const facts = await loadStatusFacts(store, await statusKeys(store), now, { settings: wish.settings, publications, internal })
  return { status: publicStatus(facts, wish.audience), asOf: now.toISOString() }
}

/** Finds what a verdict page is about: the item of a release or of a standing watch, its rule, what stands of it, and where it is measured. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { releaseIdOf } from '@/db/release-list'
import { environmentIdOf, modelIdOf } from '@/db/scene'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { LiveState } from '@/lib/domain/live/state'
import { comparesWithStable } from '@/lib/domain/release/frozen'
import { specOfItem, watchedItems } from '@/lib/domain/release/measured'
import { measuringOf, type Measuring } from '@/lib/domain/release/measuring'
import type { ItemState, ItemVerdict, ReleaseState } from '@/lib/domain/release/state'
import type { SourceRef, MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { VerdictOwner } from '@/lib/domain/verdict/page-view'

export interface Subject {
  readonly owner: VerdictOwner
  readonly itemId: string
  readonly title: string
  readonly gate: { readonly id: string; readonly number: number; readonly name: string } | null
  readonly itemHref: string
  readonly path: string
  readonly spec: MetricSpec | null
  readonly standing: ItemVerdict | null
  readonly sourceId: string | null
  readonly measuring: Measuring
  readonly hasStable: boolean
  readonly release: ReleaseState | null
  readonly item: ItemState | null
}

function maySee(actor: Actor, modelId: string): boolean {
  return actor.kind !== 'token' || actor.modelIds.length === 0 || actor.modelIds.includes(modelId)
}

function environmentOf(ref: SourceRef, state: ReleaseState): string {
  return ref === 'staging' ? (state.stagingEnvironmentId ?? state.environmentId) : state.environmentId
}

async function sourceAt(store: Store, environmentId: string): Promise<string | null> {
  return (await loadAggregate(store, 'environment', environmentId))?.state.sourceId ?? null
}

/** An item of a release. In: code or id of the release, the item. `null`: there is none, or it is not measured, or not this actor's to see. */
export async function releaseSubject(store: Store, actor: Actor, codeOrId: string, itemId: string, now: Date): Promise<Subject | null> {
  const id = await releaseIdOf(store, codeOrId)
  const release = id === null ? null : ((await loadAggregate(store, 'release', id))?.state ?? null)
  const item = release && Object.hasOwn(release.items, itemId) ? (release.items[itemId] ?? null) : null
  if (!release || !item?.metric || !maySee(actor, release.modelId)) return null
  const spec = specOfItem(item)
  const model = await loadAggregate(store, 'model', release.modelId)
  const template = release.template.gates.find((gate) => gate.id === item.gateId)
  const sourceId = spec === null ? null : typeof spec.source === 'object' ? spec.source.sourceId : await sourceAt(store, environmentOf(spec.source, release))
  return {
    owner: {
      kind: 'release', id: release.id, name: release.code, href: `/releases/${release.code}`, modelName: release.modelName, modelHref: `/models/${model?.state.slug ?? release.modelId}`,
      versionLabel: release.candidate.label, stableLabel: release.baseline?.label ?? null,
    },
    itemId, title: item.title, gate: template ? { id: template.id, number: template.number, name: template.name } : null,
    itemHref: `/releases/${release.code}?gate=${encodeURIComponent(item.gateId)}#item-${itemId}`, path: `/releases/${release.code}/verdicts/${encodeURIComponent(itemId)}`,
    spec, standing: item.verdict, sourceId, measuring: measuringOf(release, item, now), hasStable: comparesWithStable(release), release, item,
  }
}

interface Watched {
  readonly title: string
  readonly spec: MetricSpec
}

function watchedOf(live: LiveState, release: ReleaseState | null, itemId: string): Watched | null {
  const own = live.watch?.own?.items.find((one) => one.id === itemId)
  if (own) return own
  return release ? (watchedItems(release).find((one) => one.itemId === itemId) ?? null) : null
}

/** An item of the standing watch of what is live. In: id of the live version, the item. */
export async function liveSubject(store: Store, actor: Actor, liveId: string, itemId: string): Promise<Subject | null> {
  const live = (await loadAggregate(store, 'live', liveId))?.state ?? null
  if (!live || !maySee(actor, live.modelId)) return null
  const { watch } = live
  const releaseId = watch?.releaseId ?? live.lastStable?.releaseId ?? null
  const [model, environments, loaded] = await Promise.all([
    loadAggregate(store, 'model', live.modelId), loadAggregates(store, 'environment', [live.environmentId]), releaseId === null ? null : loadAggregate(store, 'release', releaseId),
  ])
  const release = loaded?.state ?? null
  const watched = watchedOf(live, release, itemId)
  const environment = environments.get(live.environmentId)?.state
  if (!model || !environment || !watched) return null
  const modelHref = `/models/${model.state.slug}`
  const href = `/live/${encodeURIComponent(model.state.slug)}/${encodeURIComponent(environment.slug)}`
  return {
    owner: {
      kind: 'live', id: live.id, name: `${model.state.name} in ${environment.name}`, href, modelName: model.state.name, modelHref,
      versionLabel: live.lastStable?.label ?? '', stableLabel: null,
    },
    itemId, title: watched.title, gate: null, itemHref: href, path: `${href}/verdicts/${encodeURIComponent(itemId)}`,
    spec: watched.spec, standing: watch?.items[itemId] ?? null, sourceId: typeof watched.spec.source === 'object' ? watched.spec.source.sourceId : environment.sourceId,
    measuring: watch ? { isDue: true, words: 'Watched for as long as the version is live.' } : { isDue: false, words: 'Nothing is watched there now.' },
    hasStable: false, release, item: null,
  }
}

/** The id of what is live of a model in an environment, both by slug; `null` where one of them is not known. */
export async function liveIdOf(store: Store, modelSlug: string, environmentSlug: string): Promise<string | null> {
  const [modelId, environmentId] = await Promise.all([modelIdOf(store, modelSlug), environmentIdOf(store, environmentSlug)])
  return modelId === null || environmentId === null ? null : `${modelId}:${environmentId}`
}

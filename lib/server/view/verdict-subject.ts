/** Finds what a verdict page is about: the item of a release or of a standing watch, its rule, what stands of it, and where it is measured. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { releaseIdOf } from '@/db/release-list'
import { environmentIdOf, modelIdOf } from '@/db/scene'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { linesOf } from '@/lib/domain/live/lines'
import { comparesWithStable } from '@/lib/domain/release/frozen'
import { specOfItem } from '@/lib/domain/release/measured'
import { measuringOf, type Measuring } from '@/lib/domain/release/measuring'
import { measuredId } from '@/lib/domain/release/roll-back-proposal'
import type { ItemState, ItemVerdict, ReleaseState } from '@/lib/domain/release/state'
import type { SourceRef, MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { VerdictOwner } from '@/lib/domain/verdict/page-view'
import { planned } from '@/lib/server/metrics/watch-targets'

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
  if (!release || !maySee(actor, release.modelId)) return null
  const model = await loadAggregate(store, 'model', release.modelId)
  const owner: VerdictOwner = {
    kind: 'release', id: release.id, name: release.code, href: `/releases/${release.code}`, modelName: release.modelName, modelHref: `/models/${model?.state.slug ?? release.modelId}`,
    versionLabel: release.candidate.label, stableLabel: release.baseline?.label ?? null,
  }
  const base = { owner, itemId, path: `/releases/${release.code}/verdicts/${encodeURIComponent(itemId)}`, release }
  const item = Object.hasOwn(release.items, itemId) ? (release.items[itemId] ?? null) : null
  if (!item) return triggerSubject(store, release, itemId, base)
  if (!item.metric) return null
  const spec = specOfItem(item)
  const template = release.template.gates.find((gate) => gate.id === item.gateId)
  const sourceId = spec === null ? null : typeof spec.source === 'object' ? spec.source.sourceId : await sourceAt(store, environmentOf(spec.source, release))
  return {
    ...base, title: item.title, gate: template ? { id: template.id, number: template.number, name: template.name } : null,
    itemHref: `/releases/${release.code}?gate=${encodeURIComponent(item.gateId)}#item-${itemId}`,
    spec, standing: item.verdict, sourceId, measuring: measuringOf(release, item, now), hasStable: comparesWithStable(release), item,
  }
}

/** A trigger of the roll-back plan with a metric of its own. */
async function triggerSubject(store: Store, release: ReleaseState, itemId: string, base: Pick<Subject, 'owner' | 'itemId' | 'path' | 'release'>): Promise<Subject | null> {
  const trigger = release.rollbackPlan.conditions?.find((one) => measuredId(one) === itemId)
  if (!trigger?.spec) return null
  const spec = planned(trigger.spec)
  const isMoving = release.rollout !== null && !release.stableAt && !release.end && !release.rollBack
  return {
    ...base, title: trigger.title, gate: null, itemHref: base.owner.href, spec, standing: release.triggerVerdicts?.[trigger.id] ?? null,
    sourceId: typeof spec.source === 'object' ? spec.source.sourceId : await sourceAt(store, environmentOf(spec.source, release)),
    measuring: isMoving ? { isDue: true, words: 'Measured now.' } : { isDue: false, words: 'Measured while the release moves traffic.' }, hasStable: comparesWithStable(release), item: null,
  }
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
  const watched = linesOf(live, release).find((line) => line.itemId === itemId)
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

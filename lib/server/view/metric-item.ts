/** Reads what the editor of a metric item begins with, and tries a specification for it. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { releaseIdOf } from '@/db/release-list'
import type { Actor } from '@/lib/domain/actor'
import { may } from '@/lib/domain/policy'
import { claimedOf } from '@/lib/domain/release/labels-due'
import { specOfItem } from '@/lib/domain/release/measured'
import type { ItemState, ReleaseState } from '@/lib/domain/release/state'
import { wordsOf } from '@/lib/domain/text'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import type { DryRunSpan, DryRunView, MetricItemForm } from '@/lib/domain/verdict/dry-run'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { dryRun } from '@/lib/server/metrics/dry-run'
import { sharedAsker } from '@/lib/server/metrics/start'
import { sourcesOf, targetOf } from '@/lib/server/metrics/targets'
import { rawStore } from '@/lib/server/raw-store'

interface Found {
  readonly state: ReleaseState
  readonly item: ItemState
}

async function found(actor: Actor, release: string, itemId: string): Promise<Found | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, release)
  const loaded = id === null ? null : await loadAggregate(store, 'release', id)
  if (!loaded || (actor.kind === 'token' && actor.modelIds.length > 0 && !actor.modelIds.includes(loaded.state.modelId))) return null
  const item = loaded.state.items[itemId]
  return item?.metric ? { state: loaded.state, item } : null
}

function teamsOf({ state, item }: Found): readonly string[] {
  const gate = state.template.gates.find((one) => one.id === item.gateId)
  return gate ? [gate.ownerTeam, ...(gate.coOwnerTeams ?? [])] : []
}

/** Where a line has no limit yet, the form begins with one that is plainly to be chosen. */
function startOf(item: ItemState): MetricSpec | null {
  const { metric } = item
  return metric && specOfAsk({ ...metric, rule: { ...metric.rule, threshold: metric.rule.threshold ?? 1 } }, item.query)
}

/** The form. In: code or id of the release, the item. `null`: there is none, it is not measured, or not this actor's to see. */
export async function metricItemForm(actor: Actor, release: string, itemId: string): Promise<MetricItemForm | null> {
  const one = await found(actor, release, itemId)
  const start = one && startOf(one.item)
  if (!one || !start || !one.item.metric) return null
  const { state, item } = one
  const store = await rawStore()
  const spec = specOfItem(item)
  const [sources, all] = await Promise.all([sourcesOf(store), loadAggregates(store, 'source', 'all')])
  const texts = await revealTexts(store, [...all.keys()])
  const target = targetOf(state, item, spec ?? start, sources)
  const [own, change] = [may(actor, 'release.own-query', { modelId: state.modelId }), may(actor, 'release.change-rule', { modelId: state.modelId, teams: teamsOf(one) })]
  return {
    itemId: item.id, title: item.title, isRequired: item.isRequired, mode: one.item.metric.mode, spec, start, isOwn: item.spec != null,
    sourceId: target.sourceId, hasStable: target.stableSelectors !== null, labels: state.selectors.candidate, declared: claimedOf(state),
    sources: [...all.values()].filter((source) => source.state.archivedAt === null).map(({ state: source }) => ({ id: source.id, name: wordsOf(source.name, (hash) => texts.get(hash)) })),
    ownQueryRefusal: own === true ? null : own.message, changeRefusal: change === true ? null : change.message,
  }
}

/** Tries a specification on an item of a release, now and over a stretch of the past. `null` as above. */
export async function metricDryRun(actor: Actor, release: string, itemId: string, spec: MetricSpec, span: DryRunSpan): Promise<DryRunView | null> {
  const one = await found(actor, release, itemId)
  if (!one) return null
  const store = await rawStore()
  const target = targetOf(one.state, one.item, spec, await sourcesOf(store))
  return dryRun(sharedAsker(store), target, span, Date.now())
}

/** Finds what is to be measured: metric items of releases in flight, rollouts, and standing watches of live versions; kept between changes. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { measuredReleases } from '@/db/measured'
import type { Store } from '@/db/store'
import type { LiveState } from '@/lib/domain/live/state'
import { claimedOf } from '@/lib/domain/release/labels-due'
import { metricItemsDue, specOfItem, stableSelectorsOf, stacksOfRelease } from '@/lib/domain/release/measured'
import type { ItemState, ReleaseState } from '@/lib/domain/release/state'
import type { MetricSpec, SourceRef } from '@/lib/domain/verdict/metric-spec'
import { listen } from '@/lib/server/bus'
import type { MetricTarget, RolloutTarget, Targets } from './target'
import { triggerTargets, watchTargets } from './watch-targets'

/** Source of an environment by id. */
export type SourceOf = (environmentId: string | null) => string | null

function sourceOf(ref: SourceRef, state: ReleaseState, sources: SourceOf): string | null {
  if (typeof ref === 'object') return ref.sourceId
  // Without a staging environment the target's source is asked: the labels tell the candidate apart.
  return sources(ref === 'staging' ? (state.stagingEnvironmentId ?? state.environmentId) : state.environmentId)
}

/** Whether the last step was asked for: all traffic goes, or has gone, to the candidate. */
function isAtFullTraffic(state: ReleaseState): boolean {
  return state.stableAt !== null || (state.rollout !== null && state.steps[state.rollout.stepIndex]?.share === 100 && state.rollout.stepLiveAt !== null)
}

/** What a specification of a release's item would be measured as. In: the release, the item, the specification, the sources of environments. */
export function targetOf(state: ReleaseState, item: Pick<ItemState, 'id' | 'title' | 'verdict'>, spec: MetricSpec, sources: SourceOf): MetricTarget {
  return {
    kind: 'release', id: state.id, itemId: item.id, title: item.title, spec, stacks: stacksOfRelease(state), selectors: state.selectors.candidate,
    // At full traffic nothing runs beside it any more: what was compared is held against its absolute limit.
    stableSelectors: isAtFullTraffic(state) ? null : stableSelectorsOf(state),
    sourceId: sourceOf(spec.source, state, sources), stableSourceId: sources(state.environmentId),
    declared: claimedOf(state), current: item.verdict && { verdict: item.verdict.verdict, at: item.verdict.at },
  }
}

function itemTargets(state: ReleaseState, sources: SourceOf, now: Date): readonly MetricTarget[] {
  return metricItemsDue(state, now).map(({ spec, item }) => targetOf(state, item, spec, sources))
}

function rolloutTarget(state: ReleaseState, sources: SourceOf): readonly RolloutTarget[] {
  const { rollout } = state
  if (!rollout || state.end || state.stableAt) return []
  const step = state.steps[rollout.stepIndex]
  const soak = rollout.soak
  return [{
    releaseId: state.id, stacks: stacksOfRelease(state), selectors: state.selectors.candidate, sourceId: sources(state.environmentId), shareQuery: state.selectors.shareQuery,
    share: rollout.share?.percent ?? null,
    awaitedShare: rollout.stepLiveAt === null ? (step?.share ?? null) : null,
    isLeaving: (state.rollBack !== null && state.rollBack.confirmed === null) || rollout.standingDown !== null,
    soak: soak && step && soak.requests < step.minimumRequests ? { since: soak.startedAt, needed: step.minimumRequests } : null,
  }]
}

interface Found {
  readonly items: readonly MetricTarget[]
  readonly rollouts: readonly RolloutTarget[]
}

/** What was read of a release. */
interface Known {
  readonly version: number
  /** Whether the clock alone may change what is found: it has something to measure, now or later. */
  readonly isByClock: boolean
  readonly found: Found
}

function isByClock(state: ReleaseState): boolean {
  return state.rollout !== null || Object.values(state.items).some((item) => specOfItem(item) !== null)
}

/** Which source each environment is measured by, as it is now. */
export async function sourcesOf(store: Store): Promise<SourceOf> {
  const environments = await loadAggregates(store, 'environment', 'all')
  return (id) => (id === null ? null : (environments.get(id)?.state.sourceId ?? null))
}

const EVERYTHING_AGAIN_MS = 60_000
/** Releases read at a time: a state is long, and what lives only for a moment costs the process no memory. */
const AT_ONCE = 5

/**
 * Makes the loader. It reads a release again when it was announced to have changed; once a minute it looks at all, and reads
 * those that have changed unheard and those that have something to measure (dueness moves with the clock).
 * Out: the loader, and what ends its listening.
 */
export function makeTargets(store: Store, clock: () => Date = () => new Date()): { readonly load: () => Promise<Targets>; readonly stop: () => void } {
  const releases = new Map<string, Known>()
  const lives = new Map<string, readonly MetricTarget[]>()
  const changed = new Set<string>()
  let isAllDue = true
  let readAllAt = 0
  const stop = listen(({ kind, id }) => {
    if (kind === 'release' || kind === 'live') changed.add(`${kind} ${id}`)
    if (kind === 'environment' || kind === 'source') isAllDue = true
  })

  const sourcesNow = () => sourcesOf(store)

  async function readReleases(ids: readonly string[], sources: SourceOf): Promise<void> {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const part = ids.slice(from, from + AT_ONCE)
      const loaded = await loadAggregates(store, 'release', part)
      for (const id of part) {
        const one = loaded.get(id)
        if (!one) {
          releases.delete(id)
          continue
        }
        const { state, version } = one
        const found = { items: [...itemTargets(state, sources, clock()), ...triggerTargets(state, isAtFullTraffic(state), sources)], rollouts: rolloutTarget(state, sources) }
        releases.set(id, { version, isByClock: isByClock(state), found })
      }
    }
  }

  async function readLive(live: LiveState, sources: SourceOf): Promise<void> {
    const releaseId = live.watch?.releaseId ?? null
    const release = releaseId === null ? null : await loadAggregate(store, 'release', releaseId)
    lives.set(live.id, watchTargets(live, release?.state ?? null, sources))
  }

  async function readAll(): Promise<void> {
    isAllDue = false
    readAllAt = clock().getTime()
    changed.clear()
    const sources = await sourcesNow()
    const measured = new Map((await measuredReleases(store)).map(({ id, version }) => [id, version]))
    for (const id of releases.keys()) if (!measured.has(id)) releases.delete(id)
    const isStale = ([id, version]: readonly [string, number]) => {
      const known = releases.get(id)
      return known === undefined || known.isByClock || known.version !== version
    }
    await readReleases([...measured].filter(isStale).map(([id]) => id), sources)
    lives.clear()
    for (const { state } of (await loadAggregates(store, 'live', 'all')).values()) await readLive(state, sources)
  }

  async function readChanged(): Promise<void> {
    const keys = [...changed]
    changed.clear()
    const sources = await sourcesNow()
    await readReleases(keys.flatMap((key) => (key.startsWith('release ') ? [key.slice(8)] : [])), sources)
    for (const key of keys) {
      if (!key.startsWith('live ')) continue
      const live = await loadAggregate(store, 'live', key.slice(5))
      if (live) await readLive(live.state, sources)
    }
  }

  let reading: Promise<void> | null = null
  async function refresh(): Promise<void> {
    if (isAllDue || clock().getTime() - readAllAt > EVERYTHING_AGAIN_MS) return readAll()
    if (changed.size > 0) return readChanged()
  }

  return {
    stop,
    async load() {
      // Rounds may overlap; one of them reads.
      reading ??= refresh().finally(() => { reading = null })
      await reading
      const all = [...releases.values()].map(({ found }) => found)
      return { items: [...all.flatMap((one) => one.items), ...[...lives.values()].flat()], rollouts: all.flatMap((one) => one.rollouts) }
    },
  }
}

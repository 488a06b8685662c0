/** Reads the metrics of a release for screens and the API: its panels through the shared poller, and the last evaluations of an item. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { evaluationsOf } from '@/db/evaluation'
import { releaseIdOf } from '@/db/release-list'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { EvaluationView, PanelMark, RangeName, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { stableSelectorsOf } from '@/lib/domain/release/measured'
import type { ReleaseState } from '@/lib/domain/release/state'
import { rawStore } from '@/lib/server/raw-store'
import { readPanels, type PanelsAsk } from '@/lib/server/metrics/panels'
import { sharedAsker, sharedPoller } from '@/lib/server/metrics/start'

function maySee(actor: Actor, modelId: string): boolean {
  return actor.kind !== 'token' || actor.modelIds.length === 0 || actor.modelIds.includes(modelId)
}

const seconds = (iso: string) => Math.round(Date.parse(iso) / 1000)

const DECISION_WORDS: Readonly<Record<string, string>> = {
  go: 'go', 'go-with-conditions': 'go with conditions', 'no-go': 'no-go', defer: 'deferred', hold: 'hold', resume: 'resumed', 'roll-back': 'roll-back', cancel: 'cancelled',
}

/** What happened to the release, for the time axis of its charts. */
function marksOf(state: ReleaseState): readonly PanelMark[] {
  const { rollout } = state
  const steps = (rollout?.doneSteps ?? []).map((step): PanelMark => ({ at: seconds(step.liveAt), label: `${state.steps[step.index]?.share ?? 0} %` }))
  const current = rollout?.stepLiveAt ? [{ at: seconds(rollout.stepLiveAt), label: `${state.steps[rollout.stepIndex]?.share ?? 0} %` }] : []
  return [
    ...state.decisions.flatMap((decision) => (DECISION_WORDS[decision.kind] ? [{ at: seconds(decision.at), label: `D-${decision.number} ${DECISION_WORDS[decision.kind]}` }] : [])),
    ...(rollout ? [{ at: seconds(rollout.startedAt), label: 'rollout' }] : []),
    ...steps, ...current,
    ...(state.rollBack ? [{ at: seconds(state.rollBack.at), label: 'rolling back' }] : []),
    ...(state.stableAt ? [{ at: seconds(state.stableAt), label: 'stable' }] : []),
  ].toSorted((a, b) => a.at - b.at)
}

async function askOf(store: Store, state: ReleaseState, range: RangeName): Promise<PanelsAsk> {
  const environments = await loadAggregates(store, 'environment', [state.environmentId, ...(state.stagingEnvironmentId === null ? [] : [state.stagingEnvironmentId])])
  const sourceOf = (id: string | null) => (id === null ? null : (environments.get(id)?.state.sourceId ?? null))
  const target = sourceOf(state.environmentId)
  const isOut = state.rollout !== null || state.stableAt !== null
  return {
    releaseId: state.id, panels: state.panels, candidate: state.selectors.candidate, stable: stableSelectorsOf(state), shareQuery: state.selectors.shareQuery, range, marks: marksOf(state),
    candidateLabel: state.candidate.label, stableLabel: state.baseline?.label ?? null,
    candidateSourceId: isOut || state.stagingEnvironmentId === null ? target : (sourceOf(state.stagingEnvironmentId) ?? target),
    stableSourceId: target,
  }
}

/** The panels of a release as everybody sees them: read once per poll, whoever asks. `null`: no such release, or not this actor's to see. */
export async function releaseMetrics(actor: Actor, codeOrId: string, range: RangeName): Promise<ReleaseMetricsView | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  const loaded = id === null ? null : await loadAggregate(store, 'release', id)
  if (!loaded || !maySee(actor, loaded.state.modelId)) return null
  const { state, version } = loaded
  const ask = await askOf(store, state, range)
  const asker = sharedAsker(store)
  const key = [state.id, range, version, ask.candidateSourceId, ask.stableSourceId].join(' ')
  return sharedPoller().read(key, state.id, () => readPanels(asker, ask, Date.now()))
}

/** The same for the first HTML of a page: what can be read within the time, else `null`, because no page waits for a slow source. */
export async function releaseMetricsSoon(actor: Actor, releaseId: string, range: RangeName, withinMs = 250): Promise<ReleaseMetricsView | null> {
  const late = new Promise<null>((resolve) => { setTimeout(() => { resolve(null) }, withinMs).unref() })
  return Promise.race([releaseMetrics(actor, releaseId, range).catch(() => null), late])
}

function textOf(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null
  return typeof value === 'string' ? value : ''
}

/** The evaluations of one item since an instant, newest first, at most 500. In: a release or live id. */
export async function itemEvaluations(actor: Actor, kind: 'release' | 'live', ownerId: string, itemId: string, since: Date): Promise<readonly EvaluationView[] | null> {
  const store = await rawStore()
  const id = kind === 'release' ? await releaseIdOf(store, ownerId) : ownerId
  const loaded = id === null ? null : await loadAggregate(store, kind, id)
  if (id === null || !loaded || !maySee(actor, loaded.state.modelId)) return null
  const rows = await evaluationsOf(store, id, itemId, since)
  return rows.slice(-500).reverse().map((row) => ({
    at: row.at.toISOString(), verdict: row.verdict, value: row.value, samples: row.samples, reason: textOf(row.body, 'reason'), query: textOf(row.body, 'query'), standing: textOf(row.body, 'standing'),
  }))
}

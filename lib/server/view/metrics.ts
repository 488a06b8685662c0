/** Reads the metrics of a release for screens and the API: its panels through the shared poller, and the last evaluations of an item. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { evaluationsOf } from '@/db/evaluation'
import { releaseIdOf } from '@/db/release-list'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { windowWords, type Detail, type MetricsWindow } from '@/lib/domain/preset/metrics-window'
import type { EvaluationView, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { marksOf } from '@/lib/domain/release/marks'
import { stableSelectorsOf } from '@/lib/domain/release/measured'
import type { Panel } from '@/lib/domain/release/panel'
import type { ReleaseState } from '@/lib/domain/release/state'
import { rawStore } from '@/lib/server/raw-store'
import { readPanels, type PanelsAsk } from '@/lib/server/metrics/panels'
import { sharedAsker, sharedPoller } from '@/lib/server/metrics/start'

function maySee(actor: Actor, modelId: string): boolean {
  return actor.kind !== 'token' || actor.modelIds.length === 0 || actor.modelIds.includes(modelId)
}

async function askOf(store: Store, state: ReleaseState, range: MetricsWindow, detail: Detail): Promise<PanelsAsk> {
  const environments = await loadAggregates(store, 'environment', [state.environmentId, ...(state.stagingEnvironmentId === null ? [] : [state.stagingEnvironmentId])])
  const sourceOf = (id: string | null) => (id === null ? null : (environments.get(id)?.state.sourceId ?? null))
  const target = sourceOf(state.environmentId)
  const isOut = state.rollout !== null || state.stableAt !== null
  return {
    releaseId: state.id, panels: state.panels, candidate: state.selectors.candidate, stable: stableSelectorsOf(state), shareQuery: state.selectors.shareQuery, range, detail, marks: marksOf(state),
    candidateLabel: state.candidate.label, stableLabel: state.baseline?.label ?? null,
    candidateSourceId: isOut || state.stagingEnvironmentId === null ? target : (sourceOf(state.stagingEnvironmentId) ?? target),
    stableSourceId: target,
  }
}

/** The panels of a release as everybody sees them: read once per poll, whoever asks. `null`: no such release, or not this actor's to see. */
export async function releaseMetrics(actor: Actor, codeOrId: string, range: MetricsWindow, detail: Detail = 'small'): Promise<ReleaseMetricsView | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  const loaded = id === null ? null : await loadAggregate(store, 'release', id)
  if (!loaded || !maySee(actor, loaded.state.modelId)) return null
  const { state, version } = loaded
  const ask = await askOf(store, state, range, detail)
  const asker = sharedAsker(store)
  const key = [state.id, windowWords(range), detail, version, ask.candidateSourceId, ask.stableSourceId].join(' ')
  return sharedPoller().read(key, state.id, () => readPanels(asker, ask, Date.now()))
}

/** What one panel would show, asked for whoever writes it: through the asker, so that the breaker and its limits hold, past the poller, so that nobody else pays for it. */
export async function previewPanel(actor: Actor, codeOrId: string, panel: Panel, range: MetricsWindow): Promise<ReleaseMetricsView | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  const loaded = id === null ? null : await loadAggregate(store, 'release', id)
  if (!loaded || !maySee(actor, loaded.state.modelId)) return null
  const ask = await askOf(store, loaded.state, range, 'small')
  // The other panels say which stacks the release runs on; only the new one is read.
  return readPanels(sharedAsker(store), { ...ask, panels: [panel] }, Date.now())
}

/** The same for the first HTML of a page: what can be read within the time, else `null`, because no page waits for a slow source. */
export async function releaseMetricsSoon(actor: Actor, releaseId: string, range: MetricsWindow, detail: Detail = 'small', withinMs = 250): Promise<ReleaseMetricsView | null> {
  const late = new Promise<null>((resolve) => { setTimeout(() => { resolve(null) }, withinMs).unref() })
  return Promise.race([releaseMetrics(actor, releaseId, range, detail).catch(() => null), late])
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

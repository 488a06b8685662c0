/** Finds out what a selector reaches: the serving stacks behind it by their metric names, and the panels that have data. */
import 'server-only'
import { PRESETS, presetsOf } from '@/lib/domain/preset/catalogue'
import { isAlternateName, latencyWords, STACKS, type Preset, type Signal, type StackId } from '@/lib/domain/preset/preset'
import { labelsFor, missingLabels } from '@/lib/domain/preset/resolve'
import { fillQuery, matchers, type Selectors } from '@/lib/domain/preset/selector'
import { STACK_FACTS, stackName } from '@/lib/domain/preset/stack'
import type { Discovery, ProposedPanel, TriedStack } from '@/lib/domain/source/discovery'
import { labelValues, query } from '@/lib/server/prometheus/client'
import type { SourceFailure } from '@/lib/server/prometheus/failure'
import { metricNames } from '@/lib/server/prometheus/promql'
import { alignedTo, type Asker } from './asker'

export type Discovered = { readonly ok: true; readonly value: Discovery } | { readonly ok: false; readonly failure: SourceFailure }

const MOST_NAMES = 5000
const MOST_UNKNOWN = 40
/** What was there in the last hour counts; older series may be of a server that is gone. */
const LOOK_BACK_SECONDS = 3600
const WINDOW_SECONDS = 300
const AT_ONCE = 8

/** Names that others use too, so that they tell no stack. */
const COMMON_NAMES: ReadonlySet<string> = new Set(['http_requests_total', 'push_time_seconds'])

/** What people look for first. */
const RANK: readonly Signal[] = [
  'latency-p95', 'error-ratio', 'throughput', 'ttft-p95', 'itl-p95', 'quality', 'live-quality', 'drift', 'skew', 'invalid-predictions', 'queue-time', 'queue-depth', 'in-flight',
  'gpu-use', 'gpu-memory', 'memory-use', 'cpu', 'cpu-throttling', 'cache', 'restarts', 'replicas', 'volume-use', 'tokens', 'batch', 'version-share',
]

const rankOf = (signal: Signal) => (RANK.includes(signal) ? RANK.indexOf(signal) : RANK.length)

const namesOf: ReadonlyMap<string, readonly string[]> = new Map(PRESETS.map((preset) => [preset.id, metricNames(fillQuery(preset.query, {}, WINDOW_SECONDS))]))

/** Names that belong to this stack and to no other: by them it is known. */
function ownNames(stack: StackId): readonly string[] {
  const elsewhere = new Set(PRESETS.filter((preset) => preset.stack !== stack).flatMap((preset) => namesOf.get(preset.id) ?? []))
  return [...new Set(presetsOf(stack).flatMap((preset) => namesOf.get(preset.id) ?? []))].filter((name) => !elsewhere.has(name) && !COMMON_NAMES.has(name))
}

/** The metric names that the selector reaches. Sources that know no such question are asked by a query. */
async function namesBehind(asker: Asker, sourceId: string, selectors: Selectors, nowSeconds: number): Promise<{ readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly failure: SourceFailure }> {
  const source = await asker.source(sourceId)
  if (!source) return { ok: false, failure: { kind: 'not-allowed', message: 'The metrics source is archived or was never set up.' } }
  const match = `{${matchers(selectors)}}`
  const listed = await labelValues(source.connection, '__name__', [match], MOST_NAMES, {}, { start: nowSeconds - LOOK_BACK_SECONDS, end: nowSeconds })
  if (listed.ok) return { ok: true, names: listed.value }
  const { kind } = listed.failure
  if (kind !== 'not-found' && kind !== 'method' && kind !== 'unauthorized' && kind !== 'server-error') return listed
  const counted = await query(source.connection, `count by (__name__) (${match})`, null)
  if (!counted.ok) return counted
  return { ok: true, names: counted.value.series.flatMap((series) => series.labels['__name__'] ?? []) }
}

interface Found {
  readonly panel: ProposedPanel | null
  readonly reason: string | null
}

/** Asks one preset. Out: the panel when it has exactly one series; why not, when there is something to say. */
async function ask(asker: Asker, sourceId: string, preset: Preset, selectors: Selectors, existing: ReadonlySet<string>, at: number): Promise<Found> {
  const metrics = (namesOf.get(preset.id) ?? []).filter((name) => existing.has(name))
  if (metrics.length === 0) return { panel: null, reason: null }
  const labels = labelsFor(preset, selectors)
  if (!labels) return { panel: null, reason: missingLabels(preset) }
  const sent = fillQuery(preset.query, labels, WINDOW_SECONDS)
  const asked = await asker.instant(sourceId, sent, at)
  if (!asked.ok) return { panel: null, reason: `${preset.title}: ${asked.reason}` }
  const sample = asked.answer.series.length === 1 ? asked.answer.series[0]?.samples[0] : undefined
  if (!sample) return { panel: null, reason: null }
  const isFinite = Number.isFinite(sample.value)
  const isAlternate = metrics.every((name) => isAlternateName(preset, name))
  return {
    reason: null,
    panel: {
      presetId: preset.id, stack: preset.stack, signal: preset.signal, title: preset.title, unit: preset.unit, words: latencyWords(preset), note: preset.note ?? '', query: sent,
      value: isFinite ? sample.value : null, state: isFinite ? 'ok' : 'idle', metrics, isAlternate,
    },
  }
}

async function inTurns<In, Out>(all: readonly In[], run: (one: In) => Promise<Out>): Promise<readonly Out[]> {
  const results: Out[] = []
  for (let at = 0; at < all.length; at += AT_ONCE) results.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(run))))
  return results
}

function sentenceOf(matched: number, stacks: Discovery['stacks'], tried: readonly TriedStack[]): string {
  const [first, ...others] = stacks
  if (first) {
    const more = others.length === 0 ? '' : ` Beside it: ${others.map((one) => `${one.name} (${one.panels})`).join(', ')}.`
    return `${first.name}: ${first.panels === 1 ? 'one panel has' : `${first.panels} panels have`} data.${more}`
  }
  if (matched === 0) return 'No series carries these labels. Check their names and values.'
  const silent = tried.filter((one) => one.outcome === 'silent')
  if (silent.length > 0) return `${silent.map((one) => one.name).join(', ')} ${silent.length === 1 ? 'is' : 'are'} known by name, but no panel has data now.`
  return `Nothing known: these labels reach ${matched === 1 ? 'one metric' : `${matched} metrics`}, and none is of a stack in the catalogue. Write PromQL over them, or export the model_* convention.`
}

/**
 * Discovers. In: the source, the labels (at least one), now in unix ms, whether unknown names may be told.
 * Out: the stacks, the panels with data and what was tried; or why the source could not be asked. A stack is known by names of its own only, never by what it was said to be.
 */
export async function discover(asker: Asker, sourceId: string, selectors: Selectors, nowMs: number, tellsUnknown: boolean): Promise<Discovered> {
  const behind = await namesBehind(asker, sourceId, selectors, Math.floor(nowMs / 1000))
  if (!behind.ok) return behind
  const existing = new Set(behind.names)
  const scrape = (await asker.source(sourceId))?.scrapeIntervalSeconds ?? 15
  const at = alignedTo(nowMs, scrape)
  const known = STACKS.map((stack) => {
    const wanted = ownNames(stack)
    return { stack, wanted, found: wanted.filter((name) => existing.has(name)) }
  })
  const candidates = known.filter((one) => one.found.length > 0).flatMap((one) => presetsOf(one.stack))
  const asked = await inTurns(candidates, async (preset) => ({ preset, ...(await ask(asker, sourceId, preset, selectors, existing, at)) }))
  const count = (stack: StackId) => asked.filter((one) => one.preset.stack === stack && one.panel !== null).length
  const tried = known.map(({ stack, wanted, found }): TriedStack => ({
    stack, name: stackName(stack), wanted, found, outcome: found.length === 0 ? 'absent' : count(stack) === 0 ? 'silent' : 'panels',
    reasons: [...new Set(asked.flatMap((one) => (one.preset.stack === stack && one.reason !== null ? [one.reason] : [])))],
  }))
  const stacks = tried.filter((one) => one.outcome === 'panels').map(({ stack, name }) => ({ stack, name, panels: count(stack) }))
    .toSorted((a, b) => Number(STACK_FACTS[a.stack].kind === 'under') - Number(STACK_FACTS[b.stack].kind === 'under') || b.panels - a.panels)
  const order = stacks.map((one) => one.stack)
  const panels = asked.flatMap((one) => one.panel ?? []).toSorted((a, b) => order.indexOf(a.stack) - order.indexOf(b.stack) || rankOf(a.signal) - rankOf(b.signal))
  const read = new Set([...namesOf.values()].flat())
  const unknown = tellsUnknown ? behind.names.filter((name) => !read.has(name)).toSorted().slice(0, MOST_UNKNOWN) : []
  return { ok: true, value: { sentence: sentenceOf(behind.names.length, stacks, tried), matched: behind.names.length, stacks, panels, tried, unknown } }
}

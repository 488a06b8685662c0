/** The form of a metric item as text that is being written, and the way between it and a specification; every fault is named at its field. */

import type { Unit } from '@/lib/domain/preset/unit'
import { UNITS } from '@/lib/domain/preset/unit'
import { SIGNALS, type Signal } from '@/lib/domain/preset/preset'
import { DEFAULT_PLAN } from '@/lib/domain/verdict/fold'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { CLAIMED, COMPARATORS, REDUCERS, type Claimed, type Comparator, type Direction, type MetricTest, type Reducer } from '@/lib/domain/verdict/rule'
import { spanText, secondsOf } from '@/components/metric-item/span'

export const TEST_KINDS = ['threshold', 'stable', 'presence', 'freshness', 'burn-rate', 'headroom', 'declared'] as const
export type TestKind = (typeof TEST_KINDS)[number]

/** Every field as the control holds it. Fields that the chosen test does not use keep what was written, so that going back loses nothing. */
export interface Draft {
  readonly queryKind: 'signal' | 'preset' | 'promql'
  readonly signal: string
  readonly presetId: string
  readonly promql: string
  readonly samples: string
  readonly source: string
  readonly selectors: string
  readonly unit: string
  readonly reducer: string
  readonly direction: Direction
  readonly testKind: TestKind
  readonly comparator: string
  readonly limit: string
  readonly by: 'ratio' | 'difference'
  readonly ignoreBelow: string
  readonly alone: string
  readonly freshOf: 'sample' | 'timestamp' | 'age'
  readonly oldest: string
  readonly objective: string
  readonly factor: string
  readonly long: string
  readonly short: string
  readonly minRequests: string
  readonly capacityKind: 'share' | 'value' | 'query'
  readonly capacity: string
  readonly leastFree: string
  readonly resource: string
  readonly tolerance: string
  readonly window: string
  readonly minSamples: string
  readonly maxAge: string
  readonly interval: string
  readonly isPaced: boolean
  readonly count: string
  readonly failureLimit: string
  readonly inconclusiveLimit: string
  readonly errorLimit: string
  readonly validDays: string
}

export type DraftField = keyof Draft
export type Faults = Readonly<Partial<Record<DraftField, string>>>

const text = (value: number | undefined | null): string => (value === undefined || value === null ? '' : String(value))
const percent = (share: number): string => String(Number((share * 100).toPrecision(10)))

/** The form that shows a specification. */
export function draftOf(spec: MetricSpec): Draft {
  const { query, rule, plan = DEFAULT_PLAN } = spec
  const { test } = rule
  return {
    queryKind: query.kind, signal: query.kind === 'signal' ? query.signal : 'latency-p95', presetId: query.kind === 'preset' ? query.presetId : '',
    promql: query.kind === 'promql' ? query.promql : '', samples: query.kind === 'promql' ? (query.samples ?? '') : '',
    source: typeof spec.source === 'string' ? spec.source : spec.source.sourceId,
    selectors: Object.entries(spec.selectors ?? {}).map(([name, value]) => `${name}=${value}`).join(', '),
    unit: rule.unit, reducer: rule.reducer ?? '', direction: rule.direction, testKind: test.kind,
    comparator: test.kind === 'threshold' || test.kind === 'stable' ? test.comparator : '<=', limit: test.kind === 'threshold' || test.kind === 'stable' ? text(test.limit) : '',
    by: test.kind === 'stable' ? test.by : 'ratio', ignoreBelow: test.kind === 'stable' ? text(test.ignoreBelow) : '', alone: test.kind === 'stable' ? text(test.withoutBaseline?.limit) : '',
    freshOf: test.kind === 'freshness' ? test.of : 'age', oldest: test.kind === 'freshness' ? spanText(test.maxAgeSeconds) : '1d',
    objective: test.kind === 'burn-rate' ? percent(test.objective) : '99.9', factor: test.kind === 'burn-rate' ? text(test.factor) : '14.4',
    long: test.kind === 'burn-rate' ? spanText(test.longSeconds) : '1h', short: test.kind === 'burn-rate' ? spanText(test.shortSeconds) : '5m', minRequests: test.kind === 'burn-rate' ? text(test.minRequests) : '1000',
    capacityKind: test.kind === 'headroom' ? test.capacity.kind : 'share', capacity: test.kind === 'headroom' ? (test.capacity.kind === 'value' ? text(test.capacity.value) : test.capacity.kind === 'query' ? test.capacity.promql : '') : '',
    leastFree: test.kind === 'headroom' ? percent(test.leastFree) : '20', resource: test.kind === 'declared' ? test.resource : 'memory', tolerance: test.kind === 'declared' ? percent(test.tolerance) : '10',
    window: spanText(spec.windowSeconds), minSamples: text(rule.minSamples), maxAge: rule.maxAgeSeconds === undefined ? '' : spanText(rule.maxAgeSeconds),
    interval: spanText(plan.intervalSeconds), isPaced: plan.followsScrapes === true, count: text(plan.count), failureLimit: text(plan.failureLimit), inconclusiveLimit: text(plan.inconclusiveLimit), errorLimit: text(plan.consecutiveErrorLimit),
    validDays: text(spec.validForDays),
  }
}

/** Reads fields and remembers what could not be read. */
class Reader {
  readonly faults: Partial<Record<DraftField, string>> = {}

  constructor(private readonly draft: Draft) {}

  number(field: DraftField, what: string, { least = -Infinity, most = Infinity, isWhole = false, isOver = false } = {}): number {
    const raw = String(this.draft[field]).trim().replace(',', '.')
    const value = Number(raw)
    if (raw === '' || !Number.isFinite(value)) return this.fault(field, `Write ${what} as a number.`)
    if (isWhole && !Number.isInteger(value)) return this.fault(field, 'Write a whole number.')
    if (value < least || (isOver && value === least)) return this.fault(field, `It is ${isOver ? 'more than' : 'at least'} ${least}.`)
    return value > most ? this.fault(field, `It is at most ${most}.`) : value
  }

  maybe(field: DraftField, what: string, limits: { least?: number; most?: number; isWhole?: boolean } = {}): number | undefined {
    return String(this.draft[field]).trim() === '' ? undefined : this.number(field, what, limits)
  }

  span(field: DraftField, { least = 1, most = 90 * 86_400 } = {}): number {
    const seconds = secondsOf(String(this.draft[field]))
    if (seconds === null) return this.fault(field, 'Write a length of time, such as 90s, 5m, 1h or 7d.')
    if (seconds < least) return this.fault(field, `It is at least ${spanText(least)}.`)
    return seconds > most ? this.fault(field, `It is at most ${spanText(most)}.`) : seconds
  }

  words(field: DraftField, message: string): string {
    const value = String(this.draft[field]).trim()
    if (value === '') this.fault(field, message)
    return value
  }

  fault(field: DraftField, message: string): number {
    this.faults[field] ??= message
    return 0
  }
}

const oneOf = <T extends string>(all: readonly T[], value: string, otherwise: T): T => all.find((one) => one === value) ?? otherwise

function testOf(draft: Draft, read: Reader): MetricTest {
  const comparator: Comparator = oneOf(COMPARATORS, draft.comparator, '<=')
  switch (draft.testKind) {
    case 'threshold': return { kind: 'threshold', comparator, limit: read.number('limit', 'the limit') }
    case 'stable': {
      const [ignoreBelow, alone] = [read.maybe('ignoreBelow', 'the value'), read.maybe('alone', 'the limit')]
      const limit = draft.by === 'ratio' ? read.number('limit', 'the factor', { least: 0, isOver: true }) : read.number('limit', 'the difference')
      return { kind: 'stable', by: draft.by, comparator, limit, ...(ignoreBelow === undefined ? {} : { ignoreBelow }), ...(alone === undefined ? {} : { withoutBaseline: { comparator, limit: alone } }) }
    }
    case 'presence': return { kind: 'presence' }
    case 'freshness': return { kind: 'freshness', of: draft.freshOf, maxAgeSeconds: read.span('oldest', { most: 366 * 86_400 }) }
    case 'burn-rate': return {
      kind: 'burn-rate', objective: Number((read.number('objective', 'the objective in per cent', { least: 0, most: 99.9999, isOver: true }) / 100).toPrecision(10)), factor: read.number('factor', 'the factor', { least: 0, most: 10_000, isOver: true }),
      longSeconds: read.span('long', { least: 60, most: 30 * 86_400 }), shortSeconds: read.span('short', { least: 15, most: 7 * 86_400 }), minRequests: read.number('minRequests', 'the least number of requests', { least: 1, isWhole: true }),
    }
    case 'headroom': return {
      kind: 'headroom', leastFree: Number((read.number('leastFree', 'the share in per cent', { least: 0, most: 99 }) / 100).toPrecision(10)),
      capacity: draft.capacityKind === 'share' ? { kind: 'share' } : draft.capacityKind === 'value' ? { kind: 'value', value: read.number('capacity', 'the capacity', { least: 0, isOver: true }) } : { kind: 'query', promql: read.words('capacity', 'Write the query that gives the capacity.') },
    }
    case 'declared': {
      const resource: Claimed = oneOf(CLAIMED, draft.resource, 'memory')
      return { kind: 'declared', resource, tolerance: Number((read.number('tolerance', 'the tolerance in per cent', { least: 0, most: 1000 }) / 100).toPrecision(10)) }
    }
  }
}

function selectorsOf(draft: Draft, read: Reader): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const part of draft.selectors.split(',').map((one) => one.trim()).filter(Boolean)) {
    const match = /^([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"?([^"]+?)"?$/.exec(part)
    if (!match?.[1] || !match[2] || match[1] === '__name__') read.fault('selectors', 'Write labels as name=value, with commas between them.')
    else found[match[1]] = match[2]
  }
  return found
}

function queryOf(draft: Draft, read: Reader): MetricSpec['query'] {
  const signal: Signal = oneOf(SIGNALS, draft.signal, 'latency-p95')
  if (draft.queryKind === 'signal') return { kind: 'signal', signal }
  if (draft.queryKind === 'preset') return { kind: 'preset', presetId: read.words('presetId', 'Choose a preset.') }
  const samples = draft.samples.trim()
  return { kind: 'promql', promql: read.words('promql', 'Write the query.'), ...(samples === '' ? {} : { samples }) }
}

/** The specification that the form says. In: the form, the item's mode. Out: it, with the faults of fields that could not be read (then it is not to be used). */
export function specOf(draft: Draft, mode: MetricSpec['kind']): { readonly spec: MetricSpec; readonly faults: Faults } {
  const read = new Reader(draft)
  const reducer: Reducer | undefined = REDUCERS.find((one) => one === draft.reducer)
  const unit: Unit = oneOf(UNITS, draft.unit, 'score')
  const minSamples = read.maybe('minSamples', 'the number', { least: 0, isWhole: true })
  const maxAge = draft.maxAge.trim() === '' ? undefined : read.span('maxAge')
  const selectors = selectorsOf(draft, read)
  const whole = (field: DraftField, least: number): number => read.number(field, 'it', { least, most: 100, isWhole: true })
  const spec: MetricSpec = {
    source: draft.source === 'environment' || draft.source === 'staging' ? draft.source : { sourceId: draft.source },
    query: queryOf(draft, read),
    ...(Object.keys(selectors).length === 0 ? {} : { selectors }),
    windowSeconds: read.span('window'),
    rule: { test: testOf(draft, read), ...(minSamples === undefined ? {} : { minSamples }), ...(reducer ? { reducer } : {}), ...(maxAge === undefined ? {} : { maxAgeSeconds: maxAge }), direction: draft.direction, unit },
    kind: mode,
    validForDays: mode === 'standing' ? null : (read.maybe('validDays', 'the days', { least: 1, most: 365, isWhole: true }) ?? null),
    plan: {
      intervalSeconds: read.span('interval', { least: 5, most: 86_400 }), ...(draft.isPaced ? { followsScrapes: true } : {}), count: whole('count', 1), failureLimit: whole('failureLimit', 0),
      inconclusiveLimit: whole('inconclusiveLimit', 0), consecutiveErrorLimit: whole('errorLimit', 0),
    },
  }
  return { spec, faults: read.faults }
}

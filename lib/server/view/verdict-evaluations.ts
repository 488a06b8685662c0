/** Reads kept evaluations for people: a page of them, one with everything that was asked and answered, and the points of a chart. */
import 'server-only'
import type { Evaluation } from '@/db/evaluation'
import { evaluationAfter, evaluationById, evaluationPage, evaluationPoints, type EvaluationPlace, type EvaluationPoint } from '@/db/evaluation-page'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { marksOf } from '@/lib/domain/release/marks'
import { wordsOf } from '@/lib/domain/text'
import { isAdvice, isExchanges } from '@/lib/domain/verdict/kept-body'
import { bandsOf, worstPoints } from '@/lib/domain/verdict/bands'
import { DEFAULT_PLAN, foldSnapshot, foldStanding } from '@/lib/domain/verdict/fold'
import { ladderOf } from '@/lib/domain/verdict/ladder'
import { limitOf } from '@/lib/domain/verdict/limit'
import { CHART_SECONDS, type ChartSpan, type EvaluationDetail, type EvaluationLine, type EvaluationPage, type FoldView, type VerdictChart } from '@/lib/domain/verdict/page-view'
import { VERDICTS, type KeptPoint, type Verdict } from '@/lib/domain/verdict/verdict'
import { whyNot } from './people'
import type { Subject } from './verdict-subject'

/** Measurements that a verdict may look back on (as the evaluator remembers them), and those that are shown of them. */
const LOOKED_BACK = 32
const SHOWN = 12
/** Points of a chart, and evaluations that it may be made from. */
const CHART_POINTS = 240
const MOST_EVALUATIONS = 21_000
/** Where the number lies inside of the kept answer, fewer are read. */
const MOST_BODIES = 3_000

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
}

function textOf(body: unknown, name: string): string {
  const value = fieldOf(body, name)
  return typeof value === 'string' ? value : ''
}

function numberOf(body: unknown, name: string): number | null {
  const value = fieldOf(body, name)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function textsOf(body: unknown, name: string): readonly string[] {
  const value = fieldOf(body, name)
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** A kept evaluation as a line of the list. */
export function lineOf(row: Evaluation): EvaluationLine {
  return { id: row.id, at: row.at.toISOString(), verdict: row.verdict, value: row.value, samples: row.samples, reason: textOf(row.body, 'reason'), standing: textOf(row.body, 'standing') }
}

function cursorOf(row: Evaluation): string {
  return `${row.at.getTime()}.${row.id}`
}

/** Reads what a client sent back as `next`; `null` when it is none of ours. */
export function placeOf(cursor: string): EvaluationPlace | null {
  const found = /^(\d{10,16})\.(.{1,80})$/.exec(cursor)
  return found?.[1] && found[2] ? { at: new Date(Number(found[1])), id: found[2] } : null
}

/** A page of evaluations, newest first. */
export async function evaluationLines(store: Store, subject: Subject, ask: { readonly verdicts: readonly Verdict[]; readonly before: EvaluationPlace | null; readonly most: number }): Promise<EvaluationPage> {
  const rows = await evaluationPage(store, subject.owner.id, subject.itemId, { ...ask, most: ask.most + 1 })
  const shown = rows.slice(0, ask.most)
  const last = shown.at(-1)
  return { lines: shown.map(lineOf), next: rows.length > ask.most && last ? cursorOf(last) : null }
}

function standingOf(row: Evaluation | undefined): Verdict | null {
  const standing = row ? textOf(row.body, 'standing') : ''
  return VERDICTS.find((one) => one === standing) ?? null
}

/** How the standing verdict came out of this measurement and those before it, by the same fold as the evaluator's. In: newest first, the one looked at at the head. */
function foldOf(subject: Subject, rows: readonly Evaluation[]): FoldView | null {
  const { spec } = subject
  const [own, previous] = rows
  const after = standingOf(own)
  if (!spec || !own || after === null) return null
  const oldestFirst = rows.slice(0, LOOKED_BACK).toReversed()
  const verdicts = oldestFirst.map((row) => row.verdict)
  const before = standingOf(previous)
  const plan = spec.plan ?? DEFAULT_PLAN
  const folded = spec.kind === 'standing' ? foldStanding(plan, before, verdicts) : foldSnapshot(plan, verdicts)
  return {
    before, after,
    reason: folded.verdict === after ? folded.reason : 'The rule was another one when this was measured, so the count is not repeated here.',
    looked: oldestFirst.slice(-SHOWN).map((row) => ({ id: row.id, at: row.at.toISOString(), verdict: row.verdict })),
  }
}

async function sourceOf(store: Store, actor: Actor, sourceId: string | null): Promise<{ readonly name: string | null; readonly graphUrl: string | null }> {
  const loaded = sourceId === null ? null : await loadAggregate(store, 'source', sourceId)
  if (!loaded || sourceId === null) return { name: null, graphUrl: null }
  const words = await revealTexts(store, [sourceId])
  const url = wordsOf(loaded.state.url, (hash) => words.get(hash))
  const isShown = whyNot(actor, 'source.test') === null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  return { name: wordsOf(loaded.state.name, (hash) => words.get(hash)), graphUrl: isShown ? `${url.replace(/\/+$/, '')}/graph?g0.tab=0&g0.range_input=1h&g0.expr=` : null }
}

/** One evaluation with everything that was kept of it; `null` when it is not (or no more) there. */
export async function evaluationDetail(store: Store, actor: Actor, subject: Subject, id: string): Promise<EvaluationDetail | null> {
  const { owner, itemId, spec } = subject
  const row = await evaluationById(store, owner.id, itemId, id)
  if (!row) return null
  const [before, after, source] = await Promise.all([
    evaluationPage(store, owner.id, itemId, { verdicts: [], before: { at: row.at, id: row.id }, most: LOOKED_BACK }),
    evaluationAfter(store, owner.id, itemId, { at: row.at, id: row.id }), sourceOf(store, actor, row.sourceId),
  ])
  const { body } = row
  const [kept, advice, rule] = [fieldOf(body, 'exchanges'), fieldOf(body, 'advice'), fieldOf(body, 'rule')]
  const exchanges = isExchanges(kept) ? kept : null
  const isCounted = exchanges === null ? row.samples > 0 : exchanges.some((one) => one.role === 'samples') || row.samples > 0
  const raw = textOf(body, 'raw') || null
  const evaluatedAt = numberOf(body, 'evaluatedAt')
  const common = { raw, compared: numberOf(body, 'compared'), series: numberOf(body, 'series') ?? 0, warnings: textsOf(body, 'warnings') }
  return {
    ...lineOf(row), ...common, evaluatedAt: evaluatedAt === null ? null : new Date(evaluatedAt * 1000).toISOString(), query: textOf(body, 'query'),
    stable: numberOf(body, 'stable'), infos: textsOf(body, 'infos'), sourceName: source.name, graphUrl: source.graphUrl,
    rule: typeof rule === 'string' ? rule : null, exchanges, advice: isAdvice(advice) ? advice : null,
    ladder: ladderOf({
      ...common, verdict: row.verdict, reason: textOf(body, 'reason'), value: row.value, samples: isCounted ? row.samples : null, exchanges, sourceName: source.name,
      unit: spec?.rule.unit ?? 'score', minSamples: spec?.rule.minSamples ?? 0, hasReducer: spec?.rule.reducer !== undefined, hasLimit: spec?.rule.test.kind !== 'presence',
    }),
    fold: foldOf(subject, [row, ...before]), older: before[0]?.id ?? null, newer: after?.id ?? null,
  }
}

/** The chart of an item: the values (or what was held against the limit) with the limit, and the verdicts under them. */
export async function verdictChart(store: Store, subject: Subject, span: ChartSpan, now: Date): Promise<VerdictChart> {
  const { spec, owner, itemId, hasStable } = subject
  const limit = spec ? limitOf(spec.rule.test, hasStable) : null
  const of = limit?.of ?? 'value'
  const seconds = CHART_SECONDS[span]
  const to = Math.ceil(now.getTime() / 1000)
  const most = of === 'value' ? MOST_EVALUATIONS : MOST_BODIES
  const rows: readonly EvaluationPoint[] = await evaluationPoints(store, owner.id, itemId, new Date((to - seconds) * 1000), { of, most })
  const points = rows.map(({ at, value }): KeptPoint => [at.getTime() / 1000, value])
  // What an item says is held between two measurements; a longer silence is a gap.
  const every = medianStep(rows)
  const step = Math.max(every, seconds / CHART_POINTS)
  return {
    span, from: to - seconds, to, stepSeconds: Math.round(step * 2 * 10) / 10, of, points: worstPoints(points, { from: to - seconds, step, isLowWorse: limit?.comparator === '>=' || limit?.comparator === '>' }), stable: [],
    limit, bands: bandsOf(rows.map(({ at, verdict }) => ({ at: at.getTime() / 1000, verdict })), { every: Math.max(every * 2.5, 10), least: seconds / 400, to }), marks: subject.release && owner.kind === 'release' ? marksOf(subject.release) : [], count: rows.length, isCut: rows.length >= most,
  }
}

function medianStep(rows: readonly EvaluationPoint[]): number {
  const steps = rows.slice(-60).flatMap(({ at }, index, all) => { const before = all[index - 1]; return before ? [(at.getTime() - before.at.getTime()) / 1000] : [] }).toSorted((a, b) => a - b)
  return steps[Math.floor(steps.length / 2)] ?? 30
}

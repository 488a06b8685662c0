/** Reads the page of one metric's verdict: what stands and why, how it is measured, what is kept of it, and into which judgements it was frozen. */
import 'server-only'
import { evaluationPage, entriesOfTypes, evaluationTally } from '@/db/evaluation-page'
import { revealTexts } from '@/db/aggregate'
import { KEEP_EVALUATIONS_MS } from '@/db/evaluation'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { FrozenVerdict, ItemVerdict, ReleaseState } from '@/lib/domain/release/state'
import { wordsOf } from '@/lib/domain/text'
import { DEFAULT_PLAN } from '@/lib/domain/verdict/fold'
import { limitOf } from '@/lib/domain/verdict/limit'
import { firstSpan, type Ending, type JudgementView, type RuleView, type TurnView, type VerdictFirst, type VerdictPageView } from '@/lib/domain/verdict/page-view'
import { planWords, ruleWords } from '@/lib/domain/verdict/rule-words'
import { thinned } from '@/lib/domain/verdict/thin'
import { VERDICTS, type KeptPoint, type Verdict } from '@/lib/domain/verdict/verdict'
import { intervalMs } from '@/lib/server/metrics/evaluator'
import { sharedAsker } from '@/lib/server/metrics/start'
import { rawStore } from '@/lib/server/raw-store'
import { loadNames } from './people'
import { evaluationDetail, evaluationLines, lineOf, verdictChart } from './verdict-evaluations'
import { liveSubject, releaseSubject, type Subject } from './verdict-subject'

const DAY_MS = 86_400_000
/** Turns that the page lists; the timeline has them all. */
const MOST_TURNS = 40
/** Entries that are looked through for them: those of all items of the release stand together in the log. */
const MOST_ENTRIES = 600
const TURN_POINTS = 24

/** Whose item a page is about, as its address names it. */
export type VerdictAddress = { readonly kind: 'release' | 'live'; readonly id: string; readonly itemId: string }

/** The subject behind an address; `null`: there is no such item, or it is not measured, or not this actor's to see. */
export async function subjectOf(store: Store, actor: Actor, { kind, id, itemId }: VerdictAddress, now: Date): Promise<Subject | null> {
  return kind === 'release' ? releaseSubject(store, actor, id, itemId, now) : liveSubject(store, actor, id, itemId)
}

function ruleView({ spec, hasStable }: Subject): RuleView | null {
  if (!spec) return null
  return { words: ruleWords(spec), plan: planWords(spec), measures: spec.plan ?? DEFAULT_PLAN, mode: spec.kind, unit: spec.rule.unit, limit: limitOf(spec.rule.test, hasStable), minSamples: spec.rule.minSamples ?? 0 }
}

function isVerdict(value: unknown): value is Verdict {
  return VERDICTS.some((one) => one === value)
}

function isPoint(value: unknown): value is KeptPoint {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && (value[1] === null || typeof value[1] === 'number')
}

function verdictIn(event: object): ItemVerdict | null {
  const seen: unknown = Reflect.get(event, 'verdict')
  if (typeof seen !== 'object' || seen === null) return null
  const field = (name: string): unknown => Reflect.get(seen, name)
  const [verdict, value, samples, reason, query, at, series] = ['verdict', 'value', 'samples', 'reason', 'query', 'at', 'series'].map(field)
  if (!isVerdict(verdict) || typeof at !== 'string') return null
  return {
    verdict, at, value: typeof value === 'number' ? value : null, samples: typeof samples === 'number' ? samples : 0,
    reason: typeof reason === 'string' ? reason : '', query: typeof query === 'string' ? query : '', series: Array.isArray(series) ? series.filter(isPoint) : [],
  }
}

async function turnsOf(store: Store, { owner, itemId }: Subject): Promise<readonly TurnView[]> {
  const entries = await entriesOfTypes(store, owner.kind, owner.id, owner.kind === 'release' ? ['verdict-turned', 'trigger-turned'] : ['watch-turned'], MOST_ENTRIES)
  return entries.flatMap(({ seq, at, event }): readonly TurnView[] => {
    const about: unknown = event.type === 'trigger-turned' ? `trigger:${String(Reflect.get(event, 'triggerId'))}` : Reflect.get(event, 'itemId')
    const seen = about === itemId ? verdictIn(event) : null
    return seen ? [{ ...seen, seq, at: at.toISOString(), series: thinned(seen.series, TURN_POINTS) }] : []
  }).slice(0, MOST_TURNS)
}

function judgement(frozen: FrozenVerdict, about: Pick<JudgementView, 'kind' | 'title' | 'by' | 'at' | 'href' | 'state'>): JudgementView {
  const { verdict, value, samples, at, query, series, terms } = frozen
  return { ...about, verdict, value, samples, measuredAt: at, query, series: thinned(series, TURN_POINTS), rule: terms?.rule ?? null, limit: terms?.limit ?? null }
}

async function judgementsOf(store: Store, release: ReleaseState, itemId: string): Promise<readonly JudgementView[]> {
  const [names, words] = await Promise.all([loadNames(store), revealTexts(store, [release.id])])
  const name = (id: string) => names.get(id) ?? 'Gatehouse'
  const href = `/releases/${release.code}`
  const signed = Object.values(release.gates).flatMap((gate) => gate.signOffs.flatMap((one) => {
    const frozen = one.snapshot.find((piece) => piece.itemId === itemId)?.verdict
    const template = release.template.gates.find((each) => each.id === gate.id)
    return frozen ? [judgement(frozen, { kind: 'sign-off', title: `Sign-off of ${template ? `${template.number} ${template.name}` : gate.id}`, by: name(one.by), at: one.at, href: `${href}?gate=${encodeURIComponent(gate.id)}`, state: one.withdrawn ? 'withdrawn' : '' })] : []
  }))
  const decided = release.decisions.flatMap((one) => {
    const frozen = one.metrics.find((piece) => piece.itemId === itemId)?.verdict
    return frozen ? [judgement(frozen, { kind: 'decision', title: `D-${one.number} ${wordsOf(one.title, (hash) => words.get(hash))}`, by: name(one.by), at: one.at, href: `${href}/decisions/${one.number}`, state: one.supersededBy === null ? '' : 'superseded' })] : []
  })
  const waiver = release.items[itemId]?.waiver
  const waived = waiver?.frozen && waiver.approvedAt ? [judgement(waiver.frozen, { kind: 'waiver', title: 'Waiver of this item', by: name(waiver.approvedBy ?? ''), at: waiver.approvedAt, href: `${href}?gate=${encodeURIComponent(release.items[itemId]?.gateId ?? '')}#item-${itemId}`, state: '' })] : []
  return [...signed, ...decided, ...waived].toSorted((a, b) => b.at.localeCompare(a.at))
}

function endingsOf({ spec, standing, release, item }: Subject, now: Date): readonly Ending[] {
  const endings: Ending[] = []
  if (spec?.kind === 'snapshot' && spec.validForDays !== null && standing) {
    const at = Date.parse(standing.at) + spec.validForDays * DAY_MS
    endings.push({ words: at <= now.getTime() ? 'The pass has expired' : 'The pass counts until', at: new Date(at).toISOString() })
  }
  if (item?.waiver?.state === 'approved') endings.push({ words: Date.parse(item.waiver.until) <= now.getTime() ? 'The waiver has ended' : 'Waived until', at: item.waiver.until })
  if (release?.stableAt && item?.metric?.isAfterLabelDelay) endings.push({ words: 'Labels are in from', at: new Date(Date.parse(release.stableAt) + release.feedback.labelDelayDays * DAY_MS).toISOString() })
  return endings
}

async function measuringNow(store: Store, { spec, sourceId, measuring }: Subject, lastAt: string | null, now: Date): Promise<Pick<VerdictPageView, 'measuring' | 'source'>> {
  const asker = sharedAsker(store)
  const source = sourceId === null ? null : await asker.source(sourceId)
  const health = sourceId === null ? null : asker.health(sourceId)
  const every = spec ? intervalMs(spec.plan ?? DEFAULT_PLAN, source?.scrapeIntervalSeconds ?? 15) / 1000 : null
  const isDue = measuring.isDue && sourceId !== null
  const nextAt = !isDue || every === null ? null : new Date(lastAt === null ? now.getTime() : Math.max(now.getTime(), Date.parse(lastAt) + every * 1000)).toISOString()
  return {
    source: sourceId === null ? null : { name: source?.name ?? 'an archived source', isUp: health?.isUp ?? null, trouble: health && !health.isUp ? health.message : null, lastGoodAt: health?.lastGoodAt ?? null },
    measuring: { isDue, words: sourceId === null && measuring.isDue ? 'Not measured: the environment has no metrics source.' : measuring.words, everySeconds: isDue ? every : null, lastAt, nextAt },
  }
}

/** The page of a verdict. In: who looks, the address. Out: the view; `null`: there is none for this reader. */
export async function verdictPage(actor: Actor, address: VerdictAddress, now = new Date()): Promise<VerdictPageView | null> {
  const store = await rawStore()
  const subject = await subjectOf(store, actor, address, now)
  if (!subject) return null
  const { owner, itemId, standing, release } = subject
  const [tally, [newest], turns, judgements] = await Promise.all([
    evaluationTally(store, owner.id, itemId), evaluationPage(store, owner.id, itemId, { verdicts: [], before: null, most: 1 }), turnsOf(store, subject),
    release && owner.kind === 'release' ? judgementsOf(store, release, itemId) : [],
  ])
  const { measuring, source } = await measuringNow(store, subject, newest?.at.toISOString() ?? null, now)
  return {
    owner, item: { id: itemId, title: subject.title, gate: subject.gate, href: subject.itemHref }, path: subject.path,
    api: `/${owner.kind === 'release' ? 'releases' : 'live'}/${encodeURIComponent(owner.id)}/verdicts/${encodeURIComponent(itemId)}`, asOf: now.toISOString(),
    verdict: standing && { verdict: standing.verdict, since: standing.at, value: standing.value, samples: standing.samples, reason: standing.reason },
    rule: ruleView(subject), source, measuring, endings: endingsOf(subject, now),
    kept: { days: Math.round(KEEP_EVALUATIONS_MS / DAY_MS), since: tally.oldest?.toISOString() ?? null, counts: tally.counts, total: Object.values(tally.counts).reduce((sum, count) => sum + count, 0) },
    newest: newest ? lineOf(newest) : null, turns, judgements,
  }
}

const FIRST_LINES = 100

/** All that the first HTML of the page holds. In: who looks, the address, the evaluation and the verdicts that it names. `null`: there is no such page for this reader. */
export async function verdictFirst(actor: Actor, address: VerdictAddress, asked: { readonly at: string; readonly verdicts: readonly Verdict[] }, now = new Date()): Promise<VerdictFirst | null> {
  const store = await rawStore()
  const [page, subject] = await Promise.all([verdictPage(actor, address, now), subjectOf(store, actor, address, now)])
  if (!page || !subject) return null
  const selected = asked.at || page.newest?.id
  const [lines, chart, detail] = await Promise.all([
    evaluationLines(store, subject, { verdicts: asked.verdicts, before: null, most: FIRST_LINES }), page.kept.total > 0 ? verdictChart(store, subject, firstSpan(page.kept.since, page.asOf), now) : null,
    selected === undefined ? null : evaluationDetail(store, actor, subject, selected),
  ])
  return { page, verdicts: asked.verdicts, lines, chart, detail }
}

/** Evaluates metric items on a durable schedule: one measurement per interval, kept for 30 days, and a command to the record only when a verdict turns. */
import 'server-only'
import { v7 as uuid } from 'uuid'
import { DEFAULT_PLAN, foldSnapshot, foldStanding, type MeasurePlan } from '@/lib/domain/verdict/fold'
import type { Advice } from '@/lib/domain/verdict/advice'
import { boundBody, briefExchanges } from '@/lib/domain/verdict/exchange'
import { ruleWords } from '@/lib/domain/verdict/rule-words'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import type { Asker } from './asker'
import { keptSeries, measure, type Measurement } from './measure'
import { observeRollout, type Observation } from './observe'
import type { ItemVerdict } from '@/lib/domain/release/evidence-state'
import type { MetricTarget, RolloutTarget, Targets } from './target'

export interface EvaluationRow {
  readonly id: string
  readonly ownerId: string
  readonly itemId: string
  readonly sourceId: string | null
  readonly at: Date
  readonly verdict: Verdict
  readonly value: number | null
  readonly samples: number
  readonly body: unknown
}

export interface EvaluatorParts {
  readonly asker: Asker
  readonly loadTargets: () => Promise<Targets>
  /** Earlier measurements of an item, oldest first, so that a restart continues where it stopped. */
  readonly history: (target: MetricTarget) => Promise<readonly { readonly at: Date; readonly verdict: Verdict }[]>
  readonly keep: (rows: readonly EvaluationRow[]) => Promise<void>
  readonly record: (target: MetricTarget, turn: ItemVerdict) => Promise<void>
  readonly observe: (target: RolloutTarget, seen: Observation) => Promise<void>
  /** Whether this process is the one that evaluates; absent: it is the only one. */
  readonly holds?: () => Promise<boolean>
  readonly now?: () => number
  readonly random?: () => number
}

interface Schedule {
  verdicts: Verdict[]
  lastAt: number
  dueAt: number
  isRunning: boolean
  /** When the source last answered, ms; 0 when it never did as far as is known. */
  answeredAt: number
  advice: Advice | null
  advisedAt: number
  /** When a measurement was last kept with everything that was answered, ms. */
  wholeAt: number
}

/** What an item says whose environment has no metrics source. */
const NOTHING_TO_ASK: Verdict = 'no-data'

/** As many measurements as any plan looks back on. */
export const MEMORY = 32
/** How often a comparison with stable is advised on: it reads an hour of two series. */
const ADVICE_MS = 60_000
/** How often a pass that is like the one before is kept with everything that was answered. */
const WHOLE_MS = 300_000
/** How many items of one source are measured at a time; the calls themselves have a lower limit. */
const AT_ONCE = 16

/** Since when there is no answer, so that nobody takes an old picture for the present. In: ms; 0 for never. */
function sinceWords(answeredAt: number): string {
  return answeredAt === 0 ? ' There was no answer yet.' : ` The last answer is from ${new Date(answeredAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
}

export interface Evaluator {
  /** One round: measures what is due. Never throws. Rounds may overlap: what is being measured is left alone. */
  tick(): Promise<void>
}

/** How often a plan is measured, in ms: as it says, but never more often than there is a new sample; what nobody chose follows the scrapes. */
export function intervalMs(plan: MeasurePlan, scrapeIntervalSeconds: number): number {
  if (plan.followsScrapes) return Math.min(plan.intervalSeconds, Math.max(2, 2 * scrapeIntervalSeconds)) * 1000
  return Math.max(plan.intervalSeconds, scrapeIntervalSeconds) * 1000
}

/** Whether a frozen pass has lived half its time, so that it is measured anew before it ends. */
function isAgeing(target: MetricTarget, now: number): boolean {
  const { current, spec } = target
  return current !== null && spec.validForDays !== null && now - Date.parse(current.at) > spec.validForDays * 43_200_000
}

export function makeEvaluator(parts: EvaluatorParts): Evaluator {
  const { asker, now = Date.now, random = Math.random } = parts
  const schedules = new Map<string, Schedule>()
  const observed = new Set<string>()
  const running = new Map<string, number>()

  async function scheduleOf(target: MetricTarget): Promise<Schedule> {
    const key = keyOf(target)
    const known = schedules.get(key)
    if (known) return known
    const fresh: Schedule = { verdicts: [], lastAt: 0, dueAt: 0, isRunning: false, answeredAt: 0, advice: null, advisedAt: 0, wholeAt: 0 }
    schedules.set(key, fresh)
    const earlier = await parts.history(target)
    fresh.verdicts = earlier.slice(-MEMORY).map((row) => row.verdict)
    fresh.lastAt = earlier.at(-1)?.at.getTime() ?? 0
    fresh.answeredAt = earlier.findLast((row) => row.verdict !== 'error')?.at.getTime() ?? 0
    return fresh
  }

  function folded(target: MetricTarget, verdicts: readonly Verdict[]): { readonly verdict: Verdict; readonly reason: string } {
    const plan = target.spec.plan ?? DEFAULT_PLAN
    return target.spec.kind === 'standing' ? foldStanding(plan, target.current?.verdict ?? null, verdicts) : foldSnapshot(plan, verdicts)
  }

  async function evaluate(target: MetricTarget, schedule: Schedule): Promise<EvaluationRow> {
    const isAdviceDue = target.spec.rule.test.kind === 'stable' && now() - schedule.advisedAt >= ADVICE_MS
    const measurement: Measurement = await measure(asker, target, now(), isAdviceDue)
    const { judgement, query } = measurement
    if (isAdviceDue) {
      schedule.advisedAt = now()
      schedule.advice = measurement.advice
    }
    if (judgement.verdict !== 'error') schedule.answeredAt = now()
    schedule.verdicts = [...schedule.verdicts, judgement.verdict].slice(-MEMORY)
    schedule.lastAt = now()
    const fold = folded(target, schedule.verdicts)
    const isOwn = fold.verdict === judgement.verdict
    if (target.current?.verdict !== fold.verdict || isAgeing(target, now())) {
      await parts.record(target, {
        verdict: fold.verdict,
        value: judgement.value,
        samples: judgement.samples ?? 0,
        reason: `${isOwn ? judgement.reason : `${fold.reason} Last: ${judgement.reason}`}${fold.verdict === 'error' ? sinceWords(schedule.answeredAt) : ''}`,
        query,
        at: new Date(measurement.at * 1000).toISOString(),
        // A source that has just failed is not asked for more: the turn must not wait for it.
        series: judgement.verdict === 'error' ? [] : await keptSeries(asker, measurement, target.spec.windowSeconds),
      })
    }
    const { raw, stable, compared, series, warnings, infos, reason } = judgement
    const isLikeBefore = judgement.verdict === 'pass' && schedule.verdicts.at(-2) === 'pass' && now() - schedule.wholeAt < WHOLE_MS
    if (!isLikeBefore) schedule.wholeAt = now()
    const exchanges = isLikeBefore ? briefExchanges(measurement.exchanges) : measurement.exchanges
    return {
      id: uuid(), ownerId: target.id, itemId: target.itemId, sourceId: target.sourceId, at: new Date(now()), verdict: judgement.verdict, value: judgement.value,
      samples: judgement.samples ?? 0, body: boundBody({ reason, query, raw, stable, compared, series, warnings, infos, standing: fold.verdict, evaluatedAt: measurement.at, rule: ruleWords(target.spec), exchanges, advice: schedule.advice }),
    }
  }

  /** Measures the item if it is due. After a restart an item that is overdue is caught up once, not once per missed interval. */
  async function visit(target: MetricTarget): Promise<EvaluationRow | null> {
    // Without a source nothing new can be seen: once the item says so, asking again would only fill the table.
    if (target.sourceId === null && target.current?.verdict === NOTHING_TO_ASK) return null
    const schedule = await scheduleOf(target)
    const source = target.sourceId === null ? null : await asker.source(target.sourceId)
    const every = intervalMs(target.spec.plan ?? DEFAULT_PLAN, source?.scrapeIntervalSeconds ?? 15)
    if (schedule.dueAt === 0) schedule.dueAt = schedule.lastAt === 0 ? now() : Math.max(now(), schedule.lastAt + every)
    if (schedule.isRunning || now() < schedule.dueAt) return null
    const place = target.sourceId ?? ''
    const already = running.get(place) ?? 0
    // Rounds overlap: what finds no place stays due and is taken by the next one.
    if (already >= AT_ONCE) return null
    running.set(place, already + 1)
    schedule.isRunning = true
    // A little jitter keeps two hundred items from asking at the same moment for ever.
    schedule.dueAt = now() + every * (0.95 + 0.1 * random())
    try {
      return await evaluate(target, schedule)
    } catch (error) {
      process.emitWarning(`item ${target.itemId} of ${target.id} could not be evaluated: ${String(error)}`)
      return null
    } finally {
      schedule.isRunning = false
      running.set(place, (running.get(place) ?? 1) - 1)
    }
  }

  async function inTurns<T>(all: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
    const left = [...all]
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await run(next)
    }))
  }

  /** Each source has its own turns and keeps its own rows, so that one that hangs holds up nothing but its own items. */
  async function visitSource(items: readonly MetricTarget[]): Promise<void> {
    const rows: EvaluationRow[] = []
    await inTurns(items, async (target) => {
      const row = await visit(target)
      if (row) rows.push(row)
    })
    if (rows.length > 0) await parts.keep(rows)
  }

  async function visitRollout(target: RolloutTarget): Promise<void> {
    if (observed.has(target.releaseId)) return
    observed.add(target.releaseId)
    try {
      const seen = await observeRollout(asker, target, now())
      if (seen) await parts.observe(target, seen)
    } finally {
      observed.delete(target.releaseId)
    }
  }

  async function safely(what: string, run: Promise<void>): Promise<void> {
    try {
      await run
    } catch (error) {
      process.emitWarning(`${what}: ${String(error)}`)
    }
  }

  async function round(): Promise<void> {
    if (parts.holds && !(await parts.holds())) {
      // What another process measures meanwhile is read from the table when this one takes over.
      schedules.clear()
      return
    }
    const { items, rollouts } = await parts.loadTargets()
    const wanted = new Set(items.map(keyOf))
    for (const key of schedules.keys()) if (!wanted.has(key)) schedules.delete(key)
    const bySource = new Map<string | null, MetricTarget[]>()
    for (const target of items) bySource.set(target.sourceId, [...(bySource.get(target.sourceId) ?? []), target])
    await Promise.all([
      ...[...bySource.values()].map((group) => safely('evaluations could not be kept', visitSource(group))),
      ...rollouts.map((target) => safely(`rollout ${target.releaseId} could not be observed`, visitRollout(target))),
    ])
  }

  return { tick: () => safely('the round of evaluations failed', round()) }
}

function keyOf(target: MetricTarget): string {
  return `${target.kind} ${target.id} ${target.itemId}`
}

/** Starts the evaluator with the process, and holds what all parts of the metrics share: one asker, one poller. */
import 'server-only'
import { setImmediate as turn } from 'node:timers/promises'
import pino from 'pino'
import { v7 as uuid } from 'uuid'
import { loggable } from '@/db/conflict'
import { keepEvaluations, KEEP_EVALUATIONS_MS, sweepEvaluations, verdictsOf } from '@/db/evaluation'
import { KEEP_ANSWERS_MS, thinEvaluations } from '@/db/evaluation-thin'
import type { Store } from '@/db/store'
import { registerStop } from '@/lib/public/lifecycle'
import { processWide } from '@/lib/public/process-wide'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { makeAsker, type Asker } from './asker'
import { makeEvaluator, MEMORY } from './evaluator'
import { sharedLedger, startHealth } from './health'
import { tellMetrics } from './news'
import { makePoller, type Poller } from './poller'
import { soleHolder } from './sole'
import { sourceBook } from './source-book'
import type { ItemVerdict } from '@/lib/domain/release/evidence-state'
import type { MetricTarget, RolloutTarget } from './target'
import { makeTargets } from './targets'
import type { Observation } from './observe'

const log = pino({ name: 'metrics', level: process.env['LOG_LEVEL'] ?? 'info' })
const EVALUATOR = { kind: 'system', name: 'evaluator' } as const
const ROUND_MS = 1000
const SWEEP_MS = 3_600_000
/** Measurements that a verdict looks back on after a restart. */
const HISTORY_MS = 86_400_000

/** The one asker of this process: every question to a metrics source goes through it. */
export function sharedAsker(store: Store): Asker {
  return processWide('metric-asker', () => makeAsker({ findSource: sourceBook(store), heard: (sourceId, failure) => sharedLedger().heard(sourceId, failure, Date.now()) }))
}

/** The one poller of this process. */
export function sharedPoller(): Poller {
  return processWide('metric-poller', () => makePoller({ tell: tellMetrics }))
}

async function record(target: MetricTarget, turn: ItemVerdict): Promise<void> {
  const command = { type: 'record-verdict', itemId: target.itemId, ...turn, ...(target.kind === 'live' ? { title: target.title } : {}) }
  const result = await execute({ kind: target.kind, id: target.id, command, actor: EVALUATOR, key: uuid() })
  if (!result.ok) log.warn({ id: target.id, itemId: target.itemId, refusal: result.refusal.code }, 'a verdict could not be recorded')
}

async function observe(target: RolloutTarget, seen: Observation): Promise<void> {
  const result = await execute({ kind: 'release', id: target.releaseId, command: { type: 'observe', ...seen }, actor: EVALUATOR, key: uuid() })
  if (!result.ok) log.warn({ id: target.releaseId, refusal: result.refusal.code }, 'the rollout could not be observed')
}

/** Forgets what is too old, and makes short what is old; one process at a time would do, two do no harm. */
async function tidyEvaluations(store: Store): Promise<void> {
  const now = Date.now()
  await sweepEvaluations(store, new Date(now - KEEP_EVALUATIONS_MS))
  await thinEvaluations(store, new Date(now - KEEP_ANSWERS_MS), () => turn())
}

/** Starts the evaluator, once per process. Called by the boot, after the database. */
export async function startMetrics(): Promise<void> {
  const store = await rawStore()
  const isRunning = processWide('metric-evaluator', () => ({ on: false }))
  if (isRunning.on) return
  isRunning.on = true
  const asker = sharedAsker(store)
  const targets = makeTargets(store)
  const sole = soleHolder(store, 'evaluator')
  const evaluator = makeEvaluator({
    asker, record, observe, holds: sole.holds,
    loadTargets: targets.load,
    history: (target) => verdictsOf(store, target.id, target.itemId, new Date(Date.now() - HISTORY_MS), MEMORY),
    keep: (rows) => keepEvaluations(store, rows),
  })
  const running = new Set<Promise<void>>()
  const round = setInterval(() => {
    const one = evaluator.tick().finally(() => running.delete(one))
    running.add(one)
  }, ROUND_MS)
  const sweep = setInterval(() => {
    tidyEvaluations(store).catch((error: unknown) => log.error({ err: loggable(error) }, 'old evaluations could not be swept'))
  }, SWEEP_MS)
  const stopHealth = startHealth(store, asker, sharedLedger(), (error) => log.error({ err: loggable(error) }, 'the health of the sources could not be kept'))
  registerStop('the evaluator', async () => {
    clearInterval(round)
    clearInterval(sweep)
    targets.stop()
    sharedPoller().stop()
    await Promise.race([Promise.allSettled(running), new Promise((resolve) => { setTimeout(resolve, 3000).unref() })])
    await stopHealth()
    await sole.release()
    isRunning.on = false
  })
}

/** Settles series as time passes: every half minute, and soon after anything that may move one. */
import 'server-only'
import pino from 'pino'
import { v7 as uuid } from 'uuid'
import { loadAggregates } from '@/db/aggregate'
import { loggable } from '@/db/conflict'
import type { Store } from '@/db/store'
import type { SystemActor } from '@/lib/domain/actor'
import { registerStop } from '@/lib/public/lifecycle'
import { listen } from '@/lib/server/bus'
import { seriesContext } from '@/lib/server/context/series'
import { execute, type Call, type Result } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'

const CLOCK: SystemActor = { kind: 'system', name: 'clock' }
const TICK_MS = 30_000
/** After a change: people who plan a series see its next check-in at once. */
const SOON_MS = 150
const MOVERS: ReadonlySet<string> = new Set(['series', 'installation'])

const log = pino({ name: 'series' })

/**
 * Lets every series that goes on follow the time. In: the way to execute. Out: how many changed. Two replicas may do it at once: the
 * guards of the commit let one of them open an occurrence, and the other finds it done.
 */
export async function settleSeries(store: Store, now: Date, run: (call: Call) => Promise<Result> = execute): Promise<number> {
  let count = 0
  for (const [id, { state }] of await loadAggregates(store, 'series', 'all')) {
    // What ended has nothing to come, but its last ones may still be missed.
    if (state.ended !== null && Date.parse(state.ended.at) < now.getTime() - 2 * 86_400_000) continue
    const { context } = await seriesContext.load(store, id, { type: 'settle' }, CLOCK, now)
    const outcome = seriesContext.decide(context, { type: 'settle' }, CLOCK, now)
    if (!outcome.ok || outcome.changes.every((change) => change.events.length === 0)) continue
    const result = await run({ kind: 'series', id, command: { type: 'settle' }, actor: CLOCK, key: uuid(), now })
    if (result.ok) count += 1
    else log.warn({ id, refusal: result.refusal.code }, 'a series could not be settled')
  }
  return count
}

/** Starts with the process; one beat at a time. */
export async function startSeries(): Promise<void> {
  const store = await rawStore()
  let isStopped = false
  let running: Promise<unknown> = Promise.resolve()
  let soon: ReturnType<typeof setTimeout> | undefined
  const beat = () => {
    running = running.then(() => (isStopped ? 0 : settleSeries(store, new Date()))).catch((error: unknown) => log.error({ error: String(loggable(error)) }, 'series could not be settled'))
  }
  const timer = setInterval(beat, TICK_MS)
  timer.unref()
  const deaf = listen(({ kind }) => {
    if (!MOVERS.has(kind)) return
    clearTimeout(soon)
    soon = setTimeout(beat, SOON_MS)
  })
  beat()
  registerStop('the series', async () => {
    isStopped = true
    deaf()
    clearInterval(timer)
    clearTimeout(soon)
    await running
  })
}

/** Moves what only time moves: soaks that end, waivers and due dates that pass; refreshes the rows of lists and lets the rules settle. */
import 'server-only'
import pino from 'pino'
import { v7 as uuid } from 'uuid'
import { holdWrite } from '@/db/aggregate'
import { loggable } from '@/db/conflict'
import { forgetAnswers } from '@/db/idempotency'
import { cardWrite } from '@/db/projections/release'
import { turnedCards } from '@/db/release-list'
import type { Store } from '@/db/store'
import { AggregateConflict } from '@/db/write'
import type { SystemActor } from '@/lib/domain/actor'
import { decideRelease } from '@/lib/domain/release/decide'
import { registerStop } from '@/lib/public/lifecycle'
import { announce } from '@/lib/server/bus'
import { loadReleaseWorld } from '@/lib/server/context/release'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'

const TICK_MS = 5_000
const AT_ONCE = 50
/** Answers to commands are kept this long for repeats. */
const KEEP_ANSWERS_MS = 7 * 86_400_000
const HOUR_MS = 3_600_000

const CLOCK: SystemActor = { kind: 'system', name: 'clock' }
const log = pino({ name: 'clock' })

/** Settles one release: runs the command only when something follows from the time, else refreshes its row. */
async function turn(store: Store, id: string, now: Date): Promise<void> {
  const { world, version } = await loadReleaseWorld(store, id, { type: 'settle' })
  if (!world.release) return
  const outcome = decideRelease(world, { type: 'settle' }, CLOCK, now)
  if (outcome.ok && outcome.changes.some((change) => change.events.length > 0)) {
    await execute({ kind: 'release', id, command: { type: 'settle' }, actor: CLOCK, key: uuid(), now })
    return
  }
  try {
    // Held at its version: a row made from an older state must not cover a newer one.
    await store.commit({ writes: [holdWrite('release', id, version), cardWrite(world.release, now)] })
    announce({ kind: 'release', id, version, seq: 0 })
  } catch (error) {
    if (!(error instanceof AggregateConflict)) throw error
  }
}

/** Turns every release whose time has come. Out: how many. */
export async function turnClock(store: Store, now: Date): Promise<number> {
  const ids = await turnedCards(store, now, AT_ONCE)
  for (const id of ids) await turn(store, id, now)
  return ids.length
}

/** Starts the clock of this process. */
export async function startClock(): Promise<void> {
  const store = await rawStore()
  let isStopped = false
  let sweptAt = 0
  let running: Promise<void> = Promise.resolve()
  const tick = async () => {
    const now = new Date()
    await turnClock(store, now)
    if (now.getTime() - sweptAt > HOUR_MS) {
      sweptAt = now.getTime()
      await forgetAnswers(store, new Date(now.getTime() - KEEP_ANSWERS_MS))
    }
  }
  const beat = setInterval(() => {
    running = running.then(() => (isStopped ? undefined : tick())).catch((error: unknown) => log.error({ error: String(loggable(error)) }, 'the clock could not turn'))
  }, TICK_MS)
  beat.unref()
  registerStop('the clock', async () => {
    isStopped = true
    clearInterval(beat)
    await running
  })
}

/** Moves what only time moves at check-ins in writing: opens them, reminds the teams that have not answered, and closes them at their deadline. */
import 'server-only'
import pino from 'pino'
import { v7 as uuid } from 'uuid'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import { writtenCheckIns } from '@/db/check-in-list'
import { loggable } from '@/db/conflict'
import type { Store } from '@/db/store'
import { toldTurns, turnNoticeWrite } from '@/db/turn-notice'
import { AggregateConflict } from '@/db/write'
import type { SystemActor } from '@/lib/domain/actor'
import { remindAt, unanswered, type CheckInState } from '@/lib/domain/check-in/state'
import { answersDueKey, answersDueTold } from '@/lib/domain/message/check-in-happenings'
import { registerStop } from '@/lib/public/lifecycle'
import { execute, type Call, type Result } from '@/lib/server/execute'
import { draftsFor } from '@/lib/server/notify/draft'
import { loadListeners } from '@/lib/server/notify/listeners'
import { rawStore } from '@/lib/server/raw-store'
import { loadTeams } from '@/lib/server/view/people'

const TICK_MS = 5_000
const CLOCK: SystemActor = { kind: 'system', name: 'clock' }
const log = pino({ name: 'check-ins' })

/** Turns every check-in in writing whose time has come. Out: how many were opened, closed or reminded of. */
export async function turnCheckIns(store: Store, now: Date, run: (call: Call) => Promise<Result> = execute): Promise<number> {
  let turned = 0
  for (const id of await writtenCheckIns(store, now)) {
    const loaded = await loadAggregate(store, 'check-in', id)
    const state = loaded?.state
    if (!state?.answerBy) continue
    if (state.status === 'scheduled' || state.answerBy <= now.toISOString()) {
      const result = await run({ kind: 'check-in', id, command: { type: 'turn' }, actor: CLOCK, key: uuid(), now })
      if (result.ok) turned += 1
      else log.warn({ id, refusal: result.refusal.code }, 'a check-in could not be turned')
    } else if (await remind(store, state, now)) turned += 1
  }
  return turned
}

/** Reminds once of one deadline, by the outbox, of teams that have not answered by then. */
async function remind(store: Store, state: CheckInState, now: Date): Promise<boolean> {
  const due = remindAt(state)
  if (due === null || due > now.toISOString() || unanswered(state).length === 0) return false
  const key = answersDueKey(state)
  if ((await toldTurns(store, [key])).has(key)) return false
  const [words, known, listeners] = await Promise.all([revealTexts(store, [state.id]), loadTeams(store), loadListeners(store)])
  const told = answersDueTold(state, now, { reveal: (hash) => words.get(hash), teamName: (team) => known.find((one) => one.id === team)?.name ?? team })
  if (!told) return false
  const outbox = draftsFor([told.happening], told.subject, listeners, state.id, now)
  try {
    await store.commit({ writes: [turnNoticeWrite(key, null, now)], outbox })
    return true
  } catch (error) {
    // another replica has told it
    if (error instanceof AggregateConflict) return false
    throw error
  }
}

/** Starts the clock of check-ins in this process. */
export async function startCheckInClock(): Promise<void> {
  const store = await rawStore()
  let isStopped = false
  let running: Promise<unknown> = Promise.resolve()
  const beat = setInterval(() => {
    running = running.then(() => (isStopped ? 0 : turnCheckIns(store, new Date()))).catch((error: unknown) => log.error({ error: String(loggable(error)) }, 'the clock of check-ins could not turn'))
  }, TICK_MS)
  beat.unref()
  registerStop('the clock of check-ins', async () => {
    isStopped = true
    clearInterval(beat)
    await running
  })
}

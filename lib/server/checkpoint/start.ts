/** Makes checkpoints when they are due: after every go, and once a day; after a time in which the process was down, once. */
import 'server-only'
import pino from 'pino'
import { newestCheckpoints, goSince } from '@/db/checkpoint'
import { loggable } from '@/db/conflict'
import { logHead } from '@/db/log'
import type { Store } from '@/db/store'
import { checkpointLine } from '@/lib/domain/evidence-pack/statement'
import { registerStop } from '@/lib/public/lifecycle'
import { listen } from '@/lib/server/bus'
import { checkpointFor, makeCheckpoint, type Signing } from '@/lib/server/checkpoint/checkpoint'
import { fileCheckpoints } from '@/lib/server/checkpoint/outside'
import { env } from '@/lib/server/env'
import { installationRing } from '@/lib/server/key-ring'
import { rawStore } from '@/lib/server/raw-store'

const log = pino({ name: 'checkpoint', level: process.env['LOG_LEVEL'] ?? 'info' })
const DAY_MS = 86_400_000
const TICK_MS = 60_000
/** The commits of a burst are one look. */
const BURST_MS = 200

/** What this process signs with, and where it goes. */
export async function signingNow(now = new Date()): Promise<Signing> {
  const { checkpoints } = env()
  return { store: await rawStore(), ring: installationRing(), now, outside: checkpoints }
}

/** The line for the message about a go; makes the checkpoint when the message is quicker than the listener. */
export async function lineFor(happenedAt: Date): Promise<string | null> {
  const found = await inTurn(async () => checkpointFor(await signingNow(), happenedAt))
  return found && checkpointLine({ seq: found.seq, hash: found.hash, key: found.keyId })
}

let turn: Promise<unknown> = Promise.resolve()

/** One after the other, so that a go and its message do not make two. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}

/** What is due now: a go that no checkpoint covers yet, or a day since the last one of a log that has moved on. Rests on the tables alone, so that a restart forgets nothing. */
export async function dueReason(store: Store, now: Date): Promise<'go' | 'daily' | null> {
  const [newest] = await newestCheckpoints(store, 1)
  const head = await logHead(store)
  if (head.seq === 0 || newest?.seq === head.seq) return null
  if (await goSince(store, newest?.seq ?? 0)) return 'go'
  return !newest || now.getTime() - newest.at.getTime() >= DAY_MS ? 'daily' : null
}

/** Makes what is due. Out: why, or null. */
export async function turnCheckpoints(signing: Signing): Promise<'go' | 'daily' | null> {
  const reason = await dueReason(signing.store, signing.now)
  if (reason) await makeCheckpoint(signing, reason)
  return reason
}

/** Starts the schedule of this process. */
export async function startCheckpoints(): Promise<void> {
  const { dir } = env().checkpoints
  const failed = (error: unknown): void => log.error({ error: String(loggable(error)) }, 'no checkpoint could be made; it is tried again')
  const look = (): Promise<unknown> => inTurn(async () => turnCheckpoints(await signingNow())).catch(failed)
  let soon: NodeJS.Timeout | null = null
  const deaf = listen(({ kind, seq }) => {
    if (kind !== 'release' || seq === 0) return
    soon ??= setTimeout(() => { soon = null; void look() }, BURST_MS).unref()
  })
  const beat = setInterval(() => void look(), TICK_MS).unref()
  registerStop('checkpoints', async () => {
    deaf()
    clearInterval(beat)
    if (soon) clearTimeout(soon)
    await turn
  })
  if (dir) await fileCheckpoints(await rawStore(), dir).catch((error: unknown) => log.error({ error: String(loggable(error)) }, `checkpoints could not be written to ${dir}`))
  void look()
}

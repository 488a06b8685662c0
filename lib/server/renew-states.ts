/** Folds all states and lists anew when the rules that make them have changed since this database was last served: an upgrade never shows a state of another shape. */
import 'server-only'
import { readFile } from 'node:fs/promises'
import pino from 'pino'
import { z } from 'zod'
import { keepMark, readMark } from '@/db/mark'
import { rebuild } from '@/db/rebuild'
import type { Store } from '@/db/store'
import { rawStore } from '@/lib/server/raw-store'

const log = pino({ name: 'states' })
const MARK = 'folds'
const stamp = z.object({ folds: z.string() })

/** What the build says of its rules; null where nothing was built (development, tests), where nothing is folded anew. */
async function foldsOfBuild(): Promise<string | null> {
  const text = await readFile('dist/build.json', 'utf8').catch(() => null)
  const read = text === null ? null : stamp.safeParse(JSON.parse(text))
  return read?.success ? read.data.folds : null
}

/**
 * Brings a database to the rules of this build. In: the hash of its rules. Out: how many aggregates were folded anew; 0 when the
 * database was served by the same rules before.
 */
export async function renewStates(store: Store, folds: string): Promise<number> {
  if ((await readMark(store, MARK)) === folds) return 0
  const count = await rebuild(store)
  await keepMark(store, MARK, folds)
  return count
}

/** Ends when every state has today's shape; nothing else may read one before. */
export async function startStates(): Promise<void> {
  const folds = await foldsOfBuild()
  if (folds === null) return
  const began = Date.now()
  const count = await renewStates(await rawStore(), folds)
  if (count > 0) log.info({ aggregates: count, ms: Date.now() - began }, 'states and lists were folded anew for this version')
}

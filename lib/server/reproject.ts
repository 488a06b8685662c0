/** Brings the rows of lists to the shape that this version reads: those in flight before anybody asks, the past ones beside the work. */
import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { loggable } from '@/db/conflict'
import { reprojectReleases } from '@/db/reproject'
import { registerStop } from '@/lib/public/lifecycle'
import { rawStore } from '@/lib/server/raw-store'

const log = pino({ name: 'lists' })
/** Between two batches of past releases, so that pages and commands have their turn. */
const PAUSE_MS = 50

/** Ends when every release in flight has its row; the past ones follow. */
export async function startLists(): Promise<void> {
  const store = await rawStore()
  const renewed = await reprojectReleases(store, true, new Date())
  let isStopped = false
  const past = reprojectReleases(store, false, new Date(), async () => {
    await pause(PAUSE_MS)
    return !isStopped
  }).then((count) => {
    if (renewed + count > 0) log.info({ inFlight: renewed, past: count }, 'rows of the release list were made anew for this version')
  }).catch((error: unknown) => log.error({ error: String(loggable(error)) }, 'rows of past releases could not be made anew; the next start tries again'))
  registerStop('the lists', async () => {
    isStopped = true
    await past
  })
}

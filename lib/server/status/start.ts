/** Keeps the public picture true: made anew soon after each change, and by the clock; while the database is gone the last one stays. */
import 'server-only'
import pino from 'pino'
import { loggable } from '@/db/conflict'
import type { Store } from '@/db/store'
import { keepIncidents } from '@/db/status'
import { findings, publicStatus } from '@/lib/domain/status/build'
import { registerStop } from '@/lib/public/lifecycle'
import { latestStatus, publishStatus } from '@/lib/public/status-feed'
import { listen } from '@/lib/server/bus'
import { rawStore } from '@/lib/server/raw-store'
import { loadStatusFacts } from '@/lib/server/status/facts'
import { statusKeys, type StatusKeys } from '@/lib/server/status/keys'
import { noteIncidents, startTelling } from '@/lib/server/status/tell'

const log = pino({ name: 'status', level: process.env['LOG_LEVEL'] ?? 'info' })

/** Changes in a burst are one; a change is on the page within two seconds. */
const BURST_MS = 250
/** The page is at most a minute old, whatever happens. */
const TURN_MS = 30_000

/** Starts keeping the picture. Called by the boot, after the database; the first picture is there when it returns. */
export async function startStatus(): Promise<void> {
  let burst: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let isDirty = false

  const renew = (isByClock: boolean): void => {
    if (running) { isDirty = true; return }
    running = rawStore().then(async (store) => renewStatus(store, await statusKeys(store), new Date(), isByClock))
      .catch((error: unknown) => log.error({ err: loggable(error) }, 'the status page could not be renewed; the last one stays'))
      .finally(() => {
        running = null
        if (isDirty) { isDirty = false; renew(false) }
      })
  }
  const deaf = listen(() => {
    burst ??= setTimeout(() => { burst = null; renew(false) }, BURST_MS).unref()
  })
  const timer = setInterval(() => renew(true), TURN_MS).unref()
  registerStop('public picture', async () => {
    deaf()
    clearInterval(timer)
    if (burst) clearTimeout(burst)
    await running
  })
  renew(true)
  await running
  startTelling()
}

/**
 * Makes the pictures from the store and hands them over. An unchanged picture is handed over only by the clock, so that a change which
 * the public may not see does not even renew the page's tag.
 */
export async function renewStatus(store: Store, keys: StatusKeys, now: Date, isByClock: boolean): Promise<void> {
  const loaded = await loadStatusFacts(store, keys, now)
  const found = findings(loaded, now)
  // What has just ended is history from now on, also before it is kept.
  const facts = { ...loaded, kept: [...(loaded.kept ?? []).filter((fact) => !found.some((one) => one.key === fact.key)), ...found] }
  const status = publicStatus(facts)
  const latest = latestStatus()
  const isSame = !isByClock && latest !== null && JSON.stringify(latest.status) === JSON.stringify(status)
  const link = facts.link
  const internal = link === null ? null : { hash: link.hash, status: publicStatus(facts, 'internal'), asOf: now.toISOString() }
  const subscriptions = facts.settings.subscriptions ?? []
  const isSameBeside = JSON.stringify([latest?.internal?.hash, latest?.internal?.status, latest?.subscriptions]) === JSON.stringify([internal?.hash, internal?.status, subscriptions])
  if (!isSame || !isSameBeside) {
    const picture = isSame ? { status: latest.status, asOf: latest.asOf } : { status, asOf: now.toISOString() }
    publishStatus({ ...picture, ...(internal === null ? {} : { internal }), subscriptions })
  }
  // The page is out already: that its history cannot be kept for a moment, in a database that takes no writes, must not hold it up.
  await keepIncidents(store, found).catch((error: unknown) => log.warn({ err: loggable(error) }, 'the history of the status page could not be kept'))
  await noteIncidents(store, status, now).catch((error: unknown) => log.warn({ err: loggable(error) }, 'what subscribers are to be told could not be put down'))
}

/** Asks the identity provider again and again about who is signed in by it, from one process only. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { loggable } from '@/db/conflict'
import { claimLease, freeLease } from '@/db/lease'
import { registerStop } from '@/lib/public/lifecycle'
import { processWide } from '@/lib/public/process-wide'
import { recheckProvider } from '@/lib/server/auth/provider-recheck'
import { env } from '@/lib/server/env'
import { rawStore } from '@/lib/server/raw-store'

const log = pino({ name: 'sign-in', level: process.env['LOG_LEVEL'] ?? 'info' })
const LEASE = 'provider-recheck'

interface Slot {
  timer: NodeJS.Timeout | null
  readonly owner: string
}

/** Starts the turns; nothing without a provider. A person is asked about again within half a turn after their time. */
export async function startRecheck(): Promise<void> {
  const { oidc } = env()
  if (!oidc) return
  const slot = processWide<Slot>('provider-recheck', () => ({ timer: null, owner: randomUUID() }))
  if (slot.timer) return
  const store = await rawStore()
  await freeLease(store, LEASE)
  const everyMs = Math.min(60_000, oidc.recheckMs / 2)
  let isBusy = false
  const turn = async () => {
    if (isBusy) return
    isBusy = true
    try {
      const now = new Date()
      if (!(await claimLease(store, LEASE, slot.owner, now, everyMs * 3))) return
      const found = await recheckProvider(store, now, oidc.recheckMs)
      const unreachable = found.filter((one) => one === 'unreachable').length
      if (unreachable > 0) log.warn({ people: unreachable }, 'the identity provider could not be asked about groups; they stay as they were')
    } catch (error) {
      log.error({ err: loggable(error) }, 'groups could not be asked again')
    } finally {
      isBusy = false
    }
  }
  slot.timer = setInterval(() => void turn(), everyMs).unref()
  registerStop('the identity provider', async () => {
    if (slot.timer) clearInterval(slot.timer)
    slot.timer = null
  })
}

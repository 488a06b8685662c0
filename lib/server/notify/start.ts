/** Starts and stops sending notifications with the process. */
import 'server-only'
import pino from 'pino'
import { v7 as uuid } from 'uuid'
import { loggable } from '@/db/conflict'
import { holdWrite } from '@/db/outbox'
import type { DisabledReason } from '@/lib/domain/destination/state'
import { registerStop } from '@/lib/public/lifecycle'
import { processWide } from '@/lib/public/process-wide'
import { listen } from '@/lib/server/bus'
import { lineFor } from '@/lib/server/checkpoint/start'
import { env } from '@/lib/server/env'
import { execute } from '@/lib/server/execute'
import { installationRing } from '@/lib/server/key-ring'
import { mailVia } from '@/lib/server/notify/mail'
import { postTo } from '@/lib/server/notify/post'
import { startWorker, type Worker } from '@/lib/server/notify/worker'
import { rawStore } from '@/lib/server/raw-store'

const log = pino({ name: 'notify', level: process.env['LOG_LEVEL'] ?? 'info' })

interface Slot { worker: Worker | null }
const slot = (): Slot => processWide<Slot>('notify', () => ({ worker: null }))

/** Starts the worker, once per process; every commit wakes it. Called by the boot, after the database. */
export async function startNotify(): Promise<void> {
  if (slot().worker) return
  const { publicUrl, webhookHosts, checkpoints, mail } = env()
  const store = await rawStore()
  const worker = startWorker({
    store, ring: installationRing(), post: postTo(checkpoints.webhook === null ? webhookHosts : [...webhookHosts, new URL(checkpoints.webhook).host]), publicUrl, allowedHosts: webhookHosts,
    ...(mail === null ? {} : { mail: mailVia(mail) }),
    disable: switchOff,
    checkpointWebhook: checkpoints.webhook,
    checkpointLine: (happenedAt) => lineFor(happenedAt),
    onError: (error) => log.error({ err: loggable(error) }, 'a delivery could not be carried on'),
  })
  slot().worker = worker
  const deaf = listen(() => worker.wake())
  registerStop('notifications', async () => {
    deaf()
    await worker.stop()
    slot().worker = null
  })
}

/** Looks for due deliveries now, after something was put back into the queue by hand. */
export function wakeNotify(): void {
  slot().worker?.wake()
}

/** Slack said that nothing will arrive there: the destination is switched off, and what still waits for it is held, to be sent again by hand. */
async function switchOff(destinationId: string, reason: DisabledReason, answer: string): Promise<void> {
  const command = { type: 'disable-destination', reason, answer }
  const result = await execute({ kind: 'destination', id: destinationId, command, actor: { kind: 'system', name: 'clock' }, key: uuid() })
  if (!result.ok && result.refusal.code !== 'exists') log.warn({ destinationId, refusal: result.refusal.code }, 'a destination could not be switched off')
  const store = await rawStore()
  await store.commit({ writes: [holdWrite(destinationId, true)] })
}

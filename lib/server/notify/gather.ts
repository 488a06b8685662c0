/** Hides what happens to a message just before it is first sent: others of its release join it, or it waits for the hours of its place. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import type { Delivery } from '@/db/outbox'
import { absorbDeliveries, postponeDelivery, waitingBehind } from '@/db/outbox-gather'
import type { Store } from '@/db/store'
import { hoursOf } from '@/lib/domain/destination/state'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { type Message, messageSchema } from '@/lib/domain/message/message'
import { gather, gatheredCount } from '@/lib/domain/notice/gather'
import { nextOpen } from '@/lib/domain/notice/pace'

/**
 * In: a leased delivery. Out: the delivery as it is to be sent now, with what joined it; or `later`, when it was put off. Only a first attempt is
 * touched: what was tried once goes out as it was, because it may have arrived.
 */
export async function readyToSend(store: Store, delivery: Delivery, now: Date): Promise<Delivery | 'later'> {
  // Most of what a restart finds goes out as it is; it is not read twice for that.
  if (delivery.attempts !== 1 || delivery.destinationId === null || !mayWait(delivery.payload)) return delivery
  const message = readMessage(delivery)
  if (message === null) return delivery
  const behind = await waitingBehind(store, delivery)
  const read = behind.map(readMessage)
  // Whatever is sent at once stands behind this one, and would be kept back by it.
  const isHurried = read.some((one) => one !== null && (one.pace === undefined || one.pace === 'at-once'))
  const opensAt = isHurried ? now : nextOpen(now, await hoursOfPlace(store, delivery.destinationId))
  if (opensAt > now) {
    await postponeDelivery(store, delivery, opensAt)
    return 'later'
  }
  const joining = read.slice(0, gatheredCount(message, read)).filter((one) => one !== null)
  if (joining.length === 0) return delivery
  const payload = gather([message, ...joining])
  const isJoined = await absorbDeliveries(store, delivery, payload, behind.slice(0, joining.length).map((one) => one.id))
  return isJoined ? { ...delivery, payload } : delivery
}

function mayWait(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'pace' in payload && payload.pace !== 'at-once'
}

function readMessage({ payload }: Delivery): Message | null {
  const read = messageSchema.safeParse(payload)
  return read.success ? read.data : null
}

async function hoursOfPlace(store: Store, destinationId: string): Promise<ReturnType<typeof hoursOf>> {
  const hours = (await loadAggregate(store, 'destination', destinationId))?.state.hours
  if (!hours) return null
  const teams = hours.kind === 'team' ? ((await loadAggregate(store, 'installation', INSTALLATION_ID))?.state.teams ?? []) : []
  return hoursOf(hours, teams)
}

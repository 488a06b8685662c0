/** Takes, confirms and ends subscriptions to the status page: two steps for everything, the same answer for every address, and bounded asking. */
import 'server-only'
import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { addAttempt, countAttempts, forgetAttempts } from '@/db/access'
import { loadAggregate } from '@/db/aggregate'
import { box, type KeyRing } from '@/db/secret'
import { addNotices, confirmWish, forgetSubscriber, keepWish } from '@/db/status-subscriber'
import type { Store } from '@/db/store'
import { isMailAddress, readAddress } from '@/lib/domain/destination/address'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import type { SubscriptionChannel } from '@/lib/domain/installation/status-page'
import { networkOf } from '@/lib/server/auth/limiter'
import { offeredChannels } from '@/lib/server/status/channels'
import { keyed, type StatusKeys } from '@/lib/server/status/keys'

/** A wish that nobody confirmed within a day is forgotten. */
const CONFIRM_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Per asking machine and hour; per address and day; of all together and hour. */
const LIMITS = { client: 10, address: 3, all: 300 } as const

export interface Subscribing {
  readonly store: Store
  readonly keys: StatusKeys
  readonly ring: KeyRing
  readonly webhookHosts: readonly string[]
  readonly now: Date
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** The code of a link to one subscription; only its hash is kept, and only who has the keys can make it again. */
export function codeOf(keys: StatusKeys, kind: 'confirm' | 'end', id: string): string {
  return keyed(keys.codes, `${kind} ${id}`).toString('base64url')
}

/** What signs the letters to one endpoint (Standard Webhooks 1.0.0); the endpoint learns it with the first of them. */
export function signingSecretOf(keys: StatusKeys, id: string): string {
  return `whsec_${keyed(keys.codes, `sign ${id}`).toString('base64')}`
}

/** Under which name the address of a subscriber is encrypted. */
export function boxIdOf(id: string): string {
  return `status subscriber ${id}`
}

/**
 * Takes a wish. In: the way, the address as it was typed, the asking machine's address. Out: `asked` for every address that can be one, known or
 * not, so that nobody learns who subscribed; `refused` where the way is closed, the address is none, or too many ask.
 */
export async function askToSubscribe({ store, keys, ring, webhookHosts, now }: Subscribing, channel: string, typed: string, client: string): Promise<'asked' | 'refused'> {
  const allowed = (await loadAggregate(store, 'installation', INSTALLATION_ID))?.state.statusPage.subscriptions ?? []
  const way = allowed.find((one) => one === channel && offeredChannels().includes(one))
  const address = way === undefined ? null : addressOf(way, typed, webhookHosts)
  if (way === undefined || address === null) return 'refused'
  const keyOf = (text: string) => keyed(keys.addresses, text).toString('base64url')
  const addressHash = keyOf(`${way}\n${address}`)
  const counted = [
    { id: newId(), key: keyOf(`client\n${networkOf(client)}`), most: LIMITS.client, since: HOUR_MS }, { id: newId(), key: keyOf('all'), most: LIMITS.all, since: HOUR_MS },
    { id: newId(), key: `${addressHash} asked`, most: LIMITS.address, since: CONFIRM_MS },
  ]
  await addAttempt(store, counted.map(({ id, key }) => ({ id, key })), now)
  const [byClient = false, byAll = false, byAddress = false] = await Promise.all(counted.map(async ({ id, key, most, since }) => (await countAttempts(store, key, new Date(now.getTime() - since), id)) <= most))
  if (!byClient || !byAll) {
    // What is refused is not counted: whoever keeps asking fills no table, and does not keep the others out for longer.
    await forgetAttempts(store, { ids: counted.map(({ id }) => id) })
    return 'refused'
  }
  // That somebody asked for this address before is nobody's business, so the answer is the same.
  if (!byAddress) return 'asked'
  const id = newId()
  const isNew = await keepWish(store, {
    id, channel: way, addressHash, boxed: box(ring, boxIdOf(id), address), createdAt: now, confirmBy: new Date(now.getTime() + CONFIRM_MS),
    confirmHash: hashOf(codeOf(keys, 'confirm', id)), endHash: hashOf(codeOf(keys, 'end', id)),
  })
  if (isNew) await addNotices(store, [{ id: newId(), subscriberId: id, subject: 'confirm', payload: { kind: 'confirm' }, at: now }])
  return 'asked'
}

function addressOf(channel: SubscriptionChannel, typed: string, webhookHosts: readonly string[]): string | null {
  if (channel === 'email') {
    const text = typed.trim()
    return isMailAddress(text) ? text : null
  }
  const read = readAddress(channel, typed, webhookHosts)
  if (!read.ok) return null
  const { host, hostname } = new URL(read.url)
  // A stranger may not make this server call just any host: only those that the operator named, and Slack's own.
  return channel === 'slack' || webhookHosts.includes(host) || webhookHosts.includes(hostname) ? read.url : null
}

/** Confirms by the code of the message. Out: whether there was such a wish. */
export async function confirmSubscription(store: Store, code: string, now: Date): Promise<boolean> {
  return (await confirmWish(store, hashOf(code), now)) !== null
}

/** Ends it by the code of any message. Says nothing of whether there was one. */
export async function endSubscription(store: Store, code: string): Promise<void> {
  await forgetSubscriber(store, { endHash: hashOf(code) })
}

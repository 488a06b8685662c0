/** Looks after everything that is encrypted when GATEHOUSE_SECRET changes: encrypts anew what an earlier secret opens, and says what none does. */
import 'server-only'
import { revealTexts, loadAggregates } from '@/db/aggregate'
import { checkpointKeys, privateKeyId } from '@/db/checkpoint'
import { allDestinations } from '@/db/destination'
import { renewSecrets, sealOf, strangeSecrets, unbox, box, dropSecret, type KeyRing } from '@/db/secret'
import { forgetSubscriber, replaceSubscriberBox, subscriberBoxes } from '@/db/status-subscriber'
import type { Store } from '@/db/store'
import { countedNames, type Unreadable } from '@/lib/domain/installation/unreadable'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { secretKey } from '@/lib/server/notify/secret-key'
import { signingKeyOf } from '@/lib/server/notify/sign'
import { rowOf } from '@/lib/server/prometheus/secret'
import { STATUS_KEYS_ID } from '@/lib/server/status/keys'
import { boxIdOf } from '@/lib/server/status/subscribers'

/** Encrypts under the present secret whatever an earlier one opens. Out: how many values that were. Safe to repeat, and beside other processes. */
export async function renewBoxes(store: Store, ring: KeyRing): Promise<number> {
  let renewed = await renewSecrets(store, ring)
  for (const { id, boxed } of await subscriberBoxes(store)) {
    if (sealOf(ring, boxed) !== 'older') continue
    const next = box(ring, boxIdOf(id), unbox(ring, boxIdOf(id), boxed))
    if (await replaceSubscriberBox(store, id, boxed, next)) renewed += 1
  }
  return renewed
}

/** What is in use and cannot be read, by kind. What was replaced since, or is renewed by the next sign-in, is not named. */
export async function unreadable(store: Store, ring: KeyRing, now: Date): Promise<readonly Unreadable[]> {
  const [strange, subscribers] = await Promise.all([strangeSecrets(store, ring), strangeSubscribers(store, ring)])
  if (strange.size === 0 && subscribers.length === 0) return []
  const [destinations, sources, keys] = await Promise.all([allDestinations(store), loadAggregates(store, 'source', 'all'), checkpointKeys(store)])
  const words = await revealTexts(store, [...destinations.map(({ state }) => state.id), ...sources.keys()])
  const nameOf = ({ name }: { readonly name: FreeText }) => wordsOf(name, (hash) => words.get(hash))
  const deaf = destinations.filter(({ state }) => strange.has(secretKey(state.secretId))).map(({ state }) => nameOf(state))
  const unsigned = destinations.filter(({ state }) => strange.has(signingKeyOf(state.id))).map(({ state }) => nameOf(state))
  const blind = [...sources.values()].filter(({ state }) => state.archivedAt === null && state.secretId !== null && strange.has(rowOf(state.secretId))).map(({ state }) => nameOf(state))
  const signing = keys.filter((key) => (key.retiresAt === null || key.retiresAt > now) && strange.has(privateKeyId(key.id)))
  const found: Unreadable[] = []
  if (deaf.length > 0) found.push({ kind: 'destination', what: countedNames(deaf.length, 'destination of notifications', 'destinations of notifications', deaf), remedy: 'Nothing is sent there until the address is entered again.', href: '/settings/notifications' })
  if (unsigned.length > 0) found.push({ kind: 'signing', what: countedNames(unsigned.length, 'signing secret of a webhook', 'signing secrets of webhooks', unsigned), remedy: 'Nothing is sent there until a new signing secret is made.', href: '/settings/notifications' })
  if (blind.length > 0) found.push({ kind: 'source', what: countedNames(blind.length, 'metrics source', 'metrics sources', blind), remedy: 'Nothing is measured there until the credentials are entered again.', href: '/settings/sources' })
  if (subscribers.length > 0) found.push({ kind: 'subscriber', what: countedNames(subscribers.length, 'subscriber of the status page', 'subscribers of the status page'), remedy: 'They hear nothing, and have to subscribe again once they are forgotten here.', href: '/settings/status' })
  if (signing.length > 0) found.push({ kind: 'checkpoint-key', what: 'The key that signs checkpoints', remedy: 'No checkpoint or evidence pack can be made until the key is replaced; the new one is not endorsed by the old one, so tell whoever verifies.', href: '/settings/record' })
  if (strange.has(STATUS_KEYS_ID)) found.push({ kind: 'links', what: 'The key of public ids', remedy: 'Badges, feed entries and links to incidents of the status page have other addresses now.', href: '/settings/status' })
  return found
}

async function strangeSubscribers(store: Store, ring: KeyRing): Promise<readonly string[]> {
  return (await subscriberBoxes(store)).filter(({ boxed }) => sealOf(ring, boxed) === 'strange').map(({ id }) => id)
}

/** Gives up what only the earlier secret would open of the status page: its subscribers, and the addresses of its badges. Out: how many were forgotten. */
export async function forgetUnreadable(store: Store, ring: KeyRing): Promise<number> {
  const lost = await strangeSubscribers(store, ring)
  for (const id of lost) await forgetSubscriber(store, { id })
  if ((await strangeSecrets(store, ring)).has(STATUS_KEYS_ID)) await dropSecret(store, STATUS_KEYS_ID)
  return lost.length
}

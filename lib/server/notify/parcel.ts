/** Hides what goes out for one delivery and where to: the message as its place reads it, signed where the place asks for it, or why it cannot go. */
import 'server-only'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import type { Delivery } from '@/db/outbox'
import { readSecret, UnreadableSecret } from '@/db/secret'
import { readAddress } from '@/lib/domain/destination/address'
import type { DestinationKind } from '@/lib/domain/destination/kind'
import { isListening, type DestinationState } from '@/lib/domain/destination/state'
import { renderMail } from '@/lib/domain/message/mail'
import { linkOf, type Message, messageSchema } from '@/lib/domain/message/message'
import { render } from '@/lib/domain/message/render'
import { wordsOf } from '@/lib/domain/text'
import { CHECKPOINT_TOPIC } from '@/lib/server/checkpoint/outside'
import type { Attempt } from '@/lib/server/notify/answer'
import { calledBy } from '@/lib/server/notify/called'
import { PERSON_TOPIC, personOf } from '@/lib/server/notify/draft'
import { jsonLetter } from '@/lib/server/notify/post'
import { secretKey } from '@/lib/server/notify/secret-key'
import { signedLetter, signingSecrets } from '@/lib/server/notify/sign'
import type { WorkerOptions } from '@/lib/server/notify/worker-options'

/** `secret` is masked in what is written down of the answer. */
export type Parcel = 'held' | { readonly refused: string } | { readonly secret: string; readonly kind: DestinationKind; readonly send: (mayBeRepeat: boolean, at: Date) => Promise<Attempt> }

const UNREADABLE = 'The address or its signing secret was encrypted under another GATEHOUSE_SECRET. Start with that one as GATEHOUSE_SECRET_PREVIOUS, or enter it again; then send this again.'

/** Where a delivery goes and what is in it, or why it cannot go. */
export async function parcelOf(options: WorkerOptions, delivery: Delivery): Promise<Parcel> {
  try {
    return await openParcel(options, delivery)
  } catch (error) {
    // Waiting would not help: it is put aside with its reason, and can be sent again by hand.
    if (error instanceof UnreadableSecret) return { refused: UNREADABLE }
    throw error
  }
}

async function openParcel(options: WorkerOptions, delivery: Delivery): Promise<Parcel> {
  if (delivery.topic === CHECKPOINT_TOPIC) {
    const { checkpointWebhook = null } = options
    return checkpointWebhook === null ? { refused: 'No address takes checkpoints any more.' } : { secret: checkpointWebhook, kind: 'webhook', send: () => options.post(checkpointWebhook, jsonLetter(delivery.payload)) }
  }
  if (delivery.topic === PERSON_TOPIC) return personParcel(options, delivery)
  const destination = await loadAggregate(options.store, 'destination', delivery.destinationId ?? '')
  const message = messageSchema.safeParse(delivery.payload)
  if (!destination || !message.success) return { refused: destination ? 'The message cannot be read.' : 'The destination is gone.' }
  if (!isListening(destination.state)) return 'held'
  const secret = await readAddressOf(options, destination.state)
  if (secret === null) return { refused: 'The address is missing or not allowed. Change the address.' }
  const told = await withCheckpoint(options, message.data)
  const link = linkOf(options.publicUrl, message.data.path)
  const { id, kind } = destination.state
  const called = await calledBy(options.store, message.data)
  const attemptOf = (mayBeRepeat: boolean) => ({ deliveryId: delivery.id, mayBeRepeat, link, ...(called.length > 0 ? { called } : {}) })
  if (kind === 'email') {
    const { mail } = options
    if (!mail) return { refused: 'E-mail is not set up: SMTP_URL and MAIL_FROM are missing.' }
    const headers = { 'List-Unsubscribe': `<${linkOf(options.publicUrl, '/settings/notifications')}>` }
    return { secret, kind, send: (mayBeRepeat) => mail({ to: secret, ...renderMail(told, attemptOf(mayBeRepeat)), headers, id: delivery.id }) }
  }
  const payload = (mayBeRepeat: boolean): object => render(kind, told, attemptOf(mayBeRepeat))
  if (kind !== 'webhook') return { secret, kind, send: (mayBeRepeat) => options.post(secret, jsonLetter(payload(mayBeRepeat))) }
  const secrets = await signingSecrets(options.store, options.ring, id, (options.now ?? (() => new Date()))())
  if (secrets.length === 0) return { refused: 'The signing secret is missing. Make a new one.' }
  return { secret, kind, send: (mayBeRepeat, at) => options.post(secret, signedLetter(payload(mayBeRepeat), secrets, delivery.id, at)) }
}

/** An e-mail to one person, at the address that they have when it is sent. */
async function personParcel(options: WorkerOptions, delivery: Delivery): Promise<Parcel> {
  const personId = personOf(delivery.orderingKey)
  const [person, message] = [await loadAggregate(options.store, 'person', personId), messageSchema.safeParse(delivery.payload)]
  if (!person || person.state.archivedAt !== null || !message.success) return { refused: 'The person is gone, or the message cannot be read.' }
  const words = await revealTexts(options.store, [personId])
  const to = person.state.email === null ? '' : wordsOf(person.state.email, (hash) => words.get(hash))
  const { mail } = options
  if (!mail || to === '') return { refused: mail ? 'The person has no e-mail address.' : 'E-mail is not set up: SMTP_URL and MAIL_FROM are missing.' }
  const link = linkOf(options.publicUrl, message.data.path)
  const headers = { 'List-Unsubscribe': `<${linkOf(options.publicUrl, '/settings/account#notices')}>` }
  return { secret: to, kind: 'email', send: (mayBeRepeat) => mail({ to, ...renderMail(message.data, { deliveryId: delivery.id, mayBeRepeat, link }), headers, id: delivery.id }) }
}

/** A go is told with the checkpoint that seals it; a checkpoint that cannot be made keeps no message back. */
async function withCheckpoint({ checkpointLine, onError }: WorkerOptions, message: Message): Promise<Message> {
  if (!message.carriesCheckpoint || !checkpointLine) return message
  const line = await checkpointLine(new Date(message.happenedAt)).catch((error: unknown) => { onError?.(error); return null })
  return line === null ? message : { ...message, whatChanged: `${message.whatChanged}\n${line}` }
}

/** The address, if it is still one that messages may go to; the operator's list may have changed since. */
async function readAddressOf({ store, ring, allowedHosts }: WorkerOptions, { secretId, kind }: DestinationState): Promise<string | null> {
  const plain = await readSecret(store, ring, secretKey(secretId))
  const address = plain === null ? null : readAddress(kind, plain, allowedHosts)
  return address?.ok ? address.url : null
}

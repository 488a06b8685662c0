/** Tells subscribers what the public page says: puts down what is new, and sends it, again after a while where it did not arrive. */
import 'server-only'
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { v7 as newId } from 'uuid'
import { loggable } from '@/db/conflict'
import { claimLease, releaseLease } from '@/db/lease'
import { type KeyRing, unbox, UnreadableSecret } from '@/db/secret'
import { addNotices, confirmedSubscribers, confirmWish, dueNotices, forgetSubscriber, noteAttempt, tidySubscribers, type Notice, type Subscriber } from '@/db/status-subscriber'
import type { Store } from '@/db/store'
import type { PublicStatus } from '@/lib/domain/status/status'
import { registerStop } from '@/lib/public/lifecycle'
import { env } from '@/lib/server/env'
import { installationRing } from '@/lib/server/key-ring'
import type { Attempt } from '@/lib/server/notify/answer'
import { sendMail, type SendMail } from '@/lib/server/notify/mail'
import { jsonLetter, postTo, type Letter, type Post } from '@/lib/server/notify/post'
import { signedLetter } from '@/lib/server/notify/sign'
import { rawStore } from '@/lib/server/raw-store'
import { mailOf, newestOf, noticePayload, slackOf, webhookOf, type Links } from '@/lib/server/status/letters'
import { statusKeys, type StatusKeys } from '@/lib/server/status/keys'
import { boxIdOf, codeOf, signingSecretOf } from '@/lib/server/status/subscribers'

const log = pino({ name: 'subscribers', level: process.env['LOG_LEVEL'] ?? 'info' })

/** What is older when it is first seen was told elsewhere, or is history. */
const FRESH_MS = 3_600_000
/** After each failure; then it is given up, because the page says more by now. */
const AGAIN_MS = [10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000] as const
const AT_ONCE = 5
const BATCH = 50
const TURN_MS = 1_000
const TIDY_EVERY = 600
const KEPT_MS = 30 * 86_400_000
const LEASE = 'status subscribers'
const LEASE_MS = 120_000

/** Puts down what the picture newly says, for everyone who subscribed before it happened. Nothing is read where nobody subscribed. */
export async function noteIncidents(store: Store, status: PublicStatus, now: Date): Promise<void> {
  const fresh = status.incidents.map((one) => newestOf(one, status.title)).filter(({ payload }) => now.getTime() - Date.parse(payload.at) < FRESH_MS)
  if (fresh.length === 0) return
  const people = await confirmedSubscribers(store)
  await addNotices(store, people.flatMap(({ id, since }) => fresh.filter(({ payload }) => Date.parse(payload.at) >= since.getTime())
    .map(({ subject, payload }) => ({ id: newId(), subscriberId: id, subject, payload, at: now }))))
}

export interface Sending {
  readonly store: Store
  readonly keys: StatusKeys
  readonly ring: KeyRing
  readonly publicUrl: string
  readonly mail: SendMail
  readonly post: Post
}

/** Sends what is due. Out: how many notices were looked at. */
export async function sendDue(sending: Sending, now: Date): Promise<number> {
  const due = await dueNotices(sending.store, now, BATCH)
  for (let from = 0; from < due.length; from += AT_ONCE) await Promise.all(due.slice(from, from + AT_ONCE).map((notice) => sendOne(sending, notice, now)))
  return due.length
}

async function sendOne(sending: Sending, notice: Notice & { readonly subscriber: Subscriber | null }, now: Date): Promise<void> {
  const { store } = sending
  const { subscriber } = notice
  const attempts = notice.attempts + 1
  const payload = noticePayload.safeParse(notice.payload)
  if (subscriber === null || !payload.success || subscriber.isConfirmed === (payload.data.kind === 'confirm')) return noteAttempt(store, notice.id, attempts, null)
  // One address that cannot be read or a fault of ours must not keep the others from hearing.
  const attempt = await attemptOf(sending, notice, subscriber, now).catch((error: unknown) => {
    if (error instanceof UnreadableSecret) return 'unreadable' as const
    log.warn({ err: loggable(error), notice: notice.id }, 'a subscriber of the status page could not be told; it is tried again')
    return 'broken' as const
  })
  // The subscriber stays, because the earlier secret may come back; the news is old by then.
  if (attempt === 'unreadable') return noteAttempt(store, notice.id, attempts, null)
  if (attempt !== 'broken' && attempt.kind === 'answered' && attempt.status < 300) {
    if (subscriber.channel === 'webhook' && payload.data.kind === 'confirm') await takeChallenge(sending, subscriber, attempt.body, now)
    return noteAttempt(store, notice.id, attempts, null)
  }
  // Nobody is there any more: the address is forgotten, as its owner would want it.
  if (attempt !== 'broken' && attempt.kind === 'answered' && isGone(subscriber, attempt.status)) return forgetSubscriber(store, { id: subscriber.id })
  const wait = AGAIN_MS[attempts - 1]
  await noteAttempt(store, notice.id, attempts, wait === undefined ? null : new Date(now.getTime() + wait))
}

function isGone({ channel }: Subscriber, status: number): boolean {
  return channel === 'email' ? status === 550 || status === 553 : status === 404 || status === 410 || status === 403
}

async function attemptOf({ keys, ring, publicUrl, mail, post }: Sending, notice: Notice, subscriber: Subscriber, now: Date): Promise<Attempt> {
  const payload = noticePayload.parse(notice.payload)
  const challenge = codeOf(keys, 'confirm', subscriber.id)
  const links: Links = { origin: publicUrl, confirm: `${publicUrl}/status/subscribe/confirm/${challenge}`, end: `${publicUrl}/status/unsubscribe/${codeOf(keys, 'end', subscriber.id)}` }
  const address = unbox(ring, boxIdOf(subscriber.id), subscriber.boxed)
  if (subscriber.channel === 'email') return mail({ to: address, id: notice.id, ...mailOf(payload, links) })
  if (subscriber.channel === 'slack') return post(address, jsonLetter(slackOf(payload, links)))
  const signingSecret = signingSecretOf(keys, subscriber.id)
  return post(address, signedJson(webhookOf(payload, links, { challenge, signingSecret }), signingSecret, notice.id, now))
}

function signedJson(payload: object, secret: string, noticeId: string, now: Date): Letter {
  const { body, headers } = signedLetter(payload, [secret], noticeId, now)
  return { body, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } }
}

/** An endpoint confirms itself by answering with the challenge, as JSON or as plain text. */
async function takeChallenge({ store, keys }: Sending, subscriber: Subscriber, body: string, now: Date): Promise<void> {
  const challenge = codeOf(keys, 'confirm', subscriber.id)
  if (body.trim() === challenge || body.includes(`"${challenge}"`)) await confirmWish(store, createHash('sha256').update(challenge).digest('hex'), now)
}

/** Starts sending. Of several processes one sends. */
export function startTelling(): void {
  const owner = newId()
  const { publicUrl, webhookHosts } = env()
  let isStopped = false
  let turns = 0
  const turn = async (): Promise<void> => {
    const store = await rawStore()
    const now = new Date()
    if (!(await hasWork(store, now)) && turns % TIDY_EVERY !== 0) return
    if (!(await claimLease(store, LEASE, owner, now, LEASE_MS))) return
    if (turns % TIDY_EVERY === 0) await tidySubscribers(store, now, new Date(now.getTime() - KEPT_MS))
    try {
      await sendDue({ store, keys: await statusKeys(store), ring: installationRing(), publicUrl, mail: sendMail, post: postTo(webhookHosts) }, now)
    } finally {
      await releaseLease(store, LEASE, owner)
    }
  }
  const stop = new AbortController()
  const running = (async () => {
    while (!isStopped) {
      await turn().catch((error: unknown) => log.warn({ err: loggable(error) }, 'subscribers of the status page could not be told; it is tried again'))
      turns += 1
      await pause(TURN_MS, undefined, { signal: stop.signal, ref: false }).catch(() => undefined)
    }
  })()
  registerStop('the subscribers', async () => {
    isStopped = true
    stop.abort()
    await running
  })
}

async function hasWork(store: Store, now: Date): Promise<boolean> {
  return (await dueNotices(store, now, 1)).length > 0
}

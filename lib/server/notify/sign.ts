/** Hides how a letter to a plain webhook is signed, and where its signing secrets lie: Standard Webhooks 1.0.0, with the secret before it still signing for a day after a change. */
import 'server-only'
import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type KeyRing, putSecret, readSecret, UnreadableSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import type { Letter } from './post'

const PREFIX = 'whsec_'
/** How long receivers have to learn a new secret. */
export const OVERLAP_MS = 86_400_000

const keptSchema = z.strictObject({ current: z.string(), previous: z.string().nullable(), previousUntil: z.iso.datetime().nullable() })
type Kept = z.infer<typeof keptSchema>

/** Under which id the signing secrets of a destination lie among the secrets. */
export const signingKeyOf = (destinationId: string): string => `signing ${destinationId}`

/** A new secret: 32 random bytes, as receivers' libraries expect it. */
export function newSigningSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`
}

async function readKept(store: Store, ring: KeyRing, destinationId: string): Promise<Kept | null> {
  const plain = await readSecret(store, ring, signingKeyOf(destinationId))
  return plain === null ? null : keptSchema.parse(JSON.parse(plain))
}

/** Makes the signing secret of a destination, or another one beside it. Out: the new secret, which is shown once and never again. */
export async function makeSigningSecret(store: Store, ring: KeyRing, destinationId: string, now: Date): Promise<string> {
  const kept = await readKept(store, ring, destinationId).catch((error: unknown) => {
    // A new one is the way out where the old one cannot be read any more.
    if (error instanceof UnreadableSecret) return null
    throw error
  })
  const current = newSigningSecret()
  const next: Kept = { current, previous: kept?.current ?? null, previousUntil: kept ? new Date(now.getTime() + OVERLAP_MS).toISOString() : null }
  await putSecret(store, ring, signingKeyOf(destinationId), JSON.stringify(next))
  return current
}

/** The secrets that sign at an instant, newest first; empty when the destination has none. */
export async function signingSecrets(store: Store, ring: KeyRing, destinationId: string, now: Date): Promise<readonly string[]> {
  const kept = await readKept(store, ring, destinationId)
  if (!kept) return []
  const isOverlapping = kept.previous !== null && kept.previousUntil !== null && now.toISOString() < kept.previousUntil
  return [kept.current, ...(isOverlapping && kept.previous !== null ? [kept.previous] : [])]
}

/**
 * Signs a letter. In: the payload, the secrets (newest first), the delivery id, the instant of this attempt. Out: the letter whose headers
 * `webhook-id`, `webhook-timestamp` and `webhook-signature` any Standard Webhooks library verifies with any one of the secrets.
 */
export function signedLetter(payload: object, secrets: readonly string[], deliveryId: string, now: Date): Letter {
  const body = JSON.stringify(payload)
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${deliveryId}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    body,
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', 'webhook-id': deliveryId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') },
  }
}

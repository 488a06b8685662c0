/** The keys from which ids and codes of the status page are made; they outlive a change of GATEHOUSE_SECRET, so that links, badges and feeds do. */
import 'server-only'
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { keyRing, putSecret, readSecret, UnreadableSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { env } from '@/lib/server/env'

const kept = z.strictObject({ ids: z.string(), codes: z.string(), addresses: z.string() })

/** Of public ids, of the codes in subscribers' links, and of the hashes by which an address is found again. */
export type StatusKeys = Readonly<z.infer<typeof kept>>

/** Under which id they lie among the secrets. */
export const STATUS_KEYS_ID = 'status page keys'

/** The keys as an installation first makes them. In: its secret. */
export function keysFrom(secret: string): StatusKeys {
  const key = (about: string) => createHmac('sha256', secret).update(about).digest('hex')
  return { ids: key('status page ids'), codes: key('status subscriptions'), addresses: key('status addresses') }
}

/** An id of the outside, or the code of a link: whoever lacks the key learns nothing from it. */
export function keyed(key: string, text: string): Buffer {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest()
}

/**
 * The keys of this installation: made once, then kept encrypted. While they cannot be read, keys of the present secret stand in and are not kept,
 * because the earlier secret may come back.
 */
export async function statusKeys(store: Store, { secret, previousSecrets = [] }: { readonly secret: string; readonly previousSecrets?: readonly string[] } = env()): Promise<StatusKeys> {
  const ring = keyRing(secret, previousSecrets)
  try {
    const plain = await readSecret(store, ring, STATUS_KEYS_ID)
    if (plain !== null) return kept.parse(JSON.parse(plain))
  } catch (error) {
    if (error instanceof UnreadableSecret) return keysFrom(secret)
    throw error
  }
  // An installation that is older than its kept keys made its ids of the first secret.
  const made = keysFrom(previousSecrets.at(-1) ?? secret)
  // A database that takes no writes must not keep the page away; the same keys are made again next time.
  await putSecret(store, ring, STATUS_KEYS_ID, JSON.stringify(made)).catch(() => undefined)
  return made
}

/** Hides the Ed25519 keys of the installation: made at first use, private halves encrypted, replaced with an overlap in which both sign. */
import 'server-only'
import { createHash, createPrivateKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { checkpointKeys, endorsementOf, firstEntry, keepKey, privateKeyId, type CheckpointKeyRow } from '@/db/checkpoint'
import { type KeyRing, readSecret, UnreadableSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { endorsementText } from '@/lib/domain/evidence-pack/statement'
import { processWide } from '@/lib/public/process-wide'

/** How long a replaced key signs beside its successor, in days: long enough for everybody who holds the old fingerprint to take the new one. */
export const OVERLAP_DAYS = 30

export interface PublicKeyFacts {
  readonly id: string
  /** SHA-256 of the key's SPKI form, hexadecimal. */
  readonly fingerprint: string
  /** Base64 of SPKI. */
  readonly publicKey: string
  readonly createdAt: string
  readonly retiresAt: string | null
  readonly endorsement: { readonly by: string; readonly signature: string } | null
}

/** In: base64 of a key's SPKI form. Out: its fingerprint in hexadecimal. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')
}

/** What everybody may know of a key. */
export function factsOf(row: CheckpointKeyRow): PublicKeyFacts {
  return {
    id: row.id, fingerprint: fingerprintOf(row.publicKey), publicKey: row.publicKey, createdAt: row.createdAt.toISOString(),
    retiresAt: row.retiresAt?.toISOString() ?? null, endorsement: endorsementOf(row),
  }
}

/** The key as a PEM file, for other tools. */
export function pemOf(publicKey: string): string {
  return `-----BEGIN PUBLIC KEY-----\n${publicKey.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PUBLIC KEY-----\n`
}

/** Signs a text. Out: 128 hexadecimal digits. Thrown: when the private half is gone or was encrypted under another secret. */
export async function signText(store: Store, ring: KeyRing, keyId: string, text: string | Uint8Array): Promise<string> {
  const pem = await readSecret(store, ring, privateKeyId(keyId))
  if (pem === null) throw new Error(`The private half of the checkpoint key ${keyId} is missing. Restore it from a backup, or replace the key.`)
  return signBytes(null, typeof text === 'string' ? Buffer.from(text) : text, createPrivateKey(pem)).toString('hex')
}

/** The keys that sign now, newest first: one, or during an overlap two. The first key is made when there is none. */
export async function signingKeys(store: Store, ring: KeyRing, now: Date): Promise<readonly CheckpointKeyRow[]> {
  const active = async () => (await checkpointKeys(store)).filter((key) => key.retiresAt === null || key.retiresAt > now).toReversed()
  const keys = await active()
  if (keys.length > 0) return keys
  // Two first uses at once would make two first keys.
  const turn = processWide<{ making: Promise<void> | null }>('checkpoint-key', () => ({ making: null }))
  turn.making ??= makeKey(store, ring, null, now).finally(() => { turn.making = null })
  await turn.making
  return active()
}

/**
 * Makes a new key, endorsed by the newest one, which signs along for the time of the overlap. Where the private half of the newest one cannot be read
 * any more, the new key has nobody's word but that of the log, and signs alone. Out: the new key.
 */
export async function rotateKey(store: Store, ring: KeyRing, now: Date): Promise<PublicKeyFacts> {
  const [newest] = await signingKeys(store, ring, now)
  await makeKey(store, ring, newest ?? null, now)
  const made = (await checkpointKeys(store)).at(-1)
  if (!made) throw new Error('the new key was not kept')
  return factsOf(made)
}

async function makeKey(store: Store, ring: KeyRing, older: CheckpointKeyRow | null, now: Date): Promise<void> {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const id = fingerprintOf(publicKey).slice(0, 16)
  const first = await firstEntry(store)
  const text = endorsementText({ at: now.toISOString(), installation: first?.hash ?? '', key: id, publicKey })
  const endorsement = older ? await endorsedBy(store, ring, older.id, text) : null
  const retiresAt = older !== null && endorsement === null ? now : new Date(now.getTime() + OVERLAP_DAYS * 86_400_000)
  await keepKey(store, ring, { id, publicKey, createdAt: now, retiresAt: null, endorsement }, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), older && { id: older.id, retiresAt })
}

async function endorsedBy(store: Store, ring: KeyRing, by: string, text: string): Promise<CheckpointKeyRow['endorsement']> {
  try {
    return { by, signature: await signText(store, ring, by, text) }
  } catch (error) {
    if (error instanceof UnreadableSecret) return null
    throw error
  }
}

/** Hides how webhook URLs and credentials lie encrypted in the database (AES-256-GCM, key derived from GATEHOUSE_SECRET). */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'

/** The key that seals, and older ones that still open. */
export interface KeyRing {
  readonly current: Key
  readonly older: readonly Key[]
}

interface Key {
  readonly id: string
  readonly bytes: Buffer
}

/** Derives the ring. In: the installation's secret, and earlier secrets while they are being replaced. */
export function keyRing(secret: string, older: readonly string[] = []): KeyRing {
  return { current: keyOf(secret), older: older.map(keyOf) }
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, 'gatehouse', 'secrets at rest/1', 32))
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes }
}

/** Encrypts a value for the row `id`; a box moved to another row does not open. */
export function box(ring: KeyRing, id: string, plain: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', ring.current.bytes, iv).setAAD(Buffer.from(id))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return ['1', ring.current.id, ...[iv, body, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
}

/** A box that was made under a secret which is not in the ring: whoever meets it says so and goes on with the rest. */
export class UnreadableSecret extends Error {
  override readonly name = 'UnreadableSecret'

  constructor() {
    super('A stored secret was encrypted under another GATEHOUSE_SECRET. Restore that secret, or enter the value again.')
  }

  // Pages, routes and the worker each have their own instance of this module.
  static override [Symbol.hasInstance](value: unknown): value is UnreadableSecret {
    return value instanceof Error && value.name === 'UnreadableSecret'
  }
}

function keyFor(ring: KeyRing, boxed: string): Key | null {
  const [form, keyId] = boxed.split('.')
  return form === '1' ? ([ring.current, ...ring.older].find((one) => one.id === keyId) ?? null) : null
}

/** How a box stands to the ring: under the current key, under an older one, or under none of them. */
export function sealOf(ring: KeyRing, boxed: string): 'current' | 'older' | 'strange' {
  const key = keyFor(ring, boxed)
  if (key === null) return 'strange'
  return key.id === ring.current.id ? 'current' : 'older'
}

/** Opens a box. Thrown: `UnreadableSecret` when it was made under a secret that is not in the ring; another error when it was altered or belongs to another row. */
export function unbox(ring: KeyRing, id: string, boxed: string): string {
  const [, , iv = '', body = '', tag = ''] = boxed.split('.')
  const key = keyFor(ring, boxed)
  if (!key) throw new UnreadableSecret()
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(iv, 'base64url'), { authTagLength: 16 }).setAAD(Buffer.from(id))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
}

/** The write that keeps or replaces a secret, for the plan of the command that brought it. */
export function secretWrite(ring: KeyRing, id: string, plain: string): Write {
  const boxed = box(ring, id, plain)
  return write((tx, { secret }) => tx.insert(secret).values({ id, boxed }).onConflictDoUpdate({ target: secret.id, set: { boxed } }).returning({ id: secret.id }))
}

/** Keeps a secret by itself. */
export async function putSecret(store: Store, ring: KeyRing, id: string, plain: string): Promise<void> {
  await store.commit({ writes: [secretWrite(ring, id, plain)] })
}

/** The plain value, or null when there is none under this id. */
export async function readSecret(store: Store, ring: KeyRing, id: string): Promise<string | null> {
  const [row] = await store.db.select().from(store.t.secret).where(eq(store.t.secret.id, id))
  return row ? unbox(ring, id, row.boxed) : null
}

/** Takes a secret away, where there is one. */
export async function dropSecret(store: Store, id: string): Promise<void> {
  await store.db.delete(store.t.secret).where(eq(store.t.secret.id, id)).returning({ id: store.t.secret.id })
}

/** Ids of the values that no key of the ring opens. */
export async function strangeSecrets(store: Store, ring: KeyRing): Promise<ReadonlySet<string>> {
  const rows = await store.db.select().from(store.t.secret)
  return new Set(rows.filter((row) => sealOf(ring, row.boxed) === 'strange').map((row) => row.id))
}

/** Encrypts everything that an older key opens under the current one; what no key opens stays as it is. Out: how many boxes were renewed. */
export async function renewSecrets(store: Store, ring: KeyRing): Promise<number> {
  const { secret } = store.t
  let renewed = 0
  for (const { id, boxed } of await store.db.select().from(secret)) {
    if (sealOf(ring, boxed) !== 'older') continue
    // Whoever replaced the value meanwhile sealed the newer one.
    const rows = await store.db.update(secret).set({ boxed: box(ring, id, unbox(ring, id, boxed)) }).where(and(eq(secret.id, id), eq(secret.boxed, boxed))).returning({ id: secret.id })
    renewed += rows.length
  }
  return renewed
}

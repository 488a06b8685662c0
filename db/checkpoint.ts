/** Hides the rows of signed checkpoints and of the keys that sign them. */
import { and, asc, desc, eq, gt, gte, like, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Head } from '@/db/chain'
import type { OutboxDraft } from '@/db/commit'
import { type KeyRing, secretWrite } from '@/db/secret'
import type { Store } from '@/db/store'
import { write } from '@/db/write'

export type Checkpoint = Store['t']['checkpoint']['$inferSelect']
export type CheckpointKeyRow = Store['t']['checkpointKey']['$inferSelect']

/** Under which id the private half of a key lies among the secrets. */
export function privateKeyId(keyId: string): string {
  return `checkpoint-key ${keyId}`
}

/** Keeps a new key; the one before it, if any, signs along until `olderRetiresAt`. The private half (PEM) is encrypted at once. */
export async function keepKey(store: Store, ring: KeyRing, key: CheckpointKeyRow, privatePem: string, older: { readonly id: string; readonly retiresAt: Date } | null): Promise<void> {
  await store.commit({
    writes: [
      secretWrite(ring, privateKeyId(key.id), privatePem),
      write((tx, t) => tx.insert(t.checkpointKey).values(key).returning({ id: t.checkpointKey.id })),
      ...(older ? [write((tx, t) => tx.update(t.checkpointKey).set({ retiresAt: older.retiresAt }).where(eq(t.checkpointKey.id, older.id)).returning({ id: t.checkpointKey.id }))] : []),
    ],
  })
}

/** Every key that ever signed, oldest first. */
export async function checkpointKeys(store: Store): Promise<readonly CheckpointKeyRow[]> {
  const { checkpointKey } = store.t
  return store.db.select().from(checkpointKey).orderBy(asc(checkpointKey.createdAt), asc(checkpointKey.id))
}

/** Keeps signed checkpoints, with what is to be sent of them. */
export async function keepCheckpoints(store: Store, rows: readonly Checkpoint[], outbox: readonly OutboxDraft[]): Promise<void> {
  await store.commit({ writes: rows.map((row) => write((tx, t) => tx.insert(t.checkpoint).values(row).returning({ id: t.checkpoint.id }))), outbox })
}

/** Checkpoints, newest first, at most so many. */
export async function newestCheckpoints(store: Store, limit: number): Promise<readonly Checkpoint[]> {
  const { checkpoint } = store.t
  return store.db.select().from(checkpoint).orderBy(desc(checkpoint.seq), desc(checkpoint.at), desc(checkpoint.id)).limit(limit)
}

/** Every checkpoint, oldest first. */
export async function allCheckpoints(store: Store): Promise<readonly Checkpoint[]> {
  const { checkpoint } = store.t
  return store.db.select().from(checkpoint).orderBy(asc(checkpoint.seq), asc(checkpoint.at), asc(checkpoint.id))
}

/** The first checkpoint that was made at or after an instant, or null. */
export async function checkpointSince(store: Store, at: Date): Promise<Checkpoint | null> {
  const { checkpoint } = store.t
  const [row] = await store.db.select().from(checkpoint).where(gte(checkpoint.at, at)).orderBy(asc(checkpoint.at), asc(checkpoint.id)).limit(1)
  return row ?? null
}

/** The first entry of the log, whose hash names the installation; null while the log is empty. */
export async function firstEntry(store: Store): Promise<Head | null> {
  const { logEntry } = store.t
  const [row] = await store.db.select({ seq: logEntry.seq, hash: logEntry.hash }).from(logEntry).where(eq(logEntry.seq, 1))
  return row ?? null
}

/** Whether a go was recorded after an entry. */
export async function goSince(store: Store, seq: number): Promise<boolean> {
  const { logEntry } = store.t
  const [row] = await store.db.select({ seq: logEntry.seq }).from(logEntry)
    .where(and(gt(logEntry.seq, seq), eq(logEntry.type, 'decided'), or(like(logEntry.body, '%"kind":"go"%'), like(logEntry.body, '%"kind":"go-with-conditions"%')))).limit(1)
  return row !== undefined
}

const Endorsement = z.object({ by: z.string(), signature: z.string() })

/** Who endorsed a key, with the signature over it; null for the first key. */
export function endorsementOf(row: CheckpointKeyRow): z.infer<typeof Endorsement> | null {
  return Endorsement.nullable().parse(row.endorsement)
}

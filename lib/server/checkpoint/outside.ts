/** Hides how checkpoints leave the machine: one file each in a folder, and one post each to an address; whoever rewrites the log cannot take them back. */
import 'server-only'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { v7 as uuid } from 'uuid'
import { allCheckpoints, checkpointKeys, type Checkpoint, type CheckpointKeyRow } from '@/db/checkpoint'
import type { OutboxDraft } from '@/db/commit'
import type { Store } from '@/db/store'

export const CHECKPOINT_TOPIC = 'checkpoint'

export interface Outside {
  readonly dir: string | null
  readonly webhook: string | null
}

/** One checkpoint with the key that signed it: enough to check it, and to hold a pack against it (`verify.mjs --checkpoint`). */
function letterOf({ statement, signature, keyId, reason }: Checkpoint, keys: readonly CheckpointKeyRow[]): Readonly<Record<string, string>> {
  return { statement, signature, publicKey: keys.find((key) => key.id === keyId)?.publicKey ?? '', reason }
}

function nameOf({ seq, keyId, id }: Checkpoint): string {
  return `checkpoint-${String(seq).padStart(10, '0')}-${keyId}-${id.slice(-6)}.json`
}

/** Writes those checkpoints that the folder lacks; each appears whole or not at all, and none is ever overwritten. Out: how many were written. Throws when the folder cannot be written. */
export async function fileCheckpoints(store: Store, dir: string, some?: readonly Checkpoint[]): Promise<number> {
  await mkdir(dir, { recursive: true })
  const there = new Set(await readdir(dir))
  const missing = (some ?? (await allCheckpoints(store))).filter((one) => !there.has(nameOf(one)))
  const keys = await checkpointKeys(store)
  for (const one of missing) {
    const draft = path.join(dir, `.${uuid()}`)
    await writeFile(draft, `${JSON.stringify(letterOf(one, keys))}\n`, { flag: 'wx', mode: 0o644 })
    await rename(draft, path.join(dir, nameOf(one)))
  }
  return missing.length
}

/** The posts of new checkpoints, for the outbox; they are tried again like every other delivery. */
export function webhookDrafts(rows: readonly Checkpoint[], keys: readonly CheckpointKeyRow[], now: Date): readonly OutboxDraft[] {
  return rows.map((row) => ({
    id: uuid({ msecs: now.getTime() }), dedupeKey: `checkpoint ${row.id}`, topic: CHECKPOINT_TOPIC, orderingKey: CHECKPOINT_TOPIC, destinationId: null, nextAt: now,
    payload: { type: 'gatehouse.checkpoint', ...letterOf(row, keys) },
  }))
}

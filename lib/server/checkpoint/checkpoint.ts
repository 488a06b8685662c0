/** Makes signed checkpoints of the log: what the installation says about its own record, so that it cannot say otherwise later. */
import 'server-only'
import { v7 as uuid } from 'uuid'
import { checkpointKeys, checkpointSince, firstEntry, keepCheckpoints, newestCheckpoints, type Checkpoint } from '@/db/checkpoint'
import { logHead } from '@/db/log'
import type { KeyRing } from '@/db/secret'
import type { Store } from '@/db/store'
import { statementText, type CheckpointReason } from '@/lib/domain/evidence-pack/statement'
import { loggable } from '@/lib/public/loggable'
import { signingKeys, signText } from '@/lib/server/checkpoint/keys'
import { fileCheckpoints, type Outside, webhookDrafts } from '@/lib/server/checkpoint/outside'

export interface Signing {
  readonly store: Store
  readonly ring: KeyRing
  readonly now: Date
  /** Where what is made leaves the machine; nowhere unless said. */
  readonly outside?: Outside
}

/** Signs the log's head with every key that signs now, newest key first, and keeps nothing. Out: empty while the log is empty. */
export async function signHead({ store, ring, now }: Signing, reason: CheckpointReason): Promise<readonly Checkpoint[]> {
  const first = await firstEntry(store)
  if (!first) return []
  const head = await logHead(store)
  const signed: Checkpoint[] = []
  for (const { id: key } of await signingKeys(store, ring, now)) {
    const statement = statementText({ at: now.toISOString(), hash: head.hash, installation: first.hash, key, seq: head.seq })
    signed.push({ id: uuid({ msecs: now.getTime() }), seq: head.seq, hash: head.hash, at: now, keyId: key, reason, statement, signature: await signText(store, ring, key, statement) })
  }
  return signed
}

/** Signs the head, keeps it, and lets it leave the machine. A folder that cannot be written is said and made good at the next start. */
export async function makeCheckpoint(signing: Signing, reason: CheckpointReason): Promise<readonly Checkpoint[]> {
  const { store, outside, now } = signing
  const signed = await signHead(signing, reason)
  if (signed.length === 0) return signed
  await keepCheckpoints(store, signed, outside?.webhook ? webhookDrafts(signed, await checkpointKeys(store), now) : [])
  if (outside?.dir) await fileCheckpoints(store, outside.dir, signed).catch((error: unknown) => console.error(`The checkpoints could not be written to ${outside.dir}`, loggable(error)))
  return signed
}

/** The checkpoints of the head by the newest key, made only when the log has moved on since the last: so equal records give equal packs. */
export async function headCheckpoint(signing: Signing, reason: CheckpointReason, mayKeep = true): Promise<Checkpoint | null> {
  const head = await logHead(signing.store)
  const [newest] = await signingKeys(signing.store, signing.ring, signing.now)
  const known = (await newestCheckpoints(signing.store, 8)).find((one) => one.seq === head.seq && one.hash === head.hash && one.keyId === newest?.id)
  if (known) return known
  return (await (mayKeep ? makeCheckpoint : signHead)(signing, reason))[0] ?? null
}

/** The checkpoint that a message about something at that instant names: the first one since, made now where there is none yet. */
export async function checkpointFor(signing: Signing, happenedAt: Date): Promise<Checkpoint | null> {
  return (await checkpointSince(signing.store, happenedAt)) ?? (await makeCheckpoint(signing, 'go'))[0] ?? null
}

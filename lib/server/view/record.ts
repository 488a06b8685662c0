/** Reads how the record stands: the last check, the head, the checkpoints and the keys. */
import 'server-only'
import { checkpointKeys, firstEntry, newestCheckpoints } from '@/db/checkpoint'
import { logHead } from '@/db/log'
import { listeningDestinations } from '@/db/destination'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { KeyView, RecordView } from '@/lib/domain/evidence-pack/view'
import { factsOf } from '@/lib/server/checkpoint/keys'
import { env } from '@/lib/server/env'
import { lastRecordCheck } from '@/lib/server/record-check'
import { whyNot } from '@/lib/server/view/people'

const SHOWN = 50

/** The public keys, newest first. */
export async function publicKeys(store: Store, now = new Date()): Promise<readonly KeyView[]> {
  return (await checkpointKeys(store)).map((row): KeyView => {
    const { id, fingerprint, publicKey, createdAt, retiresAt, endorsement } = factsOf(row)
    return { id, fingerprint, publicKey, createdAt, retiresAt, endorsedBy: endorsement?.by ?? null, isSigning: row.retiresAt === null || row.retiresAt > now }
  }).toReversed()
}

/** The Record screen for whoever looks; everybody signed in may. */
export async function recordView(store: Store, actor: Actor): Promise<RecordView> {
  const [head, first, keys, checkpoints, listeners] = await Promise.all([logHead(store), firstEntry(store), publicKeys(store), newestCheckpoints(store, SHOWN), listeningDestinations(store)])
  const check = lastRecordCheck()
  const { dir, webhook } = env().checkpoints
  return {
    check: check === null ? { state: 'waiting', at: null, seq: null, faults: [] } : { state: check.faults.length === 0 ? 'sound' : 'faulty', ...check },
    head, installation: first?.hash ?? null, keys,
    checkpoints: checkpoints.map(({ id, seq, hash, at, reason, keyId }) => ({ id, seq, hash, at: at.toISOString(), reason, key: keyId })),
    outside: { isFiled: dir !== null, isPosted: webhook !== null, isInSlack: listeners.some((one) => one.eventKinds.includes('decision')) },
    refusals: { check: whyNot(actor, 'record.check'), checkpoint: whyNot(actor, 'record.checkpoint'), replaceKey: whyNot(actor, 'record.replace-key'), packPeriod: whyNot(actor, 'evidence-pack.period') },
  }
}

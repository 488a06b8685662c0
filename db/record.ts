/** Examines the whole record: the chain, held to the newest checkpoint, and every stored state, held to its entries. */
import { newestCheckpoints } from '@/db/checkpoint'
import { verifyChain, verifyStates } from '@/db/log'
import type { Store } from '@/db/store'

export interface RecordFindings {
  /** The last entry that was checked; null when the chain broke before. */
  readonly seq: number | null
  /** Hash of the last entry; null when the chain broke before. */
  readonly hash: string | null
  /** One sentence per fault; empty when the record verifies. */
  readonly faults: readonly string[]
}

/** Walks the whole log and replays every aggregate; only reads. Thrown: broken I/O. */
export async function examineRecord(store: Store): Promise<RecordFindings> {
  // What the installation has signed holds the chain to what it was, also when all of it was written anew.
  const [newest] = await newestCheckpoints(store, 1)
  const chain = await verifyChain(store, newest && { seq: newest.seq, hash: newest.hash })
  if (chain.verdict !== 'sound') return { seq: null, hash: null, faults: [`the log is not what was written: ${JSON.stringify(chain)}`] }
  const faults = await verifyStates(store)
  return { seq: chain.head.seq, hash: chain.head.hash, faults: faults.map(({ kind, id, fault }) => `${kind} ${id}: ${fault}`) }
}

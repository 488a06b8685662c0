/** Checks at each start, beside the first requests, and when somebody asks, that the log verifies and that replaying it gives what is stored. */
import 'server-only'
import { newestCheckpoints } from '@/db/checkpoint'
import { verifyChain, verifyStates } from '@/db/log'
import { processWide } from '@/lib/public/process-wide'
import { rawStore } from '@/lib/server/raw-store'

export interface RecordCheck {
  readonly at: string
  /** The last entry that was checked; null when the chain broke before. */
  readonly seq: number | null
  /** One sentence per fault; empty when the record verifies. */
  readonly faults: readonly string[]
}

interface CheckState {
  last: RecordCheck | null
  running: Promise<RecordCheck> | null
}

const state = () => processWide<CheckState>('record-check', () => ({ last: null, running: null }))

/** What the last check in this process found; `null` until the first has ended. */
export function lastRecordCheck(): RecordCheck | null {
  return state().last
}

/** What the last check found: one sentence per fault, empty when the record verifies, `null` while the first one runs. */
export function recordFaults(): readonly string[] | null {
  return state().last?.faults ?? null
}

/** Checks the whole record now; whoever asks while a check runs gets its result. */
export function checkRecord(now = new Date()): Promise<RecordCheck> {
  const kept = state()
  kept.running ??= check(now).then((found) => (kept.last = found)).finally(() => { kept.running = null })
  return kept.running
}

/** Starts the check; does not wait for it. A record that does not verify is said on the console and keeps nobody from reading it. */
export function startRecordCheck(): void {
  checkRecord()
    .then(({ faults }) => {
      for (const fault of faults) console.error(`The record does not verify: ${fault}`)
    })
    .catch((error: unknown) => {
      console.error('The record could not be checked', error)
    })
}

async function check(now: Date): Promise<RecordCheck> {
  const store = await rawStore()
  // What the installation has signed holds the chain to what it was, also when all of it was written anew.
  const [newest] = await newestCheckpoints(store, 1)
  const chain = await verifyChain(store, newest && { seq: newest.seq, hash: newest.hash })
  if (chain.verdict !== 'sound') return { at: now.toISOString(), seq: null, faults: [`the log is not what was written: ${JSON.stringify(chain)}`] }
  const faults = await verifyStates(store)
  return { at: now.toISOString(), seq: chain.head.seq, faults: faults.map(({ kind, id, fault }) => `${kind} ${id}: ${fault}`) }
}

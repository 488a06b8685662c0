/** Checks at each start, beside the first requests, that the log verifies and that replaying it gives what is stored. */
import 'server-only'
import { verifyChain, verifyStates } from '@/db/log'
import { processWide } from '@/lib/public/process-wide'
import { rawStore } from '@/lib/server/raw-store'

/** `null` while it runs; an empty list when the record verifies. */
interface CheckState {
  faults: readonly string[] | null
}

const state = () => processWide<CheckState>('record-check', () => ({ faults: null }))

/** What the check of this start found: one sentence per fault, empty when the record verifies, `null` while it runs. */
export function recordFaults(): readonly string[] | null {
  return state().faults
}

/** Starts the check; does not wait for it. A record that does not verify is said on the console and keeps nobody from reading it. */
export function startRecordCheck(): void {
  check()
    .then((faults) => {
      state().faults = faults
      for (const fault of faults) console.error(`The record does not verify: ${fault}`)
    })
    .catch((error: unknown) => {
      console.error('The record could not be checked', error)
    })
}

async function check(): Promise<readonly string[]> {
  const store = await rawStore()
  const chain = await verifyChain(store)
  if (chain.verdict !== 'sound') return [`the log is not what was written: ${JSON.stringify(chain)}`]
  const faults = await verifyStates(store)
  return faults.map(({ kind, id, fault }) => `${kind} ${id}: ${fault}`)
}

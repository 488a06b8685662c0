/** Checks at each start, beside the first requests, and when somebody asks, that the log verifies and that replaying it gives what is stored. */
import 'server-only'
import { examineRecord } from '@/db/record'
import { loggable } from '@/lib/public/loggable'
import { processWide } from '@/lib/public/process-wide'
import { isStopping } from '@/lib/public/streams'
import { rawStore } from '@/lib/server/raw-store'
import { examineApart } from '@/lib/server/record-apart'

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
      if (!isStopping()) console.error('The record could not be checked', loggable(error))
    })
}

async function check(now: Date): Promise<RecordCheck> {
  const { seq, faults } = (await examineApart()) ?? (await examineRecord(await rawStore()))
  return { at: now.toISOString(), seq, faults }
}

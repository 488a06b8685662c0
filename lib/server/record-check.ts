/** Checks at each start, beside the first requests, and when somebody asks, that the log verifies and that replaying it gives what is stored. */
import 'server-only'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { z } from 'zod'
import { examineRecord, type RecordFindings } from '@/db/record'
import { registerStop } from '@/lib/public/lifecycle'
import { processWide } from '@/lib/public/process-wide'
import { env } from '@/lib/server/env'
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
  const { seq, faults } = (await examineApart()) ?? (await examineRecord(await rawStore()))
  return { at: now.toISOString(), seq, faults }
}

/** The built command line; without it (development, tests) the record is examined in this process. */
const COMMAND_LINE = 'dist/gatehouse.js'
const findings = z.object({ seq: z.number().nullable(), hash: z.string().nullable(), faults: z.array(z.string()) })

/**
 * Examines the record in a process of its own, of low priority: the walk over the whole log keeps no request waiting, and the memory
 * that it takes goes with it. Out: null where that cannot be; then whoever asks examines it here.
 */
async function examineApart(): Promise<RecordFindings | null> {
  if (process.env.NODE_ENV !== 'production' || env().databaseUrl === ':memory:' || !existsSync(COMMAND_LINE)) return null
  const child = spawn(process.execPath, [COMMAND_LINE, 'verify', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  registerStop('the check of the record', () => Promise.resolve(void child.kill()))
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  const said: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => said.push(part))
  await new Promise<void>((resolve) => { child.once('close', () => { resolve() }).once('error', () => { resolve() }) })
  // Ended by the end of this process: nobody asks any more, and the database may be closed.
  if (child.killed) return new Promise(() => undefined)
  const read = findings.safeParse(parsed(Buffer.concat(said).toString()))
  return read.success ? read.data : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Hides how the record is examined in a process of its own, of low priority: the walk over the whole log keeps no request waiting, and the memory that it takes goes with it. */
import 'server-only'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { z } from 'zod'
import type { RecordFindings } from '@/db/record'
import { registerStop } from '@/lib/public/lifecycle'
import { isStopping } from '@/lib/public/streams'
import { env } from '@/lib/server/env'

/** The built command line; without it (development, tests) there is nothing to start. */
const COMMAND_LINE = 'dist/gatehouse.js'
/** One line per fault: a database whose states are all wrong may say a lot. */
const MOST_BYTES = 64 * 1024 * 1024
const findings = z.object({ seq: z.number().nullable(), hash: z.string().nullable(), faults: z.array(z.string()) })

/** Examines the record apart. Out: null where that cannot be; then whoever asks examines it here. Thrown: this process ends. */
export async function examineApart(): Promise<RecordFindings | null> {
  if (process.env.NODE_ENV !== 'production' || env().databaseUrl === ':memory:' || !existsSync(COMMAND_LINE)) return null
  return askApart(process.execPath, [COMMAND_LINE, 'verify', '--json'])
}

/**
 * Runs a program that says what it found and ends with 1 when it found a fault, else with 0. In: the program and its words. Out: null,
 * after a word on the console, when it did not start, broke, or says something else than its exit code. Thrown: this process ends.
 */
export function askApart(program: string, words: readonly string[]): Promise<RecordFindings | null> {
  return new Promise((resolve, reject) => {
    const unheard = (why: string) => {
      console.warn(`The record is checked in the server itself, because the separate check did not answer: ${why}`)
      resolve(null)
    }
    try {
      const child = execFile(program, words, { maxBuffer: MOST_BYTES }, (error, said, complaint) => {
        // An interrupt reaches both processes at once: whoever asked is told the end, and nothing is examined on a database that closes.
        if (isStopping()) return reject(new Error('the check of the record ended with the server'))
        const found = read(said)
        if (found && (error === null ? 0 : error.code) === (found.faults.length > 0 ? 1 : 0)) resolve(found)
        else unheard(`${error?.message ?? 'it said nothing that can be read'} ${complaint.slice(-1000)}`.trim())
      })
      const ended = new Promise<void>((over) => child.once('close', () => { over() }).once('error', () => { over() }))
      registerStop('the check of the record', async () => {
        child.kill()
        await ended
      })
      yieldTo(child.pid)
    } catch (error) {
      unheard(String(error))
    }
  })
}

/** Lets a process wait for others. It may have ended already, or run where that is not allowed: then it runs like any other. */
function yieldTo(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch { /* as it is */ }
}

function read(text: string): RecordFindings | null {
  try {
    return findings.parse(JSON.parse(text))
  } catch {
    return null
  }
}

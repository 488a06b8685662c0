/** Hides how a report is read in a process of its own: whatever its sender made of it, it costs that process a bounded time and memory, and nobody else's request waits. */
import 'server-only'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { ReportReading } from '@/lib/domain/evidence-import/report'
import { readReport } from '@/lib/server/evidence/read-report'
import { turnFor } from '@/lib/server/outbound-turn'

const run = promisify(execFile)

/** The built reader; without it (development, tests) a report is read here. */
const READER = 'dist/read-report.js'
/** An honest report of the largest size that is taken reads within 7 s and 256 MB of heap on a slow core. */
const LIMITS = { timeMs: 30_000, heapMb: 384, waitMs: 45_000 }

const reading = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), counts: z.object({ format: z.enum(['great-expectations', 'junit', 'gatehouse']), passed: z.number(), failed: z.number(), skipped: z.number() }) }),
  z.object({ ok: z.literal(false), problem: z.string() }),
])

/**
 * Reads a report without keeping anybody waiting. In: the file as bytes, and what ends the asking. Out: what `readReport` says; a problem too when reading
 * takes more time or memory than an honest report of that size; null when other reports stood before it for too long. Thrown: the reader cannot be started.
 */
export async function readReportApart(bytes: Uint8Array, gone: AbortSignal): Promise<ReportReading | null> {
  if (process.env.NODE_ENV !== 'production' || !existsSync(READER)) return readReport(bytes)
  return askReader(READER, bytes, gone)
}

/** The same by a named reader. One reads at a time: two hostile reports must not take the memory twice. */
export async function askReader(reader: string, bytes: Uint8Array, gone: AbortSignal, limits: typeof LIMITS = LIMITS): Promise<ReportReading | null> {
  const giveBack = await turnFor('the reader of reports', 1, AbortSignal.any([gone, AbortSignal.timeout(limits.waitMs)]))
  if (giveBack === null) return null
  try {
    return reading.parse(JSON.parse(await ask(reader, bytes, gone, limits)))
  } catch (error) {
    if (gone.aborted) return null
    if (isSpent(error)) return { ok: false, problem: 'The report takes more time or memory to read than any of its size should. Import a smaller one, or the counts in the Gatehouse result schema.' }
    throw error
  } finally {
    giveBack()
  }
}

async function ask(reader: string, bytes: Uint8Array, signal: AbortSignal, { timeMs, heapMb }: typeof LIMITS): Promise<string> {
  const asked = run(process.execPath, [`--max-old-space-size=${heapMb}`, reader], { timeout: timeMs, killSignal: 'SIGKILL', signal })
  // A reader that ends early leaves the pipe; how it ended is told by its end.
  asked.child.stdin?.on('error', () => undefined)
  asked.child.stdin?.end(bytes)
  return (await asked).stdout
}

/** V8 ends a process that is out of memory by SIGABRT; the clock above, and a system that is out of memory, by SIGKILL. */
function isSpent(error: unknown): boolean {
  return error instanceof Error && 'signal' in error && (error.signal === 'SIGKILL' || error.signal === 'SIGABRT')
}

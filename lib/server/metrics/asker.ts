/** Asks metrics sources on behalf of everybody: one call per source, query and step-aligned time, shared by all who want it at once or a moment later. */
import 'server-only'
import type { Answer } from '@/lib/domain/verdict/answer'
import type { SourceHealth } from '@/lib/domain/source/view'
import { query, queryRange, type Range, type Result } from '@/lib/server/prometheus/client'
import type { SourceFailure } from '@/lib/server/prometheus/failure'
import { Breaker } from './breaker'
import type { FindSource, KnownSource } from './source-book'

export type AskedAnswer = { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly reason: string; readonly failure: SourceFailure }

export interface Asker {
  /** One value at a time in unix seconds; callers align it, so that equal questions meet. */
  instant(sourceId: string, promql: string, at: number): Promise<AskedAnswer>
  range(sourceId: string, promql: string, range: Range): Promise<AskedAnswer>
  source(sourceId: string): Promise<KnownSource | null>
  health(sourceId: string): SourceHealth | null
  reset(sourceId: string): void
}

export interface AskerParts {
  readonly findSource: FindSource
  readonly now?: () => number
  /** Answers kept at most; an answer of a range may be some hundred kilobytes. */
  readonly keep?: number
  readonly deadlineMs?: number
  /** Told of every call that was made, with its failure or `null`. */
  readonly heard?: (sourceId: string, failure: SourceFailure | null) => void
}

interface Kept {
  readonly asked: Promise<AskedAnswer>
  readonly until: number
}

/** An answer for one aligned time does not change; it is kept while somebody may still ask for that time. Failures are kept shortly, so that a recovery is seen. */
const KEEP_ANSWER_MS = 60_000
const KEEP_FAILURE_MS = 1000
const MOST_BYTES = 5_000_000

/** Makes an asker. It never throws: what goes wrong is an answer with the reason in words. */
export function makeAsker({ findSource, now = Date.now, keep = 1000, deadlineMs = 8000, heard }: AskerParts): Asker {
  const kept = new Map<string, Kept>()
  const breaker = new Breaker(now)
  const isSeen = new Map<string, string>()

  const failed = (failure: SourceFailure): AskedAnswer => ({ ok: false, reason: failure.message, failure })

  async function findFresh(sourceId: string): Promise<KnownSource | SourceFailure> {
    try {
      const known = await findSource(sourceId)
      if (!known) return { kind: 'not-allowed', message: 'The metrics source is archived or was never set up.' }
      if (isSeen.get(sourceId) !== known.connection.url) breaker.reset(sourceId)
      isSeen.set(sourceId, known.connection.url)
      return known
    } catch (error) {
      return { kind: 'unauthorized', message: error instanceof Error ? error.message : 'The credentials of the source could not be read.' }
    }
  }

  async function call(sourceId: string, run: (known: KnownSource) => Promise<Result<Answer>>): Promise<AskedAnswer> {
    const known = await findFresh(sourceId)
    if ('kind' in known) return failed(known)
    const closed = breaker.enter(sourceId)
    if (closed) return failed(closed)
    const result = await run(known)
    breaker.report(sourceId, result.ok ? null : result.failure)
    heard?.(sourceId, result.ok ? null : result.failure)
    return result.ok ? { ok: true, answer: result.value } : failed(result.failure)
  }

  function shared(key: string, ask: () => Promise<AskedAnswer>): Promise<AskedAnswer> {
    const earlier = kept.get(key)
    if (earlier && earlier.until > now()) return earlier.asked
    const asked = ask()
    kept.delete(key)
    kept.set(key, { asked, until: now() + KEEP_ANSWER_MS })
    for (const [oldest] of kept) {
      if (kept.size <= keep) break
      kept.delete(oldest)
    }
    void asked.then((answer) => { if (!answer.ok) kept.set(key, { asked, until: now() + KEEP_FAILURE_MS }) })
    return asked
  }

  const options = { deadlineMs, maxBytes: MOST_BYTES }
  return {
    instant: (sourceId, promql, at) => shared(`i ${sourceId} ${at} ${promql}`, () => call(sourceId, ({ connection }) => query(connection, promql, at, options))),
    range: (sourceId, promql, range) => shared(
      `r ${sourceId} ${range.start} ${range.end} ${range.stepSeconds} ${promql}`,
      () => call(sourceId, ({ connection }) => queryRange(connection, promql, range, options)),
    ),
    source: (sourceId) => findSource(sourceId).catch(() => null),
    health: (sourceId) => breaker.health(sourceId),
    reset: (sourceId) => { breaker.reset(sourceId) },
  }
}

/** The last step-aligned time, unix seconds. */
export function alignedTo(nowMs: number, stepSeconds: number): number {
  return Math.floor(nowMs / 1000 / stepSeconds) * stepSeconds
}

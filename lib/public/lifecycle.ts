/** Hides how parts of the product report that they are ready, and how they are stopped: each part registers, server.ts asks. */
import { loggable } from '@/lib/public/loggable'
import { processWide } from '@/lib/public/process-wide'

/** Answers `null` when the part can serve, or one sentence why not. */
export type ReadinessCheck = () => Promise<string | null>

interface Parts {
  readonly checks: Map<string, ReadinessCheck>
  readonly stops: Map<string, () => Promise<void>>
}

function parts(): Parts {
  return processWide('lifecycle', () => ({ checks: new Map(), stops: new Map() }))
}

interface Start { isDone: boolean }

function start(): Start {
  return processWide<Start>('start', () => ({ isDone: false }))
}

/** Said by whoever starts the parts, after the last one: before, nobody is ready, whatever the single parts say. */
export function markStarted(): void {
  start().isDone = true
}

/** Adds a check to `/readyz`; the same name replaces an earlier one. */
export function registerReadiness(name: string, check: ReadinessCheck): void {
  parts().checks.set(name, check)
}

/** Adds what has to be done before the process exits, after the last request is answered. Run in reverse order of registration. */
export function registerStop(name: string, stop: () => Promise<void>): void {
  parts().stops.set(name, stop)
}

/** Asks every part. Out: per part `ok` or why not; a check that throws counts as not ready. */
export async function readiness(): Promise<{ isReady: boolean; parts: Record<string, string> }> {
  const entries = await Promise.all(
    [...parts().checks].map(async ([name, check]): Promise<[string, string | null]> => {
      try {
        return [name, await check()]
      } catch {
        return [name, 'the check failed']
      }
    }),
  )
  if (!start().isDone) entries.unshift(['the start', 'parts are still starting'])
  return {
    isReady: entries.every(([, reason]) => reason === null),
    parts: Object.fromEntries(entries.map(([name, reason]) => [name, reason ?? 'ok'])),
  }
}

/** Stops every registered part, the last one first; one that fails does not keep the others from stopping. */
export async function stopParts(): Promise<void> {
  for (const [name, stop] of [...parts().stops].reverse()) {
    try {
      await stop()
    } catch (error) {
      console.error(`stopping ${name} failed`, loggable(error))
    }
  }
  parts().stops.clear()
}

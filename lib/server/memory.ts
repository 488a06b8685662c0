/** Gives memory back while nobody asks for anything: what a start or a large read left behind would else stay with the process for hours. */
import 'server-only'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { registerStop } from '@/lib/public/lifecycle'
import { rawStore } from '@/lib/server/raw-store'

const LOOK_EVERY_MS = 10_000
/** Busier than this share of the time since the last look is not idle: some requests for a page are. */
const IDLE_BELOW = 0.1
/** So much more than after the last tidying, in bytes, is worth a pause of a tenth of a second. */
const WORTH = 12 * 1024 * 1024

export interface Look {
  /** Share of the time since the last look that the process was busy, 0 to 1. */
  readonly busy: number
  /** What the heap has taken from the system, bytes. */
  readonly heap: number
}

/** Decides when to tidy: idle, and grown since the last time. In: what tidies; it says how large the heap is afterwards. Out: called at each look. */
export function tidier(tidy: () => number): (look: Look) => boolean {
  let kept = 0
  return ({ busy, heap }) => {
    if (busy > IDLE_BELOW || heap - kept < WORTH) return false
    kept = tidy()
    return true
  }
}

function collector(): () => void {
  // The one way to ask for a collection from inside; the flag counts for contexts that are made after it.
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  // The last resort also hands emptied pages back to the system; a plain collection keeps them for later.
  return typeof collect === 'function' ? () => void collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }) : () => undefined
}

/** Looks every ten seconds. */
export async function startMemory(): Promise<void> {
  const store = await rawStore()
  const collect = collector()
  const heap = () => getHeapStatistics().total_heap_size
  const look = tidier(() => {
    store.sqlite?.pragma('shrink_memory')
    collect()
    return heap()
  })
  // By the processor time of its own: on a machine that others keep busy, the event loop is busy with waiting.
  let usage = process.cpuUsage()
  let at = process.hrtime.bigint()
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(usage)
    const now = process.hrtime.bigint()
    look({ busy: ((user + system) * 1_000) / Number(now - at), heap: heap() })
    usage = process.cpuUsage()
    at = process.hrtime.bigint()
  }, LOOK_EVERY_MS)
  timer.unref()
  registerStop('the memory', () => {
    clearInterval(timer)
    return Promise.resolve()
  })
}

/** Hides the queue in front of each origin: so many calls at a time, first come, first served, and nobody waits past their deadline. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'

interface Queue {
  running: number
  readonly waiting: (() => void)[]
}

const queues = () => processWide('outbound-queues', () => new Map<string, Queue>())

/**
 * Waits for a turn at an origin. In: the origin, how many may run at once, what ends the waiting.
 * Out: the function that gives the turn back (call it once), or `null` when the signal came first.
 */
export async function turnFor(origin: string, most: number, signal: AbortSignal): Promise<(() => void) | null> {
  const all = queues()
  const queue = all.get(origin) ?? { running: 0, waiting: [] }
  all.set(origin, queue)
  const giveBack = () => {
    queue.running -= 1
    queue.waiting.shift()?.()
    if (queue.running === 0 && queue.waiting.length === 0) all.delete(origin)
  }
  if (signal.aborted) return null
  if (queue.running < most) {
    queue.running += 1
    return giveBack
  }
  return new Promise((resolve) => {
    const enter = () => {
      signal.removeEventListener('abort', leave)
      queue.running += 1
      resolve(giveBack)
    }
    const leave = () => {
      const at = queue.waiting.indexOf(enter)
      if (at >= 0) queue.waiting.splice(at, 1)
      resolve(null)
    }
    signal.addEventListener('abort', leave, { once: true })
    queue.waiting.push(enter)
  })
}

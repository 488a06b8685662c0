/** Reads each release's metrics once per poll while anybody looks, hands the same view to all who look, and tells them when it moved. */
import 'server-only'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'

export interface PollerParts {
  readonly tell: (releaseId: string) => void
  readonly now?: () => number
  /** How long a view is polled after somebody last read it. */
  readonly interestMs?: number
}

interface Interest {
  readonly load: () => Promise<ReleaseMetricsView>
  readonly releaseId: string
  until: number
  readAt: number
  pollSeconds: number
  view: Promise<ReleaseMetricsView>
  signature: string
  isReading: boolean
}

export interface Poller {
  /** The view under a key; read at most once per poll whoever asks. `load` must read the same thing for the same key. */
  read(key: string, releaseId: string, load: () => Promise<ReleaseMetricsView>): Promise<ReleaseMetricsView>
  /** One round: reads what is due. Called by the timer, and by tests. */
  tick(): Promise<void>
  stop(): void
}

/** What a viewer would see change. */
function signatureOf(view: ReleaseMetricsView): string {
  return JSON.stringify([view.trouble, view.panels.map((panel) => [panel.state, panel.reason, panel.value, panel.stableValue, panel.isBreached])])
}

/** A source that does not answer takes its value away, not the lines that were drawn before: they stay, and end where it went. */
function carried(next: ReleaseMetricsView, before: ReleaseMetricsView | null): ReleaseMetricsView {
  if (!before || next.panels.every((panel) => panel.state !== 'error')) return next
  const panels = next.panels.map((panel) => {
    const earlier = before.panels.find((one) => one.id === panel.id)
    if (panel.state !== 'error' || panel.candidate.length > 0 || !earlier) return panel
    const within = ([at]: readonly [number, number | null]) => at >= next.from
    return { ...panel, candidate: earlier.candidate.filter(within), stable: earlier.stable.filter(within) }
  })
  // A span that was chosen for lack of data would jump to the full range as soon as nothing comes.
  const isShorter = next.range === before.range && (before.to - before.from) * 1.5 < next.to - next.from && panels.every((panel) => panel.state === 'error')
  return { ...next, panels, ...(isShorter ? { from: next.to - (before.to - before.from), stepSeconds: before.stepSeconds } : {}) }
}

/** Views kept at most: whoever zooms about must not make the server poll without end. */
const MOST_INTERESTS = 400

/** Makes a poller; `everyMs` 0 leaves the rounds to the caller. */
export function makePoller({ tell, now = Date.now, interestMs = 60_000 }: PollerParts, everyMs = 250): Poller {
  const interests = new Map<string, Interest>()

  async function refresh(interest: Interest): Promise<void> {
    interest.isReading = true
    interest.readAt = now()
    try {
      const [before, loaded] = [await interest.view.catch(() => null), await interest.load()]
      const view = carried(loaded, before)
      const signature = signatureOf(view)
      interest.pollSeconds = view.pollSeconds
      interest.view = Promise.resolve(view)
      if (signature !== interest.signature) {
        interest.signature = signature
        tell(interest.releaseId)
      }
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    } finally {
      interest.isReading = false
    }
  }

  async function tick(): Promise<void> {
    const due: Promise<void>[] = []
    for (const [key, interest] of interests) {
      if (interest.until < now()) interests.delete(key)
      else if (!interest.isReading && now() - interest.readAt >= interest.pollSeconds * 1000) due.push(refresh(interest))
    }
    await Promise.all(due)
  }

  const timer = everyMs > 0 ? setInterval(() => void tick(), everyMs) : null
  timer?.unref()

  return {
    async read(key, releaseId, load) {
      const known = interests.get(key)
      if (known && (known.isReading || now() - known.readAt < known.pollSeconds * 1000)) {
        known.until = now() + interestMs
        return known.view
      }
      const view = known ? Promise.all([load(), known.view.catch(() => null)]).then(([next, before]) => carried(next, before)) : load()
      const interest: Interest = { load, releaseId, until: now() + interestMs, readAt: now(), pollSeconds: known?.pollSeconds ?? 1, view, signature: known?.signature ?? '', isReading: true }
      interests.set(key, interest)
      for (const [oldest] of interests) {
        if (interests.size <= MOST_INTERESTS) break
        interests.delete(oldest)
      }
      try {
        const read = await view
        interest.pollSeconds = read.pollSeconds
        interest.signature = signatureOf(read)
        return read
      } catch (error) {
        interests.delete(key)
        throw error
      } finally {
        interest.isReading = false
      }
    },
    tick,
    stop() {
      if (timer) clearInterval(timer)
      interests.clear()
    },
  }
}

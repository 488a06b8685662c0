/** Hides how a check-in comes to its end although somebody on another replica never stops typing: writers there wait a moment while it is closed. */
import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { processWide } from '@/lib/public/process-wide'
import { listenAside, sayAside } from '@/lib/server/bus'

/** Long enough to decide and commit once more, short enough that who types sees "Saving…" and no more. */
const QUIET_MS = 1_500

const Word = z.strictObject({ checkInId: z.string() })

listenAside('note-quiet', (words) => {
  const heard = Word.safeParse(words)
  if (heard.success) quietUntil().set(heard.data.checkInId, Date.now() + QUIET_MS)
})

function quietUntil(): Map<string, number> {
  return processWide('note-quiet', () => new Map<string, number>())
}

/** Asks the other replicas to let a check-in end; in this process its notes and commands take turns anyway. Lost words only cost another try. */
export function askForQuiet(checkInId: string): void {
  sayAside('note-quiet', { checkInId })
}

/** Waits while a check-in is being ended elsewhere; at once otherwise. */
export async function untilQuietEnds(checkInId: string): Promise<void> {
  const until = quietUntil().get(checkInId)
  if (until === undefined) return
  quietUntil().delete(checkInId)
  await sleep(Math.max(0, Math.min(QUIET_MS, until - Date.now())))
}

/** Tells the event streams of all replicas that a note was written on; the stored updates are the truth, lost words cost freshness only. */
import 'server-only'
import { z } from 'zod'
import type { NoteNews } from '@/lib/domain/check-in/note'
import { processWide } from '@/lib/public/process-wide'
import { listenAside, sayAside } from '@/lib/server/bus'

type Listener = (news: NoteNews) => void

/** Postgres carries at most 8,000 bytes between replicas; a longer update is asked for. */
const MOST_CARRIED = 6_000

const News = z.strictObject({ checkInId: z.string(), topicId: z.string(), version: z.number(), update: z.string().nullable() })

listenAside('note', (words) => {
  const heard = News.safeParse(words)
  if (heard.success) tell(heard.data)
})

function listeners(): Set<Listener> {
  return processWide('note-news', () => new Set<Listener>())
}

function tell(news: NoteNews): void {
  for (const listener of listeners()) listener(news)
}

/** Hears of every stored update from now on. Out: the function that stops it. */
export function listenToNotes(listener: Listener): () => void {
  listeners().add(listener)
  return () => { listeners().delete(listener) }
}

/** Tells everybody who listens, here and on the other replicas. */
export function tellNote(news: NoteNews): void {
  const carried = news.update !== null && news.update.length <= MOST_CARRIED ? news : { ...news, update: null }
  tell(carried)
  sayAside('note', carried)
}

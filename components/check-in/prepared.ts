/** Prepares what is taken on a topic from what stands there, so that the key and Enter record it; everything can be changed before. */
import type { TopicView } from '@/lib/domain/check-in/view'

const MOST_TITLE = 280
const MOST_REASON = 4_000

/**
 * In: the topic and its note. Out: as the title the last line of the note, which is what was said last, else the topic; as the reason the note,
 * else that it was said here.
 */
export function prepared(topic: Pick<TopicView, 'title' | 'gateNumber'>, note: string): { readonly title: string; readonly reason: string } {
  const text = note.trim()
  const last = text.split('\n').findLast((line) => line.trim() !== '')?.replace(/^[\s>#*-]+/, '').trim()
  const title = last || `${topic.title.charAt(0).toUpperCase()}${topic.title.slice(1)}`
  return { title: title.slice(0, MOST_TITLE), reason: text === '' ? `Said at the check-in, on “${topic.title}”.` : text.slice(0, MOST_REASON) }
}

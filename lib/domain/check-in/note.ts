/** Notes that several people write at once: their limits, their words on the wire, and how one text became another. Pure and zod-free. */

/** The longest note of one topic, in UTF-16 units. */
export const MOST_NOTE = 20_000
/** The name of the text in the shared document of a topic; nothing else may be in it. */
export const NOTE_FIELD = 'note'
/** Updates of one request, as base64. */
export const MOST_UPDATE = 400_000
/** Topics that one request may speak of. */
export const MOST_AT_ONCE = 20

/** What a browser sends for one topic: what it has (a state vector), and what it has that the server may lack; both base64. */
export interface NoteAsk {
  readonly topicId: string
  readonly vector: string
  readonly update: string | null
}

/** What it gets back: what it lacks, and what the server has now; `version` counts stored updates, 0 while nobody wrote. */
export interface NoteAnswer {
  readonly topicId: string
  readonly version: number
  readonly update: string | null
  readonly vector: string
}

/** What the event stream tells of a stored update; long ones are only announced, and asked for. */
export interface NoteNews {
  readonly checkInId: string
  readonly topicId: string
  readonly version: number
  readonly update: string | null
}

/** One stretch of a text that was replaced. */
export interface Edit {
  readonly at: number
  readonly removed: number
  readonly inserted: string
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** The smallest stretch that makes `before` into `after`, never through the middle of a character that takes two units; null when they are equal. */
export function editBetween(before: string, after: string): Edit | null {
  if (before === after) return null
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start -= 1
  let end = 0
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end -= 1
  return { at: start, removed: before.length - start - end, inserted: after.slice(start, after.length - end) }
}

/** Where a place in the text lies after somebody else's edit. */
export function placeAfter(place: number, edit: Edit): number {
  if (place <= edit.at) return place
  return place >= edit.at + edit.removed ? place - edit.removed + edit.inserted.length : edit.at + edit.inserted.length
}

/** Free text and personal names on their way into the record: wrapped while they are decided, sealed when they are stored. */

/** Text as a command brought it; the store replaces it by a seal before it enters the log. */
export interface OpenText {
  readonly text: string
}

/** What the log and the states hold: the salted hash under which the text is kept beside the log, so that it can be erased. */
export interface SealedText {
  readonly sealed: string
}

export type FreeText = OpenText | SealedText

/** Marks a string as free text (PRODUCT rule 21). Every note, reason, title, URL or name in an event goes through here. */
export function freeText(text: string): FreeText {
  return { text }
}

/** Whether a value is free text in either of its two forms. */
export function isFreeText(value: unknown): value is FreeText {
  if (typeof value !== 'object' || value === null) return false
  const keys = Object.keys(value)
  return keys.length === 1 && (keys[0] === 'text' || keys[0] === 'sealed')
}

/** Looks up the words behind a seal: the text, `null` when it was erased, `undefined` when it is unknown. */
export type Reveal = (hash: string) => string | null | undefined

/** The words of a free text as a reader sees them. In: the text in either form. Out: the words, or "[erased]" where the erasure request was met. */
export function wordsOf(value: FreeText, reveal: Reveal): string {
  if ('text' in value) return value.text
  return reveal(value.sealed) ?? '[erased]'
}

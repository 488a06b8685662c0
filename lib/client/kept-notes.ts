/** Hides how words that are not sent yet outlive a reload: in this browser, per person, check-in, topic and writing tab, until the server has them. */

export interface KeptNote {
  readonly topicId: string
  readonly topic: string
  /** The updates that the server lacks, base64. */
  readonly update: string
  /** What was written in them, to be read by a person. */
  readonly words: string
  readonly changes: number
}

function prefix(personId: string, checkInId: string): string {
  return `gatehouse-note ${personId} ${checkInId} `
}

function isKept(value: unknown): value is KeptNote {
  return typeof value === 'object' && value !== null && 'topicId' in value && typeof value.topicId === 'string' && 'topic' in value && typeof value.topic === 'string'
    && 'update' in value && typeof value.update === 'string' && 'words' in value && typeof value.words === 'string' && 'changes' in value && typeof value.changes === 'number'
}

function parsed(text: string | null): KeptNote | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isKept(value) ? value : null
  } catch {
    return null
  }
}

/** Everything that is kept for a person at a check-in. Out: with the key of each, to drop it. */
export function keptNotes(personId: string, checkInId: string): readonly (KeptNote & { readonly key: string })[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '').filter((key) => key.startsWith(prefix(personId, checkInId)))
    return keys.flatMap((key) => {
      const note = parsed(localStorage.getItem(key))
      return note ? [{ ...note, key }] : []
    })
  } catch {
    return []
  }
}

/** Keeps what one tab has not sent of one topic. Out: whether the browser took it. */
export function keepNote(personId: string, checkInId: string, tab: string, note: KeptNote): boolean {
  try {
    localStorage.setItem(`${prefix(personId, checkInId)}${note.topicId} ${tab}`, JSON.stringify(note))
    return true
  } catch {
    return false
  }
}

const listeners = new Set<() => void>()

/** Hears when something is forgotten, here or in another tab. Out: the function that stops it. */
export function listenToKept(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Forgets what the server has, or what the person does not want any more. */
export function dropKept(keys: readonly string[]): void {
  try {
    for (const key of keys) localStorage.removeItem(key)
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
  for (const listener of listeners) listener()
}

/** The key under which a tab keeps a topic. */
export function keptKey(personId: string, checkInId: string, tab: string, topicId: string): string {
  return `${prefix(personId, checkInId)}${topicId} ${tab}`
}

/** Hands what the event stream tells of notes to whoever has a check-in open; nobody else listens. */

type Listener = (data: string | null) => void

const listeners = new Set<Listener>()

/** Hears of stored updates, as JSON; null says that some may have been missed. Out: the function that stops it. */
export function listenToNotes(listener: Listener): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

/** Tells them. */
export function tellNotes(data: string | null): void {
  for (const listener of listeners) listener(data)
}

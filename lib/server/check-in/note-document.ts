/** Hides the shared document behind the note of a topic: merges what browsers send, and refuses what is no honest change of its text. */
import 'server-only'
import * as Y from 'yjs'
import { MOST_NOTE, NOTE_FIELD } from '@/lib/domain/check-in/note'
import { isStorable } from '@/lib/server/command-words'

/** A row of merged updates may not grow past this, whatever people do. */
const MOST_BYTES = 512 * 1024
/** Each browser that writes gets an id; a note that is reloaded and written more often than this is full. */
const MOST_WRITERS = 2_000
const MOST_CLOCK = 10_000_000
/** The writer of words that stood in a note before it became a shared document. */
const SEED_CLIENT = 1

export interface NoteState {
  readonly merged: Uint8Array
  readonly words: string
  /** Client id → person id. */
  readonly writers: Readonly<Record<string, string>>
}

export type NoteDocument = Y.Doc

export type Merged = { readonly ok: true; readonly note: NoteState; readonly doc: NoteDocument; readonly isNew: boolean } | { readonly ok: false; readonly why: string }

const NOT_A_CHANGE = 'This is no change of a note. Nothing of it was taken.'

/** The document out of its merged updates. */
export function documentOf(merged: Uint8Array): NoteDocument {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, merged)
  return doc
}

/** A note with the words that it begins with; the same words give the same document in every process. */
export function seedNote(words: string): NoteState {
  const doc = new Y.Doc()
  doc.clientID = SEED_CLIENT
  if (words !== '') doc.getText(NOTE_FIELD).insert(0, words)
  return { merged: Y.encodeStateAsUpdate(doc), words, writers: words === '' ? {} : { [SEED_CLIENT]: '' } }
}

/** Writes a whole text over a note, for one writer: what a pipeline or the demo does without a browser. */
export function rewriteNote(note: NoteState, words: string, personId: string): NoteState {
  const doc = documentOf(note.merged)
  const text = doc.getText(NOTE_FIELD)
  doc.transact(() => {
    text.delete(0, text.length)
    text.insert(0, words)
  })
  return { merged: Y.encodeStateAsUpdate(doc), words, writers: { ...note.writers, [doc.clientID]: personId } }
}

/** What a browser lacks, or null when it has everything. Throws on a vector that is none. */
export function lackedBy(doc: NoteDocument, vector: Uint8Array): { readonly update: Uint8Array | null; readonly vector: Uint8Array } {
  const theirs = Y.decodeStateVector(vector)
  const own = Y.encodeStateVector(doc)
  const hasAll = [...Y.decodeStateVector(own)].every(([client, clock]) => (theirs.get(client) ?? 0) >= clock)
  // deletions are in no vector, so of these everybody is told again
  return { update: hasAll && !hasDeletions(doc) ? null : Y.encodeStateAsUpdate(doc, vector), vector: own }
}

function hasDeletions(doc: Y.Doc): boolean {
  return [...doc.store.clients.values()].some((structs) => structs.some((struct) => struct.deleted))
}

/**
 * Takes one update into a note. In: the note, the bytes, who sends them. Out: the note with it, or why it is refused: it cannot be read, it rests on
 * what nobody has, it is more than text, it writes in another person's name, or the note would be too long.
 */
export function mergeNote(note: NoteState, update: Uint8Array, personId: string): Merged {
  const no = (why: string): Merged => ({ ok: false, why })
  const doc = documentOf(note.merged)
  const before = Y.decodeStateVector(Y.encodeStateVector(doc))
  const writers: Record<string, string> = { ...note.writers }
  try {
    // read lazily first: the ordinary way makes room for as many parts as the bytes claim to hold
    for (const struct of Y.decodeUpdate(update).structs) {
      const { client, clock } = struct.id
      if (!(struct instanceof Y.Item) || struct.length < 1 || clock + struct.length > MOST_CLOCK) return no(NOT_A_CHANGE)
      const { content, parent, parentSub } = struct
      const isText = content instanceof Y.ContentString || content instanceof Y.ContentDeleted
      if (!isText || parentSub !== null || (parent !== null && String(parent) !== NOTE_FIELD)) return no(NOT_A_CHANGE)
      if (clock + struct.length <= (before.get(client) ?? 0)) continue
      const owner = writers[client]
      if (owner !== undefined && owner !== personId) return no('This change is written in another person’s name. Nothing of it was taken.')
      writers[client] = personId
    }
    Y.applyUpdate(doc, update)
  } catch {
    return no(NOT_A_CHANGE)
  }
  if (doc.store.pendingStructs || doc.store.pendingDs || [...doc.share.keys()].some((name) => name !== NOTE_FIELD)) return no('This change rests on others that the server does not have. Send all that you have.')
  const words = doc.getText(NOTE_FIELD).toString()
  if (words.length > MOST_NOTE) return no(`A note has at most ${MOST_NOTE} characters. Put the rest into another topic.`)
  if (!isStorable(words)) return no('The text holds characters that cannot be stored (a null character or half of a surrogate pair).')
  const merged = Y.encodeStateAsUpdate(doc)
  if (merged.byteLength > MOST_BYTES || Object.keys(writers).length > MOST_WRITERS) return no('This note was changed too often to take more. Go on in another topic.')
  return { ok: true, note: { merged, words, writers }, doc, isNew: Buffer.compare(Buffer.from(merged), Buffer.from(note.merged)) !== 0 }
}

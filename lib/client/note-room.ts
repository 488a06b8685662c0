/** The notes of one check-in as one browser holds them: shared documents that take every keystroke at once and meet the others through the server. */
import * as Y from 'yjs'
import { ApiError, post } from '@/lib/client/api'
import { dropKept, keepNote, keptKey, keptNotes } from '@/lib/client/kept-notes'
import { listenToNotes } from '@/lib/client/note-news'
import type { Refusal } from '@/lib/domain/aggregate'
import { editBetween, NOTE_FIELD, type NoteAnswer, type NoteNews } from '@/lib/domain/check-in/note'

export interface NoteShown {
  readonly text: string
  /** Edits that the server does not have yet. */
  readonly unsent: number
  /** Whether the server can be reached, as far as is known. */
  readonly isAway: boolean
  /** Whether the text has been compared with the server's at least once. */
  readonly isFresh: boolean
  readonly refusal: Refusal | null
}

interface Held {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly topic: string
  pending: Uint8Array[]
  changes: number
  /** What the server had when the first unsent edit was made. */
  acked: string
  isSending: boolean
  /** Asked for while one exchange was on its way: another follows. */
  isWanted: boolean
  /** Somebody else's updates that wait while a character is being composed; null while nothing is. */
  waiting: Uint8Array[] | null
  timer: ReturnType<typeof setTimeout> | undefined
  shown: NoteShown
}

/** Keystrokes within this time go together. */
const GATHER_MS = 25
const RETRY_MS = 2_000
/** Words of the event stream can be lost between replicas; so often the open topic is compared. */
const COMPARE_MS = 20_000
const SERVER = 'server'

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0))
}

function isNews(value: unknown): value is NoteNews {
  return typeof value === 'object' && value !== null && 'checkInId' in value && 'topicId' in value && typeof value.topicId === 'string' && 'update' in value && (value.update === null || typeof value.update === 'string')
}

/** What was put into a text, for a person to read: the stretch that differs. */
function written(before: string, after: string): string {
  return editBetween(before, after)?.inserted ?? ''
}

export class NoteRoom {
  private readonly held = new Map<string, Held>()
  private readonly listeners = new Map<string, Set<() => void>>()
  private readonly tab = Math.random().toString(36).slice(2)
  private readonly stops: (() => void)[] = []
  private looksAt = ''

  constructor(private readonly checkInId: string, private readonly personId: string, private readonly onClosed: () => void) {
    // a topic that nobody looks at is compared when it is opened again
    const again = () => { for (const [id, one] of this.held) if (id === this.looksAt || one.pending.length > 0) this.compare(id) }
    const compare = setInterval(again, COMPARE_MS)
    window.addEventListener('online', again)
    this.stops.push(listenToNotes((data) => (data === null ? again() : this.hear(data))), () => clearInterval(compare), () => window.removeEventListener('online', again))
  }

  /** Opens a topic: what was kept in this browser comes back and is sent, then both sides are compared. In: the words shown until then. */
  open(topicId: string, topic: string, canWrite: boolean): void {
    this.looksAt = topicId
    if (this.held.has(topicId)) return this.compare(topicId)
    const doc = new Y.Doc()
    const one: Held = {
      doc, text: doc.getText(NOTE_FIELD), topic, pending: [], changes: 0, acked: '', isSending: false, isWanted: false, waiting: null, timer: undefined,
      shown: { text: '', unsent: 0, isAway: false, isFresh: false, refusal: null },
    }
    this.held.set(topicId, one)
    const kept = canWrite ? keptNotes(this.personId, this.checkInId).filter((note) => note.topicId === topicId) : []
    for (const note of kept) {
      const update = fromBase64(note.update)
      Y.applyUpdate(doc, update, SERVER)
      one.pending.push(update)
      one.changes += note.changes
    }
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === SERVER) return
      if (one.pending.length === 0) one.acked = one.shown.text
      one.pending.push(update)
      one.changes += 1
    })
    this.compare(topicId, kept.map((note) => note.key))
  }

  /** Ends everything; what is not sent stays kept in this browser. */
  stop(): void {
    for (const stop of this.stops) stop()
    for (const one of this.held.values()) {
      clearTimeout(one.timer)
      one.doc.destroy()
    }
  }

  /** Gives up what the server does not take of a topic, and shows what it has. */
  discard(topicId: string): void {
    const one = this.held.get(topicId)
    if (!one) return
    clearTimeout(one.timer)
    dropKept(keptNotes(this.personId, this.checkInId).filter((note) => note.topicId === topicId).map((note) => note.key))
    this.held.delete(topicId)
    one.doc.destroy()
    this.open(topicId, one.topic, true)
    this.tell(topicId)
  }

  /** Hears of every change of one topic; of '' hears of all. */
  subscribe(topicId: string, listener: () => void): () => void {
    const all = this.listeners.get(topicId) ?? new Set()
    this.listeners.set(topicId, all.add(listener))
    return () => { all.delete(listener) }
  }

  shown(topicId: string): NoteShown | null {
    return this.held.get(topicId)?.shown ?? null
  }

  /** Ids of topics with words that the server does not have, apart by spaces. */
  unsent(): string {
    return [...this.held].filter(([, one]) => one.changes > 0).map(([id]) => id).join(' ')
  }

  /** Takes what a person typed: the smallest stretch that makes the shown text into theirs. */
  edit(topicId: string, after: string): void {
    const one = this.held.get(topicId)
    const edit = one && editBetween(one.shown.text, after)
    if (!one || !edit) return
    one.doc.transact(() => {
      if (edit.removed > 0) one.text.delete(edit.at, edit.removed)
      if (edit.inserted !== '') one.text.insert(edit.at, edit.inserted)
    })
    this.keep(topicId, one)
    this.show(topicId, one)
    one.timer ??= setTimeout(() => void this.send(topicId), GATHER_MS)
  }

  /** While a character is being composed the text must not move under it. */
  compose(topicId: string, isComposing: boolean): void {
    const one = this.held.get(topicId)
    if (!one) return
    const waiting = one.waiting ?? []
    one.waiting = isComposing ? waiting : null
    if (!isComposing) for (const update of waiting) this.take(topicId, one, update)
  }

  private compare(topicId: string, keys: readonly string[] = []): void {
    void this.send(topicId, keys)
  }

  private hear(data: string): void {
    const news: unknown = JSON.parse(data)
    if (!isNews(news) || news.checkInId !== this.checkInId) return
    const one = this.held.get(news.topicId)
    if (!one) return
    if (news.update === null) this.compare(news.topicId)
    else this.take(news.topicId, one, fromBase64(news.update))
  }

  private take(topicId: string, one: Held, update: Uint8Array): void {
    if (one.waiting) return void one.waiting.push(update)
    Y.applyUpdate(one.doc, update, SERVER)
    this.show(topicId, one)
    // it rests on something that has not arrived
    if (one.doc.store.pendingStructs) this.compare(topicId)
  }

  private show(topicId: string, one: Held, change: Partial<NoteShown> = {}): void {
    one.shown = { ...one.shown, ...change, text: one.text.toString(), unsent: one.changes }
    this.tell(topicId)
  }

  private tell(topicId: string): void {
    for (const key of [topicId, '']) for (const listener of this.listeners.get(key) ?? []) listener()
  }

  private keep(topicId: string, one: Held): void {
    keepNote(this.personId, this.checkInId, this.tab, { topicId, topic: one.topic, update: toBase64(Y.mergeUpdates(one.pending)), words: written(one.acked, one.text.toString()), changes: one.changes })
  }

  /** Gives the server what it lacks and takes what we lack; repeated until nothing is left, and again after a while where it cannot be reached. */
  private async send(topicId: string, restored: readonly string[] = []): Promise<void> {
    const one = this.held.get(topicId)
    if (!one) return
    if (one.isSending) {
      one.isWanted = true
      return
    }
    one.isSending = true
    one.isWanted = false
    clearTimeout(one.timer)
    one.timer = undefined
    const [count, changes] = [one.pending.length, one.changes]
    const update = count > 0 ? toBase64(Y.mergeUpdates(one.pending)) : null
    let again: number | null = null
    try {
      const { notes } = await post<{ notes: readonly NoteAnswer[] }>(`/check-ins/${this.checkInId}/notes`, { notes: [{ topicId, vector: toBase64(Y.encodeStateVector(one.doc)), update }] })
      one.pending = one.pending.slice(count)
      one.changes -= changes
      const answer = notes[0]
      if (answer?.update) this.take(topicId, one, fromBase64(answer.update))
      if (one.pending.length === 0) dropKept([keptKey(this.personId, this.checkInId, this.tab, topicId), ...restored])
      else {
        this.keep(topicId, one)
        again = 0
      }
      // a server that was set back lacks what it had confirmed; it gets that again
      if (answer && one.pending.length === 0 && lacks(fromBase64(answer.vector), one.doc)) {
        one.pending.push(Y.encodeStateAsUpdate(one.doc, fromBase64(answer.vector)))
        again = RETRY_MS
      }
      this.show(topicId, one, { isAway: false, isFresh: true, refusal: null })
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500
      again = isRefused ? null : RETRY_MS
      this.show(topicId, one, isRefused ? { isAway: false, isFresh: true, refusal: error.refusal } : { isAway: true })
      if (isRefused && error.refusal.code === 'closed') this.onClosed()
    } finally {
      one.isSending = false
      if (one.isWanted && again === null) again = 0
      if (again !== null) one.timer ??= setTimeout(() => void this.send(topicId, restored), again)
    }
  }
}

/** Whether a state vector lacks something of a document. */
function lacks(vector: Uint8Array, doc: Y.Doc): boolean {
  const theirs = Y.decodeStateVector(vector)
  return [...Y.decodeStateVector(Y.encodeStateVector(doc))].some(([client, clock]) => (theirs.get(client) ?? 0) < clock)
}

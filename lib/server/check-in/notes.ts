/** Stores what people write together under the topics of a running check-in, outside the record, and hands out what others wrote. */
import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { holdWrite, loadAggregate, revealTexts } from '@/db/aggregate'
import { noteDraft, noteDraftWrite, type NoteDraft } from '@/db/note-draft'
import type { Store } from '@/db/store'
import { AggregateConflict } from '@/db/write'
import type { Actor } from '@/lib/domain/actor'
import type { Refusal } from '@/lib/domain/aggregate'
import type { NoteAnswer, NoteAsk } from '@/lib/domain/check-in/note'
import type { CheckInState } from '@/lib/domain/check-in/state'
import { may } from '@/lib/domain/policy'
import { wordsOf } from '@/lib/domain/text'
import { inTurnOf } from '@/lib/server/execute'
import { documentOf, lackedBy, mergeNote, rewriteNote, seedNote, type NoteDocument, type NoteState } from './note-document'
import { tellNote } from './note-news'
import { untilQuietEnds } from './quiet'

/** People who type at the same moment meet on the row; each round one of them has won. */
const ROUNDS = 24

export type Synced = { readonly ok: true; readonly notes: readonly NoteAnswer[] } | { readonly ok: false; readonly refusal: Refusal }

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64')

function refused(code: Refusal['code'], message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message } }
}

/** Why nothing is written on a check-in now; null while it runs. */
function whyNotNow(state: CheckInState): Refusal | null {
  if (state.status === 'running') return null
  const message = {
    closed: 'The minutes are closed and do not change. What you wrote is kept on your screen: copy it, or add it as an addendum.',
    cancelled: 'The check-in was cancelled. What you wrote is kept on your screen; copy it if it is needed.',
    missed: 'The check-in was missed. What you wrote is kept on your screen; copy it if it is needed.',
    scheduled: 'The check-in has not started yet. Start it first.',
  }[state.status]
  return { code: state.status === 'scheduled' ? 'blocked' : 'closed', message }
}

interface Place {
  readonly store: Store
  readonly checkInId: string
  readonly topicId: string
}

/** The stored note; before anybody wrote, the words that the topic carries in the record. */
async function noteAt({ store, checkInId, topicId }: Place, state: CheckInState): Promise<NoteState & { readonly version: number }> {
  const draft = await noteDraft(store, checkInId, topicId)
  if (draft) return { merged: bytes(draft.merged), words: draft.words, writers: draft.writers, version: draft.version }
  const note = state.topics.find((topic) => topic.id === topicId)?.note
  if (!note) return { ...seedNote(''), version: 0 }
  const words = await revealTexts(store, [checkInId])
  return { ...seedNote(wordsOf(note.text, (hash) => words.get(hash))), version: 0 }
}

/**
 * Writes a changed note over the one that was seen. The first one holds the check-in as it was seen; after that the row is guard enough, because
 * closing takes each row away at the version that it read: one of the two comes first, and the other is done again.
 */
async function keep({ store, checkInId, topicId }: Place, held: number, note: NoteState, version: number, by: string, now: Date): Promise<void> {
  const draft: NoteDraft = { checkInId, topicId, version, merged: base64(note.merged), words: note.words, writers: note.writers, changedBy: by, changedAt: now }
  await store.commit({ writes: version === 1 ? [holdWrite('check-in', checkInId, held), noteDraftWrite(draft)] : [noteDraftWrite(draft)] })
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AggregateConflict) || round >= ROUNDS) throw error
      await sleep(Math.random() * 3 * round)
    }
  }
}

async function syncOne(place: Place, actor: Actor, by: string, ask: NoteAsk): Promise<NoteAnswer | Refusal> {
  if (ask.update !== null) await untilQuietEnds(place.checkInId)
  const loaded = await loadAggregate(place.store, 'check-in', place.checkInId)
  if (!loaded) return { code: 'not-found', message: 'There is no such check-in.' }
  const { state, version: held } = loaded
  const late = whyNotNow(state)
  if (late) return late
  if (!state.topics.some((topic) => topic.id === place.topicId)) return { code: 'not-found', message: 'There is no such topic on this agenda.' }
  let note = await noteAt(place, state)
  let doc: NoteDocument | null = null
  if (ask.update !== null) {
    const allowed = may(actor, 'check-in.note')
    if (allowed !== true) return allowed
    const merged = mergeNote(note, bytes(ask.update), by)
    if (!merged.ok) return { code: 'invalid', message: merged.why }
    if (merged.isNew) {
      note = { ...merged.note, version: note.version + 1 }
      doc = merged.doc
      await keep(place, held, note, note.version, by, new Date())
      tellNote({ checkInId: place.checkInId, topicId: place.topicId, version: note.version, update: ask.update })
    }
  }
  try {
    const { update, vector } = lackedBy(doc ?? documentOf(note.merged), bytes(ask.vector))
    return { topicId: place.topicId, version: note.version, update: update && base64(update), vector: base64(vector) }
  } catch {
    return { code: 'invalid', message: 'This says of no note what you have of it.' }
  }
}

/**
 * Takes what a browser wrote and gives it what it lacks, topic by topic; a repeat changes nothing. In: who, the check-in, what the browser has.
 * Out: the answers, or the first refusal; what came before it is stored.
 */
export async function syncNotes(store: Store, actor: Actor, checkInId: string, asks: readonly NoteAsk[]): Promise<Synced> {
  const by = actor.kind === 'person' ? actor.personId : ''
  if (by === '') return refused('forbidden', 'Notes are written by people who are signed in.')
  const notes: NoteAnswer[] = []
  for (const ask of asks) {
    const place = { store, checkInId, topicId: ask.topicId }
    const answer = await inTurnOf('check-in', checkInId, () => patiently(() => syncOne(place, actor, by, ask)))
    if ('code' in answer) return { ok: false, refusal: answer }
    notes.push(answer)
  }
  return { ok: true, notes }
}

/** Writes a whole note for a person, in the place of what stood there: for worlds that are made without a browser. */
export async function writeNote(store: Store, checkInId: string, topicId: string, words: string, personId: string, now = new Date()): Promise<void> {
  await patiently(async () => {
    const loaded = await loadAggregate(store, 'check-in', checkInId)
    if (!loaded) throw new Error('there is no such check-in')
    const place = { store, checkInId, topicId }
    const note = await noteAt(place, loaded.state)
    await keep(place, loaded.version, rewriteNote(note, words, personId), note.version + 1, personId, now)
  })
}

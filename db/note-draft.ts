/** Hides how the notes of a running check-in are kept outside the record: one row per topic, written only over the version that was seen. */
import { and, eq, sql } from 'drizzle-orm'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'

export interface NoteDraft {
  readonly checkInId: string
  readonly topicId: string
  readonly version: number
  /** All updates merged into one, base64. */
  readonly merged: string
  readonly words: string
  /** Which person each writing browser belongs to: client id → person id. */
  readonly writers: Readonly<Record<string, string>>
  readonly changedBy: string
  readonly changedAt: Date
}

/** A draft as screens and minutes need it. */
export type DraftWords = Pick<NoteDraft, 'topicId' | 'version' | 'words' | 'changedBy' | 'changedAt'>

function keyOf(checkInId: string, topicId: string): string {
  return `${checkInId} ${topicId}`
}

function writersIn(value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([client, person]) => [client, String(person)])) : {}
}

const askDraft = preparedOnce(({ db, t: { noteDraft: t } }) => db.select().from(t).where(eq(t.id, sql.placeholder('id'))).prepare())

/** The draft of one topic with all that is needed to go on with it, or null. */
export async function noteDraft(store: Store, checkInId: string, topicId: string): Promise<NoteDraft | null> {
  const [row] = await askDraft(store).execute({ id: keyOf(checkInId, topicId) })
  return row ? { ...row, writers: writersIn(row.writers) } : null
}

/** The words of all drafts of a check-in. */
export async function noteWords(store: Store, checkInId: string): Promise<readonly DraftWords[]> {
  const { noteDraft: t } = store.t
  return store.db.select({ topicId: t.topicId, version: t.version, words: t.words, changedBy: t.changedBy, changedAt: t.changedAt }).from(t).where(eq(t.checkInId, checkInId))
}

/** The write that puts a draft in the place of the one that was seen (version 0: there was none). */
export function noteDraftWrite(draft: NoteDraft): Write {
  const { checkInId, topicId, version, merged, words, writers, changedBy, changedAt } = draft
  const row = { version, merged, words, writers, changedBy, changedAt }
  const id = keyOf(checkInId, topicId)
  if (version === 1) return write((tx, { noteDraft: t }) => tx.insert(t).values({ id, checkInId, topicId, ...row }).onConflictDoNothing().returning({ id: t.id }))
  return write((tx, { noteDraft: t }) => tx.update(t).set(row).where(and(eq(t.id, id), eq(t.version, version - 1))).returning({ id: t.id }))
}

/** The writes that end all drafts of a check-in, exactly as they were seen: one that changed or came up since makes the whole plan be decided again. */
export function endNoteDrafts(checkInId: string, seen: readonly DraftWords[]): readonly Write[] {
  const ended = seen.map(({ topicId, version }) => write((tx, { noteDraft: t }) => tx.delete(t).where(and(eq(t.id, keyOf(checkInId, topicId)), eq(t.version, version))).returning({ id: t.id })))
  return [...ended, write((tx, { noteDraft: t }) => tx.delete(t).where(eq(t.checkInId, checkInId)).returning({ id: t.id }), 0)]
}

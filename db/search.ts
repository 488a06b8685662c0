/** Hides which full-text search is behind the one function that finds words in what people wrote: FTS5 in the embedded database, text search in Postgres. */
import { and, desc, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Store } from '@/db/store'

export interface TextHit {
  readonly seal: string
  readonly ownerKind: string
  readonly ownerId: string
  readonly text: string
}

const MOST_WORDS = 12
const Row = z.object({ seal: z.string(), ownerKind: z.string(), ownerId: z.string(), text: z.string() })

/** The words of a query as they are looked for: no operator of any index has a meaning in them. */
export function wordsIn(query: string): readonly string[] {
  return (query.toWellFormed().normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS)
}

/**
 * Texts in which every word occurs; the last word may be the beginning of one. Best first, at most `limit`.
 * In: whatever was typed. Out: nothing for a query without a word. Erased texts and people's names are never found.
 */
export async function searchTexts(store: Store, query: string, limit: number): Promise<readonly TextHit[]> {
  const words = wordsIn(query)
  if (words.length === 0) return []
  return store.sqlite ? fts(store.sqlite, words, limit) : inPostgres(store, words, limit)
}

// FTS5 hands its rows out in the order of their rank, so nothing is sorted here and only what is shown is looked up.
const FTS = 'select r.hash as seal, r.owner_kind as ownerKind, r.owner_id as ownerId, s.text as text from search_text s cross join search_row r on r.id = s.rowid where s.search_text match ? order by s.rank limit ?'

/** How a list of words is asked of FTS5: each in quotation marks, the last as a prefix. */
export function matchOf(words: readonly string[]): string {
  return `${words.map((word) => `"${word}"`).join(' ')}*`
}

type Handle = NonNullable<Store['sqlite']>

function prepared(raw: Handle) {
  return raw.prepare<[string, number], TextHit>(FTS)
}

// Compiling the question takes as long as a question with few answers.
const statements = new WeakMap<Handle, ReturnType<typeof prepared>>()

function fts(raw: Handle, words: readonly string[], limit: number): readonly TextHit[] {
  const statement = statements.get(raw) ?? prepared(raw)
  statements.set(raw, statement)
  return statement.all(matchOf(words), limit)
}

async function inPostgres(store: Store, words: readonly string[], limit: number): Promise<readonly TextHit[]> {
  const { freeText: t } = store.t
  const asked = sql`to_tsquery('simple', ${words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ')})`
  const vector = sql`to_tsvector('simple', ${t.text})`
  const rows = await store.db.select({ seal: t.hash, ownerKind: t.ownerKind, ownerId: t.ownerId, text: t.text }).from(t)
    .where(and(isNull(t.subjectId), sql`${t.text} <> ${t.authorId}`, sql`${vector} @@ ${asked}`)).orderBy(desc(sql`ts_rank(${vector}, ${asked})`)).limit(limit)
  return z.array(Row).parse(rows)
}

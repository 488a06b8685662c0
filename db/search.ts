/** Hides which full-text search is behind the one function that finds words in what people wrote: FTS5 in the embedded database, text search in Postgres. */
import { and, desc, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Store } from '@/db/store'
import { isUnspaced } from '@/lib/domain/search/view'

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
 * Texts in which every word occurs; the last word may be the beginning of one. Best first, at most `limit`. Words of scripts without spaces
 * (Chinese, Japanese, Thai …) are found anywhere in a text; with none but these the newest text is the first.
 * In: whatever was typed. Out: nothing for a query without a word. Erased texts and people's names are never found.
 */
export async function searchTexts(store: Store, query: string, limit: number): Promise<readonly TextHit[]> {
  const words = wordsIn(query)
  if (words.length === 0) return []
  const spaced = words.filter((word) => !isUnspaced(word))
  const within = words.filter(isUnspaced).map((word) => word.toLowerCase())
  if (!store.sqlite) return inPostgres(store, spaced, within, limit)
  return within.length === 0 ? fts(store.sqlite, words, limit) : ftsWithin(store.sqlite, spaced, within, limit)
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

/** FTS5 takes a whole sentence of such a script for one word, so that the texts themselves are read. */
function ftsWithin(raw: Handle, spaced: readonly string[], within: readonly string[], limit: number): readonly TextHit[] {
  const asked = [...(spaced.length > 0 ? ['s.search_text match ?'] : []), ...within.map(() => 'instr(lower(s.text), ?) > 0')].join(' and ')
  const order = spaced.length > 0 ? 's.rank' : 's.rowid desc'
  return raw.prepare<(string | number)[], TextHit>(`select r.hash as seal, r.owner_kind as ownerKind, r.owner_id as ownerId, s.text as text from search_text s cross join search_row r on r.id = s.rowid where ${asked} order by ${order} limit ?`)
    .all(...(spaced.length > 0 ? [matchOf(spaced)] : []), ...within, limit)
}

async function inPostgres(store: Store, words: readonly string[], within: readonly string[], limit: number): Promise<readonly TextHit[]> {
  const { freeText: t } = store.t
  const asked = sql`to_tsquery('simple', ${words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ')})`
  const vector = sql`to_tsvector('simple', ${t.text})`
  const isFound = [...(words.length > 0 ? [sql`${vector} @@ ${asked}`] : []), ...within.map((word) => sql`position(${word} in lower(${t.text})) > 0`)]
  const rows = await store.db.select({ seal: t.hash, ownerKind: t.ownerKind, ownerId: t.ownerId, text: t.text }).from(t)
    .where(and(isNull(t.subjectId), sql`${t.text} <> ${t.authorId}`, ...isFound)).orderBy(...(words.length > 0 ? [desc(sql`ts_rank(${vector}, ${asked})`)] : [])).limit(limit)
  return z.array(Row).parse(rows)
}

/** Reads the log for an extract: page by page in order, and the words behind seals with their salts, which nothing else hands out. */
import { and, asc, eq, gt, gte, inArray, lt, lte } from 'drizzle-orm'
import type { Store } from '@/db/store'

export interface ExtractRow {
  readonly seq: number
  readonly kind: string
  readonly aggregateId: string
  readonly type: string
  readonly at: Date
  readonly body: string
  readonly prevHash: string
  readonly hash: string
}

const PAGE = 2_000

/** The entries from the first to `upTo`, in pages; the process answers others between two of them. */
export async function* logPages(store: Store, upTo: number): AsyncGenerator<readonly ExtractRow[]> {
  const { logEntry: t } = store.t
  for (let after = 0; ;) {
    const rows = await store.db.select({ seq: t.seq, kind: t.kind, aggregateId: t.aggregateId, type: t.type, at: t.at, body: t.body, prevHash: t.prevHash, hash: t.hash })
      .from(t).where(and(gt(t.seq, after), lte(t.seq, upTo))).orderBy(asc(t.seq)).limit(PAGE)
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) return
    after = rows.at(-1)?.seq ?? upTo
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What is known of some seals: salt and text, or when they were erased. Ordered by seal. */
export async function wordsBehind(store: Store, seals: readonly string[]): Promise<readonly { readonly hash: string; readonly salt: string | null; readonly text: string | null; readonly erasedAt: Date | null }[]> {
  const { freeText: t } = store.t
  const found = []
  for (let from = 0; from < seals.length; from += 500) {
    found.push(...(await store.db.select({ hash: t.hash, salt: t.salt, text: t.text, erasedAt: t.erasedAt }).from(t).where(inArray(t.hash, seals.slice(from, from + 500)))))
  }
  return found.sort((a, b) => (a.hash < b.hash ? -1 : 1))
}

/** Ids of the releases about which something was recorded from one instant to before another, up to an entry. */
export async function releasesTouched(store: Store, from: Date, to: Date, upTo: number): Promise<readonly string[]> {
  const { logEntry: t } = store.t
  const rows = await store.db.selectDistinct({ id: t.aggregateId }).from(t).where(and(eq(t.kind, 'release'), gte(t.at, from), lt(t.at, to), lte(t.seq, upTo)))
  return rows.map((row) => row.id).sort()
}

/** Ids of the check-ins that were closed up to an entry. */
export async function closedCheckIns(store: Store, upTo: number): Promise<readonly string[]> {
  const { logEntry: t } = store.t
  const rows = await store.db.select({ id: t.aggregateId }).from(t).where(and(eq(t.kind, 'check-in'), eq(t.type, 'check-in-closed'), lte(t.seq, upTo))).orderBy(asc(t.seq))
  return rows.map((row) => row.id)
}

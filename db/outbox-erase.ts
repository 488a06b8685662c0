/** Hides how an erasure request reaches messages: they hold plain words until they are sent, and a while after (PRODUCT rule 21). */
import { asc, eq, gt } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write, type Write } from '@/db/write'

const PAGE = 500
export const ERASED = '[erased]'

/** What is no words but address and kind; a comment that reads "stale" must not unmake them. */
const KEPT = new Set(['eventKind', 'path', 'teams', 'happenedAt', 'calls', 'pace'])

/** Words as patterns that find them whole, in any case: sentences begin some of them with a small letter. Longest first, some hundred in each. */
function patternsOf(words: readonly string[]): readonly RegExp[] {
  const whole = words.map((word) => word.trim()).filter((word) => word.length > 1).toSorted((a, b) => b.length - a.length)
  return Array.from({ length: Math.ceil(whole.length / 200) }, (_, i) => {
    const some = whole.slice(i * 200, i * 200 + 200).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${some.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  })
}

function cleaned(value: unknown, patterns: readonly RegExp[]): unknown {
  if (typeof value === 'string') return patterns.reduce((text, pattern) => text.replace(pattern, ERASED), value)
  if (Array.isArray(value)) return value.map((one: unknown) => cleaned(one, patterns))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, KEPT.has(key) ? one : cleaned(one, patterns)]))
}

/**
 * Takes words out of every message that is kept: sent, dead, held or still to be sent (it then goes out without them).
 * In: the words of the person. Out: how many messages held some. Words of one character are left, they name nobody.
 */
export async function eraseFromOutbox(store: Store, words: readonly string[]): Promise<number> {
  const patterns = patternsOf(words)
  if (patterns.length === 0) return 0
  const { outbox } = store.t
  let [after, found] = ['', 0]
  for (;;) {
    const rows = await store.db.select({ id: outbox.id, payload: outbox.payload }).from(outbox).where(gt(outbox.id, after)).orderBy(asc(outbox.id)).limit(PAGE)
    const writes = rows.flatMap(({ id, payload }): Write[] => {
      const left = cleaned(payload, patterns)
      if (JSON.stringify(left) === JSON.stringify(payload)) return []
      return [write((tx, t) => tx.update(t.outbox).set({ payload: left }).where(eq(t.outbox.id, id)).returning({ id: t.outbox.id }), 'any')]
    })
    if (writes.length > 0) await store.commit({ writes })
    found += writes.length
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return found
    after = last.id
  }
}

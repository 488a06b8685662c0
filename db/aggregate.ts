/** Hides how aggregates and the words beside them are kept: load, guard, reveal, erase. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { StateOf } from '@/lib/domain/registry'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'

export interface Loaded<S> {
  readonly version: number
  readonly state: S
}

const askAggregate = preparedOnce(({ db, t: { aggregate } }) =>
  db
    .select({ version: aggregate.version, state: aggregate.state })
    .from(aggregate)
    .where(and(eq(aggregate.kind, sql.placeholder('kind')), eq(aggregate.id, sql.placeholder('id'))))
    .prepare(),
)

/** One aggregate as of its last commit, or null when there is none. Sealed texts stay sealed; see `revealTexts`. */
export async function loadAggregate<K extends AggregateKind>(store: Store, kind: K, id: string): Promise<Loaded<StateOf<K>> | null> {
  const [row] = await askAggregate(store).execute({ kind, id })
  return row ? { version: row.version, state: JSON.parse(row.state) } : null
}

/** Several aggregates of a kind by id, or all of them (settings and catalogues only: no releases). */
export async function loadAggregates<K extends AggregateKind>(
  store: Store,
  kind: K,
  ids: readonly string[] | 'all',
): Promise<ReadonlyMap<string, Loaded<StateOf<K>>>> {
  const { aggregate } = store.t
  const found = new Map<string, Loaded<StateOf<K>>>()
  for (const part of ids === 'all' ? [null] : inParts(ids)) {
    const rows = await store.db
      .select({ id: aggregate.id, version: aggregate.version, state: aggregate.state })
      .from(aggregate)
      .where(part ? and(eq(aggregate.kind, kind), inArray(aggregate.id, part)) : eq(aggregate.kind, kind))
      .orderBy(aggregate.id)
    for (const row of rows) found.set(row.id, { version: row.version, state: JSON.parse(row.state) })
  }
  return found
}

/** The write that moves an aggregate on from the version that was seen (0: it must not exist yet). */
export function advanceWrite(kind: AggregateKind, id: string, seen: number, next: { version: number; state: unknown; at: Date }): Write {
  const state = JSON.stringify(next.state)
  if (seen === 0) {
    return write((tx, { aggregate }) =>
      tx
        .insert(aggregate)
        .values({ kind, id, version: next.version, state, updatedAt: next.at })
        .onConflictDoNothing()
        .returning({ id: aggregate.id }),
    )
  }
  return write((tx, { aggregate }) =>
    tx
      .update(aggregate)
      .set({ version: next.version, state, updatedAt: next.at })
      .where(and(eq(aggregate.kind, kind), eq(aggregate.id, id), eq(aggregate.version, seen)))
      .returning({ id: aggregate.id }),
  )
}

/** The write that only makes sure that an aggregate which a decision rests on is still at the version that was seen. */
export function holdWrite(kind: AggregateKind, id: string, seen: number): Write {
  return write((tx, { aggregate }) =>
    tx
      .update(aggregate)
      .set({ version: seen })
      .where(and(eq(aggregate.kind, kind), eq(aggregate.id, id), eq(aggregate.version, seen)))
      .returning({ id: aggregate.id }),
  )
}

/** The words behind the seals of some aggregates. In: their ids. Out: seal → words, null where they were erased. */
export async function revealTexts(store: Store, ownerIds: readonly string[]): Promise<Map<string, string | null>> {
  return reveal(store, 'ownerId', ownerIds)
}

const askSeal = preparedOnce(({ db, t: { freeText } }) =>
  db.select({ hash: freeText.hash, text: freeText.text }).from(freeText).where(eq(freeText.hash, sql.placeholder('hash'))).prepare(),
)

/** The words behind some seals, whoever owns them: for names in log entries and for lists that mix owners. */
export async function revealSeals(store: Store, hashes: readonly string[]): Promise<Map<string, string | null>> {
  const [hash, ...others] = hashes
  // who asks is a name, and is looked up with every request
  if (hash !== undefined && others.length === 0) return new Map((await askSeal(store).execute({ hash })).map((row) => [row.hash, row.text]))
  return reveal(store, 'hash', hashes)
}

async function reveal(store: Store, by: 'ownerId' | 'hash', keys: readonly string[]): Promise<Map<string, string | null>> {
  const { freeText } = store.t
  const words = new Map<string, string | null>()
  for (const part of inParts(keys)) {
    const rows = await store.db.select({ hash: freeText.hash, text: freeText.text }).from(freeText).where(inArray(freeText[by], part))
    for (const row of rows) words.set(row.hash, row.text)
  }
  return words
}

/** The words about a person that are not erased yet, for what else holds copies of them. */
export async function wordsAbout(store: Store, subjectId: string): Promise<readonly string[]> {
  const { freeText } = store.t
  const rows = await store.db.select({ text: freeText.text }).from(freeText).where(and(eq(freeText.subjectId, subjectId), isNull(freeText.erasedAt)))
  return [...new Set(rows.flatMap((row) => (row.text === null ? [] : [row.text])))]
}

/**
 * Meets an erasure request: empties the words about a person, or single texts. Out: the seals that were emptied.
 * The chain still verifies, because it holds only seals (PRODUCT rule 21).
 */
export async function eraseTexts(store: Store, what: { subjectId: string } | { hashes: readonly string[] }, at: Date): Promise<readonly string[]> {
  const { freeText } = store.t
  const chosen = 'subjectId' in what ? eq(freeText.subjectId, what.subjectId) : inArray(freeText.hash, [...what.hashes])
  const rows = await store.db.select({ hash: freeText.hash }).from(freeText).where(and(chosen, isNull(freeText.erasedAt)))
  const hashes = rows.map((row) => row.hash)
  if (hashes.length === 0) return hashes
  await store.commit({
    writes: inParts(hashes).map((part) =>
      write(
        (tx, t) =>
          tx
            .update(t.freeText)
            .set({ text: sql`null`, salt: sql`null`, erasedAt: at })
            .where(inArray(t.freeText.hash, part))
            .returning({ hash: t.freeText.hash }),
        'any',
      ),
    ),
  })
  return hashes
}

/** SQLite takes 32,766 parameters and Postgres 65,535; shorter lists also keep the plans small. */
function inParts<T>(list: readonly T[]): T[][] {
  const unique = [...new Set(list)]
  return Array.from({ length: Math.ceil(unique.length / 500) }, (_, index) => unique.slice(index * 500, index * 500 + 500))
}

/** Which aggregates changed after a point of the log: what a browser that was away has missed. */
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { AggregateKind } from '@/lib/domain/aggregate'
import { AGGREGATE_KINDS } from '@/lib/domain/aggregate'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'

export interface LoggedChange {
  readonly seq: number
  readonly kind: AggregateKind
  readonly id: string
  readonly version: number
}

function kindOf(value: string): AggregateKind | null {
  return AGGREGATE_KINDS.find((kind) => kind === value) ?? null
}

/** Entries after `seq`, oldest first, at most `most`. */
export async function changesSince(store: Store, seq: number, most: number): Promise<readonly LoggedChange[]> {
  const { logEntry } = store.t
  const rows = await store.db
    .select({ seq: logEntry.seq, kind: logEntry.kind, id: logEntry.aggregateId, version: logEntry.aggregateVersion })
    .from(logEntry).where(gt(logEntry.seq, seq)).orderBy(asc(logEntry.seq)).limit(most)
  return rows.flatMap((row) => {
    const kind = kindOf(row.kind)
    return kind ? [{ ...row, kind }] : []
  })
}

const askHead = preparedOnce(({ db, t: { logHead } }) => db.select({ seq: logHead.seq }).from(logHead).where(eq(logHead.id, 1)).prepare())

/** The last sequence of the log; 0 while it is empty. */
export async function headSeq(store: Store): Promise<number> {
  const [row] = await askHead(store).execute()
  return row?.seq ?? 0
}

export interface LoggedEntry {
  readonly seq: number
  readonly at: Date
  readonly type: string
  readonly body: string
  readonly hash: string
}

/** The entries of one aggregate, newest first; `before` pages on. */
export async function entriesOf(store: Store, kind: AggregateKind, id: string, most: number, before?: number): Promise<readonly LoggedEntry[]> {
  const { logEntry } = store.t
  const own = and(eq(logEntry.kind, kind), eq(logEntry.aggregateId, id), ...(before === undefined ? [] : [lt(logEntry.seq, before)]))
  const rows = await store.db
    .select({ seq: logEntry.seq, at: logEntry.at, type: logEntry.type, body: logEntry.body, hash: logEntry.hash })
    .from(logEntry).where(own).orderBy(desc(logEntry.seq)).limit(most)
  return rows
}

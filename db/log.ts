/** Hides how the record is checked: the chain against its own hashes and an outside checkpoint, the states against a replay. */
import canonicalize from 'canonicalize'
import { and, asc, desc, eq, gt, lt, lte } from 'drizzle-orm'
import { z } from 'zod'
import { type ActorStamp, formOf, GENESIS, type Head } from '@/db/chain'
import { sealOf } from '@/db/seal'
import type { Store } from '@/db/store'
import type { AggregateKind, DomainEvent } from '@/lib/domain/aggregate'
import { type Folding, foldingOf, registry } from '@/lib/domain/registry'
import { upcast } from '@/lib/domain/upcast'

/** What a check of the chain found; the first fault ends it. */
export type ChainVerdict =
  | { readonly verdict: 'sound'; readonly head: Head }
  /** The bytes of entry `seq` are not those that were hashed. */
  | { readonly verdict: 'altered'; readonly seq: number }
  /** Entries from `seq` up to before `next` are gone from the middle. */
  | { readonly verdict: 'missing'; readonly seq: number; readonly next: number }
  /** Entry `seq` is whole but follows another predecessor: entries were swapped, or the chain was forked. */
  | { readonly verdict: 'forked'; readonly seq: number }
  /** Entries after `seq` are gone; the head or the checkpoint knows of `expected`. */
  | { readonly verdict: 'truncated'; readonly seq: number; readonly expected: number }
  /** The chain is whole in itself, but entry `seq` is not the one that the checkpoint saw. */
  | { readonly verdict: 'rewritten'; readonly seq: number }
  /** The head row does not say what the entry at its place says, or lies behind an entry. */
  | { readonly verdict: 'head'; readonly seq: number }
  /** The words behind a seal are not those that were sealed. */
  | { readonly verdict: 'words'; readonly hash: string }

const PAGE = 500

/** Lets the process answer others between pages: the embedded driver never waits for anything by itself. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const Body = z.object({ kind: z.string(), id: z.string(), version: z.number(), at: z.string(), actor: z.object({ id: z.string() }), event: z.looseObject({ type: z.string(), v: z.number() }) })

type Row = Store['t']['logEntry']['$inferSelect']

/**
 * Walks the whole chain; commits may go on meanwhile. In: optionally a head that was noted outside.
 * Out: one verdict, the first fault found.
 */
export async function verifyChain(store: Store, checkpoint?: Head): Promise<ChainVerdict> {
  const { logEntry } = store.t
  const before = await logHead(store)
  let last: Head = GENESIS
  for (;;) {
    const rows = await store.db.select().from(logEntry).where(gt(logEntry.seq, last.seq)).orderBy(asc(logEntry.seq)).limit(PAGE)
    for (const row of rows) {
      const fault = faultOf(row, last)
      if (fault) return fault
      if (checkpoint?.seq === row.seq && checkpoint.hash !== row.hash) return { verdict: 'rewritten', seq: row.seq }
      if (before.seq === row.seq && before.hash !== row.hash) return { verdict: 'head', seq: row.seq }
      last = { seq: row.seq, hash: row.hash }
    }
    if (rows.length < PAGE) break
    await breathe()
  }
  const expected = Math.max(before.seq, checkpoint?.seq ?? 0)
  if (expected > last.seq) return { verdict: 'truncated', seq: last.seq, expected }
  // the head moves in the transaction of its entry, so that a later look never finds it behind an entry that was seen
  if ((await logHead(store)).seq < last.seq) return { verdict: 'head', seq: last.seq }
  return (await wordsFault(store)) ?? { verdict: 'sound', head: last }
}

function faultOf(row: Row, last: Head): ChainVerdict | null {
  if (row.seq !== last.seq + 1) return { verdict: 'missing', seq: last.seq + 1, next: row.seq }
  if (formOf(row) === null || !agrees(row)) return { verdict: 'altered', seq: row.seq }
  return row.prevHash === last.hash ? null : { verdict: 'forked', seq: row.seq }
}

/** The columns repeat the body for queries; they must say the same. */
function agrees(row: Row): boolean {
  return reads(row) || isSaidBy(row)
}

/**
 * The same without parsing, which over a long log costs more than the hashes: a body is canonical, so its members stand in one order, and a
 * quotation mark inside of a string is never bare. Any doubt is left to the parser.
 */
function reads({ body, kind, aggregateId, aggregateVersion, type, v, at, actorId }: Row): boolean {
  return (
    body.endsWith(`,"id":${quoted(aggregateId)},"kind":${quoted(kind)},"version":${aggregateVersion}}`) && body.startsWith(`{"actor":{"id":${quoted(actorId)},"kind":"`) &&
    body.includes(`]},"at":"${at.toISOString()}","event":{`) && body.includes(`"type":${quoted(type)},"v":${v}`)
  )
}

const PLAIN = /^[\w:.@/-]*$/
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

function isSaidBy(row: Row): boolean {
  const body = Body.safeParse(parsed(row.body)).data
  return (
    body !== undefined && body.kind === row.kind && body.id === row.aggregateId && body.version === row.aggregateVersion &&
    body.event.type === row.type && body.event.v === row.v && body.at === row.at.toISOString() && body.actor.id === row.actorId
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function wordsFault(store: Store): Promise<ChainVerdict | null> {
  const { freeText } = store.t
  for (let after = ''; ; ) {
    const rows = await store.db.select().from(freeText).where(gt(freeText.hash, after)).orderBy(asc(freeText.hash)).limit(PAGE)
    for (const row of rows) {
      const isErased = row.erasedAt !== null && row.text === null
      if (!isErased && sealOf(row.salt ?? '', row.text ?? '') !== row.hash) return { verdict: 'words', hash: row.hash }
      after = row.hash
    }
    if (rows.length < PAGE) return null
    await breathe()
  }
}

/** The end of the chain as it stands, for checkpoints and readiness. */
export async function logHead(store: Store): Promise<Head> {
  const [head] = await store.db.select().from(store.t.logHead).where(eq(store.t.logHead.id, 1))
  return head ? { seq: head.seq, hash: head.hash } : GENESIS
}

/** The events of one aggregate in order, in today's shapes, texts sealed. */
export async function eventsOf(store: Store, kind: AggregateKind, id: string): Promise<readonly DomainEvent[]> {
  const { logEntry } = store.t
  const rows = await store.db
    .select({ body: logEntry.body })
    .from(logEntry)
    .where(and(eq(logEntry.kind, kind), eq(logEntry.aggregateId, id)))
    .orderBy(asc(logEntry.aggregateVersion))
  return rows.map((row) => eventOf(kind, row.body))
}

/** The event of one entry, in today's shape. In: the kind of its aggregate, the canonical body. Throws when the body is none of ours. */
export function eventOf(kind: AggregateKind, body: string): DomainEvent {
  return upcast(kind, Body.parse(JSON.parse(body)).event)
}

/** One entry as a timeline shows it. */
export interface Told {
  readonly seq: number
  readonly at: Date
  readonly actor: ActorStamp
  readonly event: DomainEvent
}

const Stamp = z.object({
  kind: z.enum(['person', 'token', 'system']), id: z.string(), name: z.object({ sealed: z.string() }), teams: z.array(z.string()), roles: z.array(z.string()),
})

/** Entries of one aggregate, newest first, from before a sequence. Texts and names are sealed; `revealTexts` of the aggregate's id has them all. */
export async function entriesOf(store: Store, kind: AggregateKind, id: string, page: { before?: number; limit: number }): Promise<readonly Told[]> {
  const { logEntry } = store.t
  const rows = await store.db
    .select({ seq: logEntry.seq, at: logEntry.at, body: logEntry.body })
    .from(logEntry)
    .where(and(eq(logEntry.kind, kind), eq(logEntry.aggregateId, id), page.before === undefined ? undefined : lt(logEntry.seq, page.before)))
    .orderBy(desc(logEntry.aggregateVersion))
    .limit(page.limit)
  return rows.map(({ seq, at, body }) => {
    const { actor, event } = z.object({ actor: Stamp, event: Body.shape.event }).parse(JSON.parse(body))
    return { seq, at, actor, event: upcast(kind, event) }
  })
}

type Foldings = Partial<Record<AggregateKind, Folding>>

/** Folds the log of one aggregate. Out: what its stored version and state must be; version 0 when the log knows it not. */
export async function replay(store: Store, kind: AggregateKind, id: string, foldings: Foldings = registry): Promise<{ version: number; state: unknown }> {
  const events = await eventsOf(store, kind, id)
  const folding = foldingOf(kind, foldings)
  let state: unknown = null
  for (const event of events) state = folding.apply(state, event)
  return { version: events.length, state }
}

export interface StateFault {
  readonly kind: string
  readonly id: string
  readonly fault: 'state' | 'version' | 'unlogged' | 'unstored'
}

/** Replays every aggregate and compares. Out: the aggregates whose stored state is not what their log says; empty when all agree. */
export async function verifyStates(store: Store, foldings: Foldings = registry): Promise<readonly StateFault[]> {
  const { aggregate, logEntry } = store.t
  const faults: StateFault[] = []
  const upTo = await logHead(store)
  const stored = await store.db.select({ kind: aggregate.kind, id: aggregate.id }).from(aggregate)
  const known = new Set(stored.map(({ kind, id }) => `${kind} ${id}`))
  const logged = await store.db.selectDistinct({ kind: logEntry.kind, id: logEntry.aggregateId }).from(logEntry).where(lte(logEntry.seq, upTo.seq))
  for (const { kind, id } of logged) if (!known.has(`${kind} ${id}`)) faults.push({ kind, id, fault: 'unstored' })
  for (const { kind, id } of stored) {
    await breathe()
    const fault = await lastingFault(store, kind, id, foldings)
    if (fault) faults.push({ kind, id, fault })
  }
  return faults
}

/** A command may commit between the two reads of a comparison; only what differs three times is a fault. */
async function lastingFault(store: Store, kind: string, id: string, foldings: Foldings): Promise<StateFault['fault'] | null> {
  const looks = [await stateFault(store, kind, id, foldings)]
  while (looks.length < 3 && looks.at(-1)) looks.push(await stateFault(store, kind, id, foldings))
  return looks.at(-1) ?? null
}

async function stateFault(store: Store, kind: string, id: string, foldings: Foldings): Promise<StateFault['fault'] | null> {
  const { aggregate } = store.t
  const known = Object.keys(foldings).find((one): one is AggregateKind => one === kind)
  if (!known) throw new Error(`the database holds aggregates of the unknown kind ${kind}`)
  const [row] = await store.db.select().from(aggregate).where(and(eq(aggregate.kind, kind), eq(aggregate.id, id)))
  const replayed = await replay(store, known, id, foldings)
  if (replayed.version === 0) return 'unlogged'
  if (row?.version !== replayed.version) return 'version'
  return canonicalize(parsed(row.state)) === canonicalize(parsed(JSON.stringify(replayed.state))) ? null : 'state'
}

/** Hides the bytes of the hash chain: what an entry's body holds and how entries are linked. Pure. */
import * as crypto from 'node:crypto'
import canonicalize from 'canonicalize'
import type { AggregateKind, DomainEvent } from '@/lib/domain/aggregate'

/** Who did it, as they were then (rule 21); the name is sealed. */
export interface ActorStamp {
  readonly kind: 'person' | 'token' | 'system'
  readonly id: string
  readonly name: { readonly sealed: string }
  readonly teams: readonly string[]
  readonly roles: readonly string[]
}

/** One event on its way into the log. `aggregateVersion` is the aggregate's version after this event. */
export interface Entry {
  readonly kind: AggregateKind
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly at: Date
  readonly actor: ActorStamp
  /** Sealed; see `sealEvents`. */
  readonly event: DomainEvent
}

export interface Head {
  readonly seq: number
  readonly hash: string
}

export interface LinkedRow {
  readonly seq: number
  readonly kind: string
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly type: string
  readonly v: number
  readonly at: Date
  readonly actorId: string
  readonly body: string
  readonly prevHash: string
  readonly hash: string
}

// In one step where Node has it (20.12): over a long log, setting up a hash object costs as much as the hashing.
const hasOneStep: boolean = 'hash' in crypto
const sha256 = (text: string): string => (hasOneStep ? crypto.hash('sha256', text, 'hex') : crypto.createHash('sha256').update(text, 'utf8').digest('hex'))

export const GENESIS: Head = { seq: 0, hash: sha256('gatehouse-log/1') }

/** What stands for a body where the body itself is not shown: the links of a chain can be proved with it and nothing be read (decision 031). */
export function digestOf(body: string): string {
  return sha256(body)
}

/** The hash of an entry: over its place, its predecessor and the digest of its canonical body. */
export function hashOf(seq: number, prevHash: string, body: string): string {
  return linkOf(seq, prevHash, digestOf(body))
}

/** The same from the digest alone, for whoever may not see the body. */
export function linkOf(seq: number, prevHash: string, digest: string): string {
  return sha256(`gatehouse-log/2\n${seq}\n${prevHash}\n${digest}`)
}

/** The hash as the first logs had it: over the body itself, so that a link cannot be proved without showing the body. */
export function firstHashOf(seq: number, prevHash: string, body: string): string {
  return sha256(`gatehouse-log/1\n${seq}\n${prevHash}\n${body}`)
}

/** By which of the two forms an entry was linked, or null when its hash is neither. */
export function formOf({ seq, prevHash, body, hash }: Pick<LinkedRow, 'seq' | 'prevHash' | 'body' | 'hash'>): 1 | 2 | null {
  if (hashOf(seq, prevHash, body) === hash) return 2
  return firstHashOf(seq, prevHash, body) === hash ? 1 : null
}

/** RFC 8785 bytes of an entry. Thrown: when the event holds what JSON cannot say (a bug of `decide`). */
export function bodyOf(entry: Entry): string {
  const text = canonicalize({
    kind: entry.kind,
    id: entry.aggregateId,
    version: entry.aggregateVersion,
    at: entry.at.toISOString(),
    actor: entry.actor,
    event: entry.event,
  })
  if (text === undefined) throw new Error('an entry has no canonical form')
  return text
}

/** Links bodies behind a head. Out: the rows to insert and the new head. */
export function link(head: Head, entries: readonly Entry[], bodies: readonly string[]): { rows: LinkedRow[]; head: Head } {
  let last = head
  const rows = entries.map((entry, index) => {
    const body = bodies[index] ?? ''
    const seq = last.seq + 1
    const hash = hashOf(seq, last.hash, body)
    const row = {
      seq,
      kind: entry.kind,
      aggregateId: entry.aggregateId,
      aggregateVersion: entry.aggregateVersion,
      type: entry.event.type,
      v: entry.event.v,
      at: entry.at,
      actorId: entry.actor.id,
      body,
      prevHash: last.hash,
      hash,
    }
    last = { seq, hash }
    return row
  })
  return { rows, head: last }
}

/** Hides how free text leaves an event: its words go beside the log, the event keeps a salted hash. */
import { createHash, randomBytes } from 'node:crypto'
import type { Change, DomainEvent } from '@/lib/domain/aggregate'

export interface TextRow {
  readonly hash: string
  readonly salt: string
  readonly text: string
  readonly ownerKind: string
  readonly ownerId: string
  readonly subjectId: string | null
  readonly authorId: string
}

/** Sixteen fresh bytes per text, so that a seal can neither be guessed nor compared with another. */
export type Salts = () => Uint8Array

export const freshSalts: Salts = () => randomBytes(16)

/** The seal of a text under a salt (hex in, hex out). */
export function sealOf(salt: string, text: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(text, 'utf8').digest('hex')
}

/**
 * Replaces every `{ text }` in the events by `{ sealed }`. In: the decided changes and who wrote them. Out: equal changes
 * with seals, and the rows for the words. States are folded over the sealed events, so that a replay gives the same state.
 * The texts of a person's own aggregate are about that person and are erased with them (PRODUCT rule 21).
 */
export function sealEvents(
  changes: readonly Change[],
  authorId: string,
  salts: Salts = freshSalts,
): { changes: readonly Change[]; texts: readonly TextRow[] } {
  const texts: TextRow[] = []
  const sealed = changes.map((change) => {
    const seal = (text: string): { sealed: string } => {
      const row = textRow(text, change.kind, change.id, change.kind === 'person' ? change.id : null, authorId, salts)
      texts.push(row)
      return { sealed: row.hash }
    }
    return { ...change, events: change.events.map((event) => sealEvent(event, seal)) }
  })
  return { changes: sealed, texts }
}

/** One text on its way beside the log. */
export function textRow(
  text: string,
  ownerKind: string,
  ownerId: string,
  subjectId: string | null,
  authorId: string,
  salts: Salts = freshSalts,
): TextRow {
  const salt = Buffer.from(salts()).toString('hex')
  return { hash: sealOf(salt, text), salt, text, ownerKind, ownerId, subjectId, authorId }
}

function sealEvent(event: DomainEvent, seal: (text: string) => unknown): DomainEvent {
  const data = Object.entries(event).map(([name, value]) => [name, walk(value, seal)] as const)
  return { ...Object.fromEntries(data), type: event.type, v: event.v }
}

function walk(value: unknown, seal: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => walk(part, seal))
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only?.[0] === 'text' && typeof only[1] === 'string') return seal(only[1])
  // undefined members vanish as they do in JSON, so that folding now and replaying later see the same event
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined).map(([name, part]) => [name, walk(part, seal)]))
}

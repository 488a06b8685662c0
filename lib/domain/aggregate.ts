/** What every aggregate shares: commands are decided into changes or a refusal, and changes are folded into state. */

export const AGGREGATE_KINDS = [
  'installation', 'person', 'model', 'environment', 'source', 'live',
  'template', 'release', 'check-in', 'destination', 'token', 'series', 'incident',
] as const

export type AggregateKind = (typeof AGGREGATE_KINDS)[number]

/** An event of any aggregate: its name, the version of its shape, and its data as JSON (free text wrapped, instants as ISO strings). */
export interface DomainEvent {
  readonly type: string
  readonly v: number
}

/** The events that one command adds to one aggregate. The first change is the command's own aggregate. */
export interface Change {
  readonly kind: AggregateKind
  readonly id: string
  readonly events: readonly DomainEvent[]
}

/** Why a command is refused. The API maps each code to one HTTP status; see `lib/domain/problem.ts`. */
export type RefusalCode =
  | 'not-found' // the thing named does not exist, or may not be seen
  | 'forbidden' // this actor may never do this here
  | 'invalid' // the command's words do not fit (also zod issues)
  | 'exists' // a name or id is taken
  | 'blocked' // a rule or an open prerequisite stands in the way; blockers say which
  | 'stale' // what the actor saw is no longer what is there (rule 2)
  | 'conflict' // two changes met and the product could not decide again
  | 'closed' // the life of the thing has ended

/** One reason in the way of a command, with what it points at, so that a screen can link to it. */
export interface Blocker {
  readonly code: string
  readonly message: string
  readonly gateId?: string
  readonly itemId?: string
  readonly team?: string
}

export interface Refusal {
  readonly code: RefusalCode
  /** One sentence that says what is wrong and what to do. */
  readonly message: string
  readonly blockers?: readonly Blocker[]
}

export type Outcome =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** Short form for a refusal. */
export function refuse(code: RefusalCode, message: string, blockers?: readonly Blocker[]): Outcome {
  return { ok: false, refusal: blockers ? { code, message, blockers } : { code, message } }
}

/** Short form for accepted changes. */
export function accept(...changes: readonly Change[]): Outcome {
  return { ok: true, changes }
}

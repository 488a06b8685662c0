/** What each area tells `execute` about its aggregate: the words of its commands, what a decision rests on, who decides. */
import 'server-only'
import type { z } from 'zod'
import type { OutboxDraft } from '@/db/commit'
import type { Store } from '@/db/store'
import type { Write } from '@/db/write'
import type { Actor } from '@/lib/domain/actor'
import type { AggregateKind, Change, Outcome } from '@/lib/domain/aggregate'

/** An aggregate that the decision rests on, at the version that was read; 0 when it does not exist. */
export interface Seen {
  readonly kind: AggregateKind
  readonly id: string
  readonly version: number
}

/**
 * What `decide` is given, and every aggregate that it rests on or changes, at the version that was read: a change in between
 * makes `execute` load and decide again. List the command's own aggregate too (version 0 when it does not exist yet).
 */
export interface LoadedContext<C> {
  readonly context: C
  readonly versions: readonly Seen[]
}

export interface Registration<Command, Context> {
  /** Strict union of the kind's commands, discriminated by `type`. */
  readonly schema: z.ZodType<Command>
  load(store: Store, id: string, command: Command, actor: Actor, now: Date): Promise<LoadedContext<Context>>
  decide(context: Context, command: Command, actor: Actor, now: Date): Outcome
  /** What is to be told outside. Called with the changes before sealing, so that it may use their words. */
  notify?(changes: readonly Change[], context: Context, actor: Actor, now: Date): readonly OutboxDraft[]
  /** Rows beside the record that must be written in the same transaction: a boxed secret, a credential, a stored file. */
  beside?(changes: readonly Change[], context: Context, command: Command, now: Date): readonly Write[]
  /** What the caller gets back beside the version; kept for a repeat of the command, so it must hold no secret. */
  answer?(changes: readonly Change[], context: Context): unknown
}

/** A registration whose own types are its own business; `execute` hands it back only what its own schema and load gave. */
export type AnyRegistration = Registration<unknown, unknown>

/** Ties the types of one registration together. */
export function defineContext<Command, Context>(registration: Registration<Command, Context>): AnyRegistration {
  return registration
}

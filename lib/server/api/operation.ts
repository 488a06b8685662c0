/** The shape of one operation of the public API: its place, who may call it, its words, and what answers. The table of them is the API. */
import 'server-only'
import { z } from 'zod'
import type { Actor, TokenScope } from '@/lib/domain/actor'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** `public`: anyone; `person`: a session; `person-or-token`: a session, or a token with the scope. What they may do with it is decided by policy. */
export type Access = 'public' | 'person' | 'person-or-token'

export interface Call<Query, Body, Who> {
  readonly actor: Who
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly request: Request
  /** The caller's `Idempotency-Key`, or a fresh one where none was sent. */
  readonly key: string
}

interface Place {
  readonly id: string
  readonly method: Method
  /** Under /api/v1, parameters in braces. */
  readonly path: string
  readonly summary: string
  readonly scope?: TokenScope
  /** Scopes that let a token in as well; what it may do then is decided by policy. */
  readonly otherScopes?: readonly TokenScope[]
  /** Takes the raw body; the content type is the operation's own business. */
  readonly takesFile?: boolean
  /** Answered in front of the framework (lib/public/short-way): for what people wait for while they type. It must not ask the framework for anything. */
  readonly isUrgent?: true
}

export interface Operation extends Place {
  readonly access: Access
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Schema of the answer; `file` and `stream` answer with their own Response. */
  readonly answer: z.ZodType | 'file' | 'stream'
  run(call: Call<unknown, unknown, Actor | null>): Promise<unknown>
}

interface Typed<Query extends z.ZodType, Body extends z.ZodType> extends Place {
  readonly query?: Query
  readonly body?: Body
  readonly answer: z.ZodType | 'file' | 'stream'
}

/**
 * Defines an operation for signed-in people, and for tokens with its scope where it names one.
 * `handle` gives the answer as a value, `null` for "not found", or a Response of its own. It throws `Refused` to refuse.
 */
export function operation<Query extends z.ZodType = z.ZodUnknown, Body extends z.ZodType = z.ZodUnknown>(
  place: Typed<Query, Body> & { readonly access: 'person' | 'person-or-token'; handle(call: Call<z.output<Query>, z.output<Body>, Actor>): Promise<unknown> },
): Operation {
  const { handle, ...rest } = place
  return {
    ...rest,
    async run({ actor, ...call }) {
      if (!actor) throw new Error(`${place.id} was run without an actor`)
      return handle({ ...call, actor, query: words(place.query, call.query), body: words(place.body, call.body) })
    },
  }
}

/** Defines an operation that anyone may call. */
export function publicOperation<Query extends z.ZodType = z.ZodUnknown, Body extends z.ZodType = z.ZodUnknown>(
  place: Typed<Query, Body> & { handle(call: Call<z.output<Query>, z.output<Body>, Actor | null>): Promise<unknown> },
): Operation {
  const { handle, ...rest } = place
  return { ...rest, access: 'public', run: async (call) => handle({ ...call, query: words(place.query, call.query), body: words(place.body, call.body) }) }
}

/** Parses by the operation's schema; without one the value stays unknown. Throws zod's error, which the dispatcher answers with 422. */
function words<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S>
function words(schema: z.ZodType | undefined, value: unknown): unknown {
  return (schema ?? z.unknown()).parse(value)
}


/** One operation per collection carries every command of its aggregates; a new verb needs no new route. */
import 'server-only'
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { Actor, TokenScope } from '@/lib/domain/actor'
import { contexts } from '@/lib/server/context'
import { execute } from '@/lib/server/execute'
import { currentView } from '@/lib/server/view/current'
import { isIdOf, notByCommand } from './command-door'
import { operation, type Operation } from './operation'
import { problem, statusOf } from './problem'

interface Collection {
  readonly path: string
  readonly kind: AggregateKind
  readonly noun: string
  /** Tokens with this scope may send commands; policy says which. */
  readonly scope?: TokenScope
  readonly otherScopes?: readonly TokenScope[]
}

const COLLECTIONS: readonly Collection[] = [
  { path: 'installation', kind: 'installation', noun: 'the installation' },
  { path: 'people', kind: 'person', noun: 'a person' },
  { path: 'models', kind: 'model', noun: 'a model', scope: 'evidence' },
  { path: 'environments', kind: 'environment', noun: 'an environment' },
  { path: 'sources', kind: 'source', noun: 'a metrics source' },
  { path: 'live', kind: 'live', noun: 'a live version' },
  { path: 'templates', kind: 'template', noun: 'a template' },
  { path: 'releases', kind: 'release', noun: 'a release', scope: 'evidence', otherScopes: ['observe'] },
  { path: 'check-ins', kind: 'check-in', noun: 'a check-in' },
  { path: 'series', kind: 'series', noun: 'a series of check-ins' },
  { path: 'destinations', kind: 'destination', noun: 'a destination' },
  { path: 'tokens', kind: 'token', noun: 'an API token' },
  { path: 'incidents', kind: 'incident', noun: 'an incident of the status page' },
]

export const commandAnswer = z.object({
  id: z.string(), version: z.number(), answer: z.unknown().optional(), view: z.unknown().optional(),
})

/** Commands that must see what is new when they are refused for being late. */
const LATE = new Set(['stale', 'conflict', 'exists'])

/** What a key stands for, as a hash: words of people are kept nowhere but where they can be erased. Salted with the key, so that it cannot be guessed from a list. */
function keyFor(key: string, asked: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify([key, ...asked])).digest('base64url')
}

/** A token may send what it may not read back. */
function mayRead(actor: Actor): boolean {
  return actor.kind !== 'token' || actor.scopes.includes('read')
}

function commandOperation(collection: Collection, isCreation: boolean): Operation {
  const schema = contexts[collection.kind]?.schema ?? z.looseObject({ type: z.string() })
  return operation({
    id: isCreation ? `create-in-${collection.path}` : `command-${collection.path}`,
    method: 'POST',
    path: isCreation ? `/${collection.path}` : `/${collection.path}/{id}/commands`,
    summary: isCreation ? `Sends the first command of ${collection.noun}; the server makes the id.` : `Sends one command to ${collection.noun}.`,
    access: collection.scope ? 'person-or-token' : 'person',
    ...(collection.scope ? { scope: collection.scope } : {}),
    ...(collection.otherScopes ? { otherScopes: collection.otherScopes } : {}),
    // The words are checked once more precisely by `execute`, with the sentences that go with them.
    body: z.looseObject({ type: z.string() }).meta({ commandOf: collection.kind, schema }),
    answer: commandAnswer,
    async handle({ actor, params, body, key }) {
      const id = isCreation ? uuid() : (params.id ?? '')
      if (!isIdOf(collection.kind, id)) return null
      const elsewhere = notByCommand(collection.kind, body)
      if (elsewhere) return problem(elsewhere)
      const result = await execute({ kind: collection.kind, id, command: body, actor, key, keyFor: keyFor(key, [collection.kind, isCreation ? null : id, body]) })
      const view = async (of: string) => (mayRead(actor) ? currentView(collection.kind, of, actor) : undefined)
      if (!result.ok) return problem(result.refusal, statusOf(result.refusal.code), LATE.has(result.refusal.code) ? await view(id) : undefined)
      return { id: result.id, version: result.version, answer: result.answer ?? undefined, view: await view(result.id) }
    },
  })
}

/** There is one installation; live versions have ids of their own; people and tokens are made with a link or a secret (see people.ts, session.ts). */
const NOT_CREATED_HERE: ReadonlySet<AggregateKind> = new Set(['installation', 'live', 'person', 'token'])

export const commandOperations: readonly Operation[] = COLLECTIONS.flatMap((collection) => [
  commandOperation(collection, false),
  ...(NOT_CREATED_HERE.has(collection.kind) ? [] : [commandOperation(collection, true)]),
])

/** Finds the operation for a request, establishes who asks, reads the body within its limit, and answers; every error becomes a problem document. */
import 'server-only'
import { v7 as uuid } from 'uuid'
import { ZodError } from 'zod'
import { loggable, storageFaultOf } from '@/db/conflict'
import { UnreadableSecret } from '@/db/secret'
import type { Actor } from '@/lib/domain/actor'
import { listOf } from '@/lib/domain/policy'
import { actorOf } from '@/lib/server/actor'
import { issuesOf } from '@/lib/server/command-words'
import { catalogue } from './catalogue'
import { refuseCrossSite } from './guard'
import type { Operation } from './operation'
import { problem, Refused, storageProblem } from './problem'
import { outOfReach } from './token-reach'

/** JSON bodies in bytes; server.ts refuses larger ones before they arrive, this holds behind any other front. */
const MOST_JSON = 1_000_000
const KEY = /^[\x21-\x7e]{1,200}$/

interface Match {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

interface Pattern {
  readonly operation: Operation
  readonly parts: readonly string[]
}

const isOpen = (part: string): boolean => part.startsWith('{')

function countOpen(parts: readonly string[]): number {
  return parts.filter(isOpen).length
}

let patterns: readonly Pattern[] | null = null

/** The paths of all operations in parts, read once; those with fewer parameters first, because literal parts win. */
function knownPatterns(): readonly Pattern[] {
  patterns ??= catalogue().map((operation) => ({ operation, parts: operation.path.split('/').filter(Boolean) })).toSorted((a, b) => countOpen(a.parts) - countOpen(b.parts))
  return patterns
}

/** The operation for a method and path. `allowed` lists the methods that the path has. */
export function match(method: string, path: readonly string[]): { readonly found: Match | null; readonly allowed: readonly string[] } {
  const here = knownPatterns().filter(({ parts }) => parts.length === path.length && parts.every((part, i) => isOpen(part) || part === path[i]))
  const one = here.find(({ operation }) => operation.method === method)
  const params = one?.parts.flatMap((part, i): readonly (readonly [string, string])[] => (isOpen(part) ? [[part.slice(1, -1), path[i] ?? '']] : []))
  return { found: one ? { operation: one.operation, params: Object.fromEntries(params ?? []) } : null, allowed: [...new Set(here.map(({ operation }) => operation.method))] }
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text()
  if (Buffer.byteLength(text) > MOST_JSON) throw new Refused({ code: 'invalid', message: 'The body is over the limit of 1 MB; nothing was changed.' }, 413)
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    throw new Refused({ code: 'invalid', message: 'The body is not JSON.' }, 400)
  }
}

function isAllowed(operation: Operation, actor: Actor | null): Response | null {
  if (operation.access === 'public') return null
  if (!actor) {
    const answer = problem({ code: 'forbidden', message: 'Sign in, or send a token as "Authorization: Bearer …".' }, 401)
    answer.headers.set('www-authenticate', 'Bearer realm="gatehouse"')
    return answer
  }
  if (actor.kind !== 'token') return null
  if (operation.access === 'person' || !operation.scope) return problem({ code: 'forbidden', message: 'This is for people; a token cannot do it.' })
  const enough = [operation.scope, ...(operation.otherScopes ?? [])]
  if (enough.some((scope) => actor.scopes.includes(scope))) return null
  return problem({ code: 'forbidden', message: `This token lacks the scope ${listOf(enough.map((scope) => `"${scope}"`), 'or')}.` })
}

async function run({ operation, params }: Match, request: Request): Promise<Response> {
  const cross = operation.access === 'public' ? null : refuseCrossSite(request, operation.takesFile ? 'file' : 'json')
  if (cross) return problem(cross.refusal, cross.status)
  const actor = await actorOf(request)
  const no = isAllowed(operation, actor)
  if (no) return no
  const far = await outOfReach(actor, operation, params)
  if (far) return problem(far)
  const sent = request.headers.get('idempotency-key')
  if (sent !== null && !KEY.test(sent)) return problem({ code: 'invalid', message: 'An Idempotency-Key is 1 to 200 visible ASCII characters.' })
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const body = operation.method === 'GET' || operation.takesFile ? undefined : await bodyOf(request)
  const answer = await operation.run({ actor, params, query, body, request, key: sent ?? uuid() })
  if (answer instanceof Response) return answer
  if (answer === null || answer === undefined) return problem({ code: 'not-found', message: 'There is no such thing here, or you may not see it.' })
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
}

/** Answers one request to /api/v1. In: the request and its path below that. Never throws; a bug is logged and answered with 500 and no detail. */
export async function dispatch(request: Request, path: readonly string[]): Promise<Response> {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const { found, allowed } = match(method, path)
  if (!found) {
    if (allowed.length === 0) return problem({ code: 'not-found', message: 'There is no such address in this API; see /api/v1/openapi.json.' })
    const answer = problem({ code: 'invalid', message: `Use ${allowed.join(' or ')} here.` }, 405)
    answer.headers.set('allow', allowed.join(', '))
    return answer
  }
  try {
    return await run(found, request)
  } catch (error) {
    if (error instanceof Refused) return problem(error.refusal, error.status)
    if (error instanceof ZodError) return problem(issuesOf(error.issues))
    if (error instanceof UnreadableSecret) return problem({ code: 'blocked', message: error.message })
    const fault = storageFaultOf(error)
    if (fault !== null) {
      console.error(`${found.operation.id} could not use the database (${fault})`, loggable(error))
      return storageProblem(fault)
    }
    console.error(`${found.operation.id} failed`, loggable(error))
    return problem({ code: 'failed', message: 'The product could not answer this. Nothing was changed; try again.' }, 500)
  }
}

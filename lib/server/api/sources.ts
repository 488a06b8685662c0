/** The API of metrics sources beside their commands: what has to do with credentials, which no command may carry, and the connection test. */
import 'server-only'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { loadAggregate } from '@/db/aggregate'
import type { Actor } from '@/lib/domain/actor'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { headerName, sourceUrl, sourceWishes } from '@/lib/domain/source/commands'
import { isLabelName } from '@/lib/domain/preset/selector'
import type { ConnectionTest } from '@/lib/domain/source/view'
import { execute } from '@/lib/server/execute'
import { discover } from '@/lib/server/metrics/discover'
import { sourceBook } from '@/lib/server/metrics/source-book'
import { sharedAsker } from '@/lib/server/metrics/start'
import type { Connection } from '@/lib/server/prometheus/connection'
import { probe } from '@/lib/server/prometheus/probe'
import { authenticationOf, keepSourceSecret, sourceSecretSchema, tlsOf, tlsPartsOf, type SourceSecret } from '@/lib/server/prometheus/secret'
import { rawStore } from '@/lib/server/raw-store'
import { viewSources } from '@/lib/server/view/source'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const changed = z.object({ id: z.string(), version: z.number() })
const tested = z.union([
  z.object({ reachable: z.literal(false), kind: z.string(), message: z.string() }),
  z.object({
    reachable: z.literal(true), flavour: z.string(), version: z.string().nullable(), intervals: z.array(z.object({ seconds: z.number(), targets: z.int() })),
    scrapeIntervalSeconds: z.number().nullable(), targetsUp: z.int().nullable(), targets: z.int().nullable(), downJobs: z.array(z.string()),
    lacking: z.array(z.object({ part: z.string(), why: z.enum(['not-permitted', 'absent', 'broken']) })), clockDifferenceSeconds: z.number().nullable(), tookMs: z.number(),
  }),
])

const proposed = z.looseObject({ presetId: z.string(), stack: z.string(), title: z.string(), unit: z.string(), query: z.string(), value: z.number().nullable(), state: z.enum(['ok', 'idle']) })
const discovery = z.looseObject({
  sentence: z.string(), matched: z.int(), stacks: z.array(z.object({ stack: z.string(), name: z.string(), panels: z.int() })), panels: z.array(proposed),
  tried: z.array(z.looseObject({ stack: z.string(), outcome: z.enum(['absent', 'silent', 'panels']) })), unknown: z.array(z.string()),
})
const selector = z.record(z.string().max(100).refine(isLabelName, 'must be a label name'), z.string().min(1).max(300)).refine((labels) => {
  const count = Object.keys(labels).length
  return count > 0 && count <= 20
}, 'must name between 1 and 20 labels')

function demand(actor: Actor, action: ActionName): void {
  const allowed = may(actor, action)
  if (allowed !== true) throw new Refused(allowed)
}

async function carryOut(id: string, command: unknown, actor: Actor, key: string): Promise<{ id: string; version: number }> {
  const result = await execute({ kind: 'source', id, command, actor, key })
  if (!result.ok) throw new Refused(result.refusal)
  return { id, version: result.version }
}

const GREETING_MS = 1500

/** Asks a source once past the breaker, so that the screen says at once how it is. Waits a moment only; what comes later is counted all the same. */
async function greet(id: string): Promise<void> {
  const asker = sharedAsker(await rawStore())
  asker.reset(id)
  // An instant of its own: a kept answer would tell nothing.
  await Promise.race([asker.instant(id, 'vector(1)', Date.now() / 1000), new Promise((resolve) => { setTimeout(resolve, GREETING_MS).unref() })])
}

async function testOf(connection: Connection): Promise<ConnectionTest> {
  const found = await probe(connection, Date.now())
  if (!found.ok) return { reachable: false, kind: found.failure.kind, message: found.failure.message }
  const { ok: _ok, ...rest } = found
  return { reachable: true, ...rest }
}

export const sourceOperations: readonly Operation[] = [
  operation({
    id: 'list-sources', method: 'GET', path: '/sources', access: 'person', answer: z.looseObject({ sources: z.array(z.looseObject({ id: z.string(), name: z.string() })) }),
    summary: 'The metrics sources with how they answer. Credentials are never shown.',
    handle: async ({ actor }) => viewSources(await rawStore(), actor),
  }),
  operation({
    id: 'add-source', method: 'POST', path: '/sources/add', access: 'person', answer: changed,
    summary: 'Adds a metrics source. Its credentials and header values are encrypted at once and cannot be read back.',
    body: z.strictObject({ id: z.uuid().optional(), ...sourceWishes, secret: sourceSecretSchema.nullable() }),
    async handle({ actor, body, key }) {
      demand(actor, 'source.register')
      const { id = newId(), secret, ...asked } = body
      const wishes = { ...asked, tls: tlsPartsOf(secret) }
      const secretId = secret === null ? null : newId()
      if (secret !== null && secretId !== null) await keepSourceSecret(await rawStore(), secretId, secret)
      const added = await carryOut(id, { type: 'add-source', ...wishes, secretId }, actor, key)
      await greet(id)
      return added
    },
  }),
  operation({
    id: 'change-source', method: 'PUT', path: '/sources/{id}', access: 'person', answer: changed,
    summary: 'Changes a metrics source. Without `secret` its credentials stay; they never follow it to another host.',
    body: z.strictObject({ ...sourceWishes, secret: sourceSecretSchema.nullable().optional() }),
    async handle({ actor, params, body, key }) {
      demand(actor, 'source.change')
      const id = params['id'] ?? ''
      const { secret, ...asked } = body
      // Which certificates there are follows from what is given; what stays as it is is named by the caller.
      const wishes = secret === undefined ? asked : { ...asked, tls: tlsPartsOf(secret) }
      if (!(await loadAggregate(await rawStore(), 'source', id))) return null
      const secretId = secret === undefined ? undefined : secret === null ? null : newId()
      if (secret && secretId) await keepSourceSecret(await rawStore(), secretId, secret)
      const edited = await carryOut(id, { type: 'edit-source', ...wishes, ...(secretId === undefined ? {} : { secretId }) }, actor, key)
      await greet(id)
      return edited
    },
  }),
  operation({
    id: 'test-new-source', method: 'POST', path: '/sources/test', access: 'person', answer: tested,
    summary: 'Tests a connection that is not saved yet. For admins: it makes the server call an address of their choice.',
    body: z.strictObject({ url: sourceUrl, auth: z.enum(['none', 'basic', 'bearer']), headerNames: z.array(headerName).max(10).default([]), secret: sourceSecretSchema.nullable() }),
    async handle({ actor, body }) {
      demand(actor, 'source.register')
      const secret: SourceSecret = body.secret ?? { headers: {} }
      const headers = Object.fromEntries(body.headerNames.map((name) => [name, secret.headers[name] ?? '']))
      const tls = tlsOf(secret)
      return testOf({ url: body.url, auth: authenticationOf(body.auth, secret), headers, ...(tls === undefined ? {} : { tls }) })
    },
  }),
  operation({
    id: 'test-source', method: 'POST', path: '/sources/{id}/test', access: 'person', answer: tested,
    summary: 'Tests the connection of a source: flavour, version, scrape interval, targets up, difference of the clocks.',
    async handle({ actor, params }) {
      demand(actor, 'source.test')
      const id = params['id'] ?? ''
      const store = await rawStore()
      const known = await sourceBook(store)(id)
      if (!known) return null
      const found = await testOf(known.connection)
      await greet(id)
      return found
    },
  }),
  operation({
    id: 'discover-source', method: 'POST', path: '/sources/{id}/discover', access: 'person', answer: discovery, body: z.strictObject({ selector }),
    summary: 'Finds out which serving stacks stand behind some labels, by metric names alone, and proposes the panels that have data; a value that ends in * matches by prefix.',
    async handle({ actor, params, body }) {
      demand(actor, 'release.open')
      const id = params['id'] ?? ''
      const store = await rawStore()
      if (!(await sourceBook(store)(id))) return null
      const found = await discover(sharedAsker(store), id, body.selector, Date.now(), may(actor, 'release.own-query') === true)
      if (!found.ok) throw new Refused({ code: 'conflict', message: found.failure.message }, 502)
      return found.value
    },
  }),
]

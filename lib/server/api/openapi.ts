/** Describes the API as OpenAPI 3.1, generated from the same table and the same schemas that answer. */
import 'server-only'
import { z } from 'zod'
import { PROBLEMS } from '@/lib/domain/problem'
import { publicOperation, type Operation } from './operation'

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const commands = schema.meta()?.schema
  const real = commands instanceof z.ZodType ? commands : schema
  const { $schema: _dialect, ...rest } = z.toJSONSchema(real, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const problemSchema = {
  type: 'object', required: ['title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, code: { type: 'string', enum: Object.keys(PROBLEMS) },
    blockers: { type: 'array', items: { type: 'object' } }, current: {},
  },
}

function parametersOf(operation: Operation): readonly unknown[] {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const query = operation.query ? jsonSchema(operation.query, 'input') : null
  const properties = query && typeof query === 'object' && 'properties' in query && query.properties && typeof query.properties === 'object' ? Object.entries(query.properties) : []
  const key = operation.method === 'GET' ? [] : [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 }, description: 'Repeating a command with the same key returns the first result.' }]
  return [...inPath, ...properties.map(([name, schema]) => ({ name, in: 'query', required: false, schema })), ...key]
}

function answersOf(operation: Operation): unknown {
  const content = operation.answer === 'stream' ? { 'text/event-stream': {} }
    : operation.answer === 'file' ? { 'application/octet-stream': {} }
    : { 'application/json': { schema: jsonSchema(operation.answer, 'output') } }
  return { 200: { description: 'Done', content }, default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } }
}

function describe(operation: Operation): unknown {
  const security = operation.access === 'public' ? [] : operation.access === 'person' ? [{ session: [] }] : [{ session: [] }, ...(operation.scope ? [operation.scope, ...(operation.otherScopes ?? [])] : []).map((scope) => ({ token: [scope] }))]
  const body = operation.takesFile ? { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
    : operation.body ? { required: true, content: { 'application/json': { schema: jsonSchema(operation.body, 'input') } } } : undefined
  return {
    operationId: operation.id, summary: operation.summary, security, parameters: parametersOf(operation), responses: answersOf(operation),
    ...(body ? { requestBody: body } : {}),
  }
}

/** The whole document. In: every operation of the API. */
export function openApi(operations: readonly Operation[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const one of operations) (paths[`/api/v1${one.path}`] ??= {})[one.method.toLowerCase()] = describe(one)
  return {
    openapi: '3.1.0',
    info: { title: 'Gatehouse', version: '1', description: 'Everything the screens do, for everyone. Errors are RFC 9457 problem documents; commands carry an Idempotency-Key.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' }, token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

/** The operation that answers with the document. In: how to know every operation, itself among them. */
export function openApiOperation(all: () => readonly Operation[]): Operation {
  return publicOperation({
    id: 'openapi', method: 'GET', path: '/openapi.json', summary: 'This description.', answer: z.unknown(),
    handle: async () => openApi(all()),
  })
}

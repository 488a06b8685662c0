/** Stored files by their content hash, and validation reports read into counts; a file is only ever downloaded, never shown by the browser. */
import 'server-only'
import { z } from 'zod'
import { actorId, type Actor } from '@/lib/domain/actor'
import { may } from '@/lib/domain/policy'
import { getFile, MOST_FILE_BYTES, putFile } from '@/lib/server/evidence/file-store'
import { readReportApart } from '@/lib/server/evidence/read-apart'
import { env } from '@/lib/server/env'
import { store } from '@/lib/server/store'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,60}$/

const fileAnswer = z.object({ hash: z.string(), size: z.number(), name: z.string(), mediaType: z.string() })
const resultAnswer = fileAnswer.extend({
  format: z.enum(['great-expectations', 'junit', 'gatehouse']), passed: z.number(), failed: z.number(), skipped: z.number(),
})
const named = z.object({ name: z.string().max(300).optional() })

// Browsers send the name in a header, percent-encoded, so that no address or log carries it; pipelines may put it into the query.
function nameOf(request: Request, asked: string | undefined): string {
  try {
    return asked ?? decodeURIComponent(request.headers.get('x-file-name') ?? '')
  } catch {
    return ''
  }
}

// A token has shown its scope already; which models it speaks for is checked when its evidence is added to a release.
function mayStore(actor: Actor): void {
  const allowed = actor.kind === 'token' ? true : may(actor, 'release.add-evidence')
  if (allowed !== true) throw new Refused(allowed)
}

async function bytesOf(request: Request): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  const tooLarge = new Refused({ code: 'invalid', message: 'A stored file has at most 20 MB. Link it where it lies instead.' }, 413)
  if (declared > MOST_FILE_BYTES) throw tooLarge
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.byteLength > MOST_FILE_BYTES) throw tooLarge
  if (bytes.byteLength === 0) throw new Refused({ code: 'invalid', message: 'The file is empty. Choose the file again.' })
  return bytes
}

function mediaTypeOf(request: Request): string {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return MEDIA_TYPE.test(type) ? type : 'application/octet-stream'
}

async function keep(actor: Actor, request: Request, bytes: Uint8Array, name: string): Promise<z.output<typeof fileAnswer>> {
  const row = await putFile(await store(), env().dataDir, bytes, { name, mediaType: mediaTypeOf(request), by: actorId(actor), at: new Date() })
  return { hash: row.hash, size: row.size, name: row.name, mediaType: row.mediaType }
}

const storeFile = operation({
  id: 'store-file', method: 'POST', path: '/files', access: 'person-or-token', scope: 'evidence', takesFile: true,
  summary: 'Stores a file of at most 20 MB by its content hash; the raw body is the file; its name comes as `name` or in the header X-File-Name, percent-encoded.',
  query: named, answer: fileAnswer,
  async handle({ actor, query, request }) {
    mayStore(actor)
    return keep(actor, request, await bytesOf(request), nameOf(request, query.name))
  },
})

const readFileOperation = operation({
  id: 'read-file', method: 'GET', path: '/files/{hash}', access: 'person-or-token', scope: 'read',
  summary: 'Downloads a stored file.', answer: 'file',
  async handle({ params }) {
    const found = await getFile(await store(), env().dataDir, params['hash'] ?? '')
    if (!found) return null
    const ascii = found.row.name.replace(/[^\x20-\x7e]/g, '_')
    return new Response(found.bytes, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(found.bytes.byteLength),
        'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(found.row.name)}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        // The bytes of a hash never change; who may read them might.
        'cache-control': 'private, no-cache', etag: `"${found.row.hash}"`,
      },
    })
  },
})

const importResult = operation({
  id: 'import-result', method: 'POST', path: '/import-result', access: 'person-or-token', scope: 'evidence', takesFile: true,
  summary: 'Reads a validation report (Great Expectations JSON, JUnit XML, or the Gatehouse schema) into counts and stores it; the raw body is the report.',
  query: named, answer: resultAnswer,
  async handle({ actor, query, request }) {
    mayStore(actor)
    const bytes = await bytesOf(request)
    const reading = await readReportApart(bytes, request.signal)
    if (reading === null) throw new Refused({ code: 'blocked', message: 'Other reports are being read. Import this one again in a minute.' }, 503)
    if (!reading.ok) throw new Refused({ code: 'invalid', message: reading.problem })
    return { ...(await keep(actor, request, bytes, nameOf(request, query.name))), ...reading.counts }
  },
})

export const fileOperations: readonly Operation[] = [storeFile, readFileOperation, importResult]

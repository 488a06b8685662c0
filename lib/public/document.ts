/** Hides how a finished public document is served: strong ETags, precompressed bodies and revalidation, all worked out once when it is made. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { processWide } from '@/lib/public/process-wide'

type Encoding = 'br' | 'gzip' | 'identity'

interface Variant {
  readonly body: Buffer
  readonly etag: string
  readonly head: Record<string, string>
  readonly revalidated: Record<string, string>
  readonly without?: readonly string[]
}

export interface PublicDocument {
  readonly variants: Readonly<Record<Encoding, Variant>>
}

/** What a document is made of; `headers` replace the defaults of the same (lower-case) name, such as its own content-security-policy. */
export interface DocumentParts {
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** Headers of every answer that this document must not carry. */
  readonly without?: readonly string[]
}

/** Makes a document ready to be served from memory: one strong ETag per encoding, so that equal bytes always carry the equal tag. */
export function publicDocument({ type, body, headers = {}, without = [] }: DocumentParts): PublicDocument {
  const plain = Buffer.from(body, 'utf8')
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 27)
  const common = { 'cache-control': 'public, max-age=0, must-revalidate', vary: 'Accept-Encoding', ...headers }
  const variant = (encoding: Encoding, bytes: Buffer): Variant => {
    const etag = encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`
    // A 304 says only what a cache may have to renew (RFC 9110 §15.4.5); all else stands with the answer that the client keeps.
    const revalidated = { 'cache-control': common['cache-control'], vary: common.vary, etag }
    const head: Record<string, string> = { 'content-type': type, 'content-length': String(bytes.length), ...common, etag }
    if (encoding !== 'identity') head['content-encoding'] = encoding
    return { body: bytes, etag, head, revalidated, without }
  }
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  return {
    variants: {
      identity: variant('identity', plain),
      gzip: variant('gzip', gzipSync(plain, { level: 9 })),
      br: variant('br', brotliCompressSync(plain, quality)),
    },
  }
}

/** The documents that server.ts answers from memory, by exact path (`/status`). Whoever owns one sets it again when it has changed. */
export function publicDocuments(): Map<string, PublicDocument> {
  return processWide('public-documents', () => new Map<string, PublicDocument>())
}

type Common = readonly (readonly [string, string])[]

interface Heads {
  readonly common: Common
  readonly full: string[]
  readonly revalidated: string[]
}

const headsOf = new WeakMap<Variant, Heads>()

/** Both heads as the flat lists that Node writes out fastest, the full one with the headers that every answer carries; made once per variant. */
function heads(variant: Variant, common: Common): Heads {
  const known = headsOf.get(variant)
  if (known?.common === common) return known
  // What the document says itself stands in place of the common header of that name.
  const flat = (own: Record<string, string>) => [...common.filter(([name]) => !(name in own) && !variant.without?.includes(name)), ...Object.entries(own)].flat()
  const made = { common, full: flat(variant.head), revalidated: Object.entries(variant.revalidated).flat() }
  headsOf.set(variant, made)
  return made
}

const NONE: Common = []

/** Serves GET and HEAD of a document, with 304 when the client's tag still fits. In: also the headers of every answer, not yet set on this one. */
export function serveDocument(request: IncomingMessage, response: ServerResponse, document: PublicDocument, common: Common = NONE): void {
  const variant = document.variants[acceptedEncoding(request.headers['accept-encoding'])]
  const { full, revalidated } = heads(variant, common)
  if (matchesTag(request.headers['if-none-match'], variant.etag)) {
    response.writeHead(304, revalidated).end()
    return
  }
  response.writeHead(200, full)
  response.end(request.method === 'HEAD' ? undefined : variant.body)
}

/** Browsers send one of a handful of headers; anything beyond is a stranger's, and read each time. */
const MOST_READ = 50
const read = new Map<string, Encoding>()

/** The best encoding that the client accepts (RFC 9110 §12.5.3): br, then gzip, else identity; `q=0` refuses. */
export function acceptedEncoding(header: string | string[] | undefined): Encoding {
  if (header === undefined) return 'identity'
  const text = String(header)
  const known = read.get(text) ?? readEncoding(text)
  if (read.size < MOST_READ) read.set(text, known)
  return known
}

function readEncoding(header: string): Encoding {
  const weights = new Map<string, number>()
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';')
    const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined)
    weights.set(name.trim(), q === undefined ? 1 : Number(q))
  }
  const weight = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  if (weight('br') > 0) return 'br'
  return weight('gzip') > 0 ? 'gzip' : 'identity'
}

/** Whether an If-None-Match header names the tag (RFC 9110 §13.1.2: weak comparison, a list, or `*`). */
export function matchesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === etag || header.trim() === '*') return true
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

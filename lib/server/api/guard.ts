/** Hides how a change that another site started in somebody's browser is told from one of our own pages (OWASP ASVS 3.5.1, 3.5.2). */
import 'server-only'
import type { Refusal } from '@/lib/domain/aggregate'
import { env } from '@/lib/server/env'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses changing requests that do not come from our own pages. In: a request to /api/v1, and whether it brings a file. Out: a refusal (answer 403, or 415 for
 * the content type), or null. Requests with a bearer token carry no cookie that a browser would add, so they pass.
 */
export function refuseCrossSite(request: Request, brings: 'json' | 'file' = 'json'): { readonly status: 403 | 415; readonly refusal: Refusal } | null {
  if (SAFE.has(request.method)) return null
  const isPipeline = request.headers.get('authorization') !== null
  if (!isPipeline && !isOwnPage(request)) {
    return { status: 403, refusal: { code: 'forbidden', message: 'This request came from another site. Open Gatehouse and try again from there.' } }
  }
  const hasBody = request.headers.get('content-length') !== '0' && request.body !== null
  if (brings === 'json' && hasBody && !isJson(request.headers.get('content-type'))) {
    return { status: 415, refusal: { code: 'invalid', message: 'Send the body as application/json.' } }
  }
  return null
}

function isOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  // Neither header: no browser of today. A client that sends a cookie by hand can state its origin as well.
  if (origin === null) return false
  return origin === env().publicUrl || (URL.canParse(origin) && new URL(origin).host === request.headers.get('host'))
}

function isJson(type: string | null): boolean {
  return /^application\/json\s*(;|$)/i.test(type ?? '')
}

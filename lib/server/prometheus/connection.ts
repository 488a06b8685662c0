/** What is needed to reach a metrics source: base URL with its path prefix, credentials, headers. The secret part comes out of the box only here. */
import 'server-only'
import type { TlsParts } from '@/lib/server/outbound-tls'

export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }

export interface Connection {
  /** With its path prefix, such as `https://mimir.example/prometheus`. */
  readonly url: string
  readonly auth: Authentication
  /** Such as `X-Scope-OrgID` for tenants. */
  readonly headers: Readonly<Record<string, string>>
  /** An own CA, a client certificate. */
  readonly tls?: TlsParts
}

/** Joins a path to a base that may have a prefix. `new URL('/api', base)` would drop the prefix. */
export function joinPath(base: string, path: string): string {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  url.search = ''
  url.hash = ''
  return url.toString()
}

/** The headers of one request, credentials last so that no custom header takes their place. */
export function headersOf(connection: Connection): Record<string, string> {
  const { auth, headers } = connection
  const custom = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  if (auth.kind === 'basic') return { ...custom, authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` }
  return auth.kind === 'bearer' ? { ...custom, authorization: `Bearer ${auth.token}` } : custom
}

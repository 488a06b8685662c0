/** Hides which headers every answer carries, and which headers of a client are believed. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import ipaddr from 'ipaddr.js'
import type { Config } from '@/lib/public/config'

/** The headers of every answer, whoever makes it. */
export function secureHeaders(settings: Pick<Config, 'isSecure'>): Record<string, string> {
  const headers: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
  if (settings.isSecure) headers['strict-transport-security'] = 'max-age=31536000; includeSubDomains'
  return headers
}

/** The policy of the pages that Next renders. In: a fresh nonce; development needs eval and inline styles for hot reloading. */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'", // React renders style attributes for bar widths and positions
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Sets the policy of one page request on both sides: on the response, and on the request, where Next reads the nonce for its own scripts
 * (and a page may read `x-nonce`). Whatever the client sent under these names is replaced. `x-asked-for` says which address was asked for,
 * so that somebody whose session ended comes back to all of it, with the gate and what a message prepared there.
 */
export function applyPagePolicy(request: IncomingMessage, response: ServerResponse, isDevelopment: boolean): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = pagePolicy(nonce, isDevelopment)
  request.headers['content-security-policy'] = policy
  request.headers['x-nonce'] = nonce
  request.headers['x-asked-for'] = request.url ?? '/'
  delete request.headers['content-security-policy-report-only']
  response.setHeader('content-security-policy', policy)
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip', 'x-client-address']

/**
 * Believes X-Forwarded-* only from a trusted proxy and removes them otherwise; then states the client's address in `x-client-address`,
 * the only header from which the product reads it: the last address that no trusted proxy added.
 */
export function settleForwarding(request: IncomingMessage, trust: Config['trustProxy']): void {
  const peer = plainAddress(request.socket.remoteAddress ?? '')
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',').map((part) => plainAddress(part.trim()))
  const isTrusted = trust === 'all' || (trust !== 'none' && isWithin(peer, trust))
  const kept = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'].map((name) => [name, request.headers[name]] as const)
  for (const name of FORWARDED) Reflect.deleteProperty(request.headers, name)
  if (isTrusted) for (const [name, value] of kept) if (value !== undefined) request.headers[name] = value
  const chain = isTrusted ? forwarded.filter((address) => ipaddr.isValid(address)) : []
  const client = trust === 'all' ? chain[0] : chain.findLast((address) => trust !== 'none' && !isWithin(address, trust))
  request.headers['x-client-address'] = client ?? peer
}

function isWithin(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const candidate = ipaddr.process(address)
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`)
    if (candidate instanceof ipaddr.IPv4) return base instanceof ipaddr.IPv4 && candidate.match(base, bits)
    return base instanceof ipaddr.IPv6 && candidate.match(base, bits)
  })
}

function plainAddress(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address
}

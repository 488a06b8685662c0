/** Hides what is special about TLS on the way out: a CA of one's own, a client certificate, and what a failed handshake means. */
import 'server-only'
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import type { Agent } from 'undici'
import { processWide } from '@/lib/public/process-wide'

/** In PEM. Whoever has an own CA trusts that one only, as Prometheus' `ca_file` does. */
export interface TlsParts {
  readonly ca?: string
  readonly certificate?: string
  readonly key?: string
}

const MOST_AGENTS = 32

/** The agent for these parts, made once and kept while it is among the last used; two sources with other certificates never share a connection. */
export function agentFor(name: string, tls: TlsParts | undefined, make: () => Agent): Agent {
  const agents = processWide('outbound-agents', () => new Map<string, Agent>())
  const id = tls === undefined ? name : `${name} ${createHash('sha256').update(JSON.stringify([tls.ca, tls.certificate, tls.key])).digest('base64url')}`
  const agent = agents.get(id) ?? make()
  agents.delete(id)
  agents.set(id, agent)
  const [oldest] = agents
  if (agents.size > MOST_AGENTS && oldest) {
    agents.delete(oldest[0])
    void oldest[1].close().catch(() => undefined)
  }
  return agent
}

/** The same parts in the words of Node's TLS. */
export function connectParts(tls: TlsParts | undefined): { readonly ca?: string; readonly cert?: string; readonly key?: string } {
  if (!tls) return {}
  const { ca, certificate, key } = tls
  return { ...(ca === undefined ? {} : { ca }), ...(certificate === undefined ? {} : { cert: certificate }), ...(key === undefined ? {} : { key }) }
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_OSSL)/
const UNKNOWN_CA = /^(UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/

/** What a failed handshake means, one sentence; `null` when the code is none of TLS. */
export function tlsSentence(code: string, host: string): string | null {
  if (!TLS_CODE.test(code)) return null
  if (UNKNOWN_CA.test(code)) return `No secure connection to ${host}: its certificate comes from an authority that is not trusted here. Give the certificate of that authority (${code}).`
  if (code === 'CERT_HAS_EXPIRED') return `No secure connection to ${host}: its certificate has expired.`
  if (code === 'CERT_NOT_YET_VALID') return `No secure connection to ${host}: its certificate is not valid yet; compare the clocks.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `No secure connection to ${host}: its certificate is for another name.`
  if (/ALERT|CERTIFICATE_REQUIRED/.test(code)) return `${host} refuses the secure connection: it asks for a client certificate, or does not accept this one (${code}).`
  return `No secure connection to ${host} (${code}).`
}

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

/** What is wrong with parts that somebody typed, as one sentence; `null` when nothing is. Catches what would otherwise show as a broken handshake much later. */
export function tlsFault({ ca, certificate, key }: TlsParts): string | null {
  if (ca !== undefined) {
    const blocks = ca.match(PEM) ?? []
    if (blocks.length === 0 || blocks.some((block) => certificateOf(block) === null)) return 'The CA bundle must hold certificates in PEM (-----BEGIN CERTIFICATE-----).'
  }
  if (certificate === undefined && key === undefined) return null
  if (certificate === undefined || key === undefined) return 'A client certificate needs its private key, and a key its certificate.'
  const own = certificateOf(certificate)
  if (!own) return 'The client certificate must be in PEM (-----BEGIN CERTIFICATE-----).'
  try {
    return own.checkPrivateKey(createPrivateKey(key)) ? null : 'The private key does not belong to the client certificate.'
  } catch {
    return 'The private key must be in PEM and without a pass phrase.'
  }
}

/** What the form of a metrics source holds, and what it sends: credentials only when they are given anew. */

import type { AuthKind, TlsPart } from '@/lib/domain/source/state'
import type { SourceView } from '@/lib/domain/source/view'

export interface HeaderDraft {
  readonly key: number
  readonly name: string
  readonly value: string
}

export interface SourceDraft {
  readonly name: string
  readonly url: string
  readonly auth: AuthKind
  readonly user: string
  readonly password: string
  readonly token: string
  readonly headers: readonly HeaderDraft[]
  /** PEM; empty: the authorities of the system, and no client certificate. */
  readonly ca: string
  readonly certificate: string
  readonly certificateKey: string
  /** What of it is stored. */
  readonly storedTls: readonly TlsPart[]
  readonly scrapeIntervalSeconds: string
  /** Whether stored credentials stay as they are. */
  readonly keepsSecret: boolean
}

/** The draft of a new source, or of one that is there (its credentials are not known here). */
export function draftOf(source: SourceView | null): SourceDraft {
  return {
    name: source?.name ?? '', url: source?.url ?? '', auth: source?.auth ?? 'none', user: '', password: '', token: '', ca: '', certificate: '', certificateKey: '', storedTls: source?.tls ?? [],
    headers: (source?.headerNames ?? []).map((name, key) => ({ key, name, value: '' })),
    scrapeIntervalSeconds: String(source?.scrapeIntervalSeconds ?? 15), keepsSecret: source?.hasSecret ?? false,
  }
}

function secretOf(draft: SourceDraft) {
  const headers = Object.fromEntries(draft.headers.filter((one) => one.name.trim() !== '').map((one) => [one.name.trim(), one.value]))
  const [ca, certificate, certificateKey] = [draft.ca.trim(), draft.certificate.trim(), draft.certificateKey.trim()]
  const tls = { ...(ca === '' ? {} : { ca }), ...(certificate === '' ? {} : { certificate }), ...(certificateKey === '' ? {} : { key: certificateKey }) }
  if (draft.auth === 'none' && Object.keys(headers).length === 0 && Object.keys(tls).length === 0) return null
  const { user, password, token } = draft
  return { ...(draft.auth === 'basic' ? { user, password } : {}), ...(draft.auth === 'bearer' ? { token } : {}), ...tls, headers }
}

/** The body of add and change; `secret` is left out where the stored one stays. */
export function bodyOf(draft: SourceDraft) {
  return {
    name: draft.name, url: draft.url.trim(), auth: draft.auth, headerNames: draft.headers.map((one) => one.name.trim()).filter((name) => name !== ''),
    scrapeIntervalSeconds: Number(draft.scrapeIntervalSeconds), ...(draft.keepsSecret ? { tls: draft.storedTls } : { secret: secretOf(draft) }),
  }
}

/** The body of a test before saving. */
export function testBodyOf(draft: SourceDraft) {
  const { url, auth, headerNames } = bodyOf(draft)
  return { url, auth, headerNames, secret: secretOf(draft) }
}

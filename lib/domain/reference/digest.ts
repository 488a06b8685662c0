/** Reads the digest that pins a reference, and tells whether a version's identity is settled. */
import { isCommit, type ModelReference } from './model-reference'

export interface Digest {
  readonly kind: 'sha256' | 'sha512' | 'commit' | 'md5' | 'version'
  /** As stored: `sha256:…`, `md5:…`, a commit, or a store's or provider's own version. */
  readonly value: string
}

/** In: what somebody typed. Out: the digest in its stored form, or null when it is none. A bare 64-digit hex counts as sha256. */
export function parseDigest(typed: string): Digest | null {
  const text = typed.trim()
  const sha256 = /^(?:sha256[:=])?([0-9a-f]{64})$/i.exec(text)?.[1]
  if (sha256 !== undefined) return { kind: 'sha256', value: `sha256:${sha256.toLowerCase()}` }
  const sha512 = /^(?:sha512[:=])?([0-9a-f]{128})$/i.exec(text)?.[1]
  if (sha512 !== undefined) return { kind: 'sha512', value: `sha512:${sha512.toLowerCase()}` }
  if (isCommit(text)) return { kind: 'commit', value: text.toLowerCase() }
  const md5 = /^(?:md5[:=])?([0-9a-f]{32}(?:\.dir)?)$/i.exec(text)?.[1]
  if (md5 !== undefined) return { kind: 'md5', value: `md5:${md5.toLowerCase()}` }
  // versions of object stores and dated ones of providers have no common form; words that move are none
  if (/^(?:latest|main|master|head|stable|prod|production|staging|champion|default)$/i.test(text)) return null
  return /^[\w.+/=~-]{6,200}$/.test(text) && /\d/.test(text) ? { kind: 'version', value: text } : null
}

/** The digest that the reference itself carries, where it does. */
export function digestOf(reference: ModelReference): string | null {
  if (!reference.pinned) return null
  const { digest, md5, sha256, revision, version } = reference.parts
  if (digest !== undefined) return digest
  if (md5 !== undefined) return `md5:${md5}`
  if (sha256 !== undefined) return `sha256:${sha256}`
  return revision ?? version ?? reference.parts['run'] ?? reference.parts['loggedModel'] ?? reference.parts['model'] ?? null
}

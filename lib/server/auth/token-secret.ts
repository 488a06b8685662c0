/** Hides the form of an API token's secret: a prefix for scanners, the token's id for the look-up, 32 random bytes, a checksum against typing errors. */
import 'server-only'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const FORM = /^ghp_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([\w-]{43})_([0-9a-f]{8})$/

/** A fresh secret for a token. Out: the secret, to be shown once, and the hash to keep. */
export function newTokenSecret(tokenId: string): { readonly secret: string; readonly hash: string } {
  const random = randomBytes(32).toString('base64url')
  const secret = `ghp_${tokenId}_${random}_${checksum(tokenId, random)}`
  return { secret, hash: hashOf(secret) }
}

/** In: what a client sent as bearer. Out: the id of the token that it claims to be and its hash, or null when it is no token of ours. */
export function readTokenSecret(text: string): { readonly tokenId: string; readonly hash: string } | null {
  const match = FORM.exec(text)
  if (!match) return null
  const [, tokenId = '', random = '', sum = ''] = match
  return checksum(tokenId, random) === sum ? { tokenId, hash: hashOf(text) } : null
}

/** Compares two hashes in hex in constant time. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')]
  return left.length === right.length && timingSafeEqual(left, right)
}

function checksum(tokenId: string, random: string): string {
  return createHash('sha256').update(`checksum ${tokenId} ${random}`).digest('hex').slice(0, 8)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

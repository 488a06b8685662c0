/** Hides how passwords are kept: scrypt with its parameters in the stored string, so that they can be raised later. */
import 'server-only'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

// The second of OWASP's equivalent settings (password storage cheat sheet): 32 MiB, three passes.
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 }
const KEY_BYTES = 32
const STORED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/

/** The shortest password that is accepted; longer than the dictionary attacks that the limiter leaves possible. */
export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 200

function derive(password: string, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  // The same words typed on two keyboards may differ in code points.
  const words = password.normalize('NFKC')
  const options = { ...cost, maxmem: 256 * cost.N * cost.r }
  return new Promise((resolve, reject) => scrypt(words, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))))
}

/** The string to store for a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/**
 * Whether the password is the one behind the stored string. With nothing stored (unknown account, no password set) it does
 * the same work and answers false, so that the time tells nothing.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const match = STORED.exec(stored ?? '')
  if (!match) {
    await derive(password, Buffer.alloc(16), COST)
    return false
  }
  const [, N, r, p, salt = '', key = ''] = match
  const expected = Buffer.from(key, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

/** Whether the stored string was made with other parameters than today's. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`scrypt$${COST.N}$${COST.r}$${COST.p}$`)
}

/** Why a new password is not accepted, or null. In: the password and words that it must not consist of (address, name). */
export function passwordFault(password: string, own: readonly string[]): string | null {
  if (password.length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters; a sentence is easy to remember.`
  if (password.length > MAX_PASSWORD) return `Use at most ${MAX_PASSWORD} characters.`
  if (new Set(password.toLowerCase()).size < 5) return 'Use more than four different characters.'
  if (own.some((word) => word.length > 3 && password.toLowerCase().replaceAll(word.toLowerCase(), '').length < 6)) return 'Do not build it from your name or address.'
  return null
}

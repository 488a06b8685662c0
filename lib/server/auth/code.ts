/** Hides what one-time codes look like, and that only their hash is kept. */
import 'server-only'
import { createHash, randomBytes, randomInt } from 'node:crypto'

// Crockford's alphabet: no letter can be taken for a digit.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code for a link: 32 random bytes. */
export function linkCode(): string {
  return randomBytes(32).toString('base64url')
}

/** A code for typing, in groups of four: 60 bits, which the limiter makes plenty. */
export function typedCode(): string {
  const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** The hash under which a code is kept; typing in lower case, with or without dashes, gives the same for typed codes. */
export function codeHash(code: string, isTyped = false): string {
  const plain = isTyped ? code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1') : code
  return createHash('sha256').update(`one-time code ${plain}`).digest('hex')
}

/** Hides how guessing is slowed down: a sliding window per account and address, kept in the database, so that replicas share it. */
import 'server-only'
import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { v7 as newId } from 'uuid'
import { addAttempt, countAttempts, forgetAttempts } from '@/db/access'
import type { Store } from '@/db/store'

interface Window {
  readonly most: number
  readonly seconds: number
}

// Per account and address: five a minute, then ever fewer. Nobody is locked out from elsewhere by a stranger's guesses.
const ACCOUNT: readonly Window[] = [{ most: 5, seconds: 60 }, { most: 15, seconds: 900 }, { most: 30, seconds: 3600 }]
// Per address over all accounts: bounds the work of scrypt, wide enough for an office behind one address.
const ADDRESS: readonly Window[] = [{ most: 60, seconds: 60 }, { most: 300, seconds: 3600 }]

export interface Attempt {
  readonly isAllowed: boolean
  /** To be called when the secret was right; failures stay counted. */
  readonly succeed: () => Promise<void>
}

/**
 * Counts an attempt before the secret is looked at, so that parallel guesses cannot slip through together.
 * In: what is guessed at (a lower-case address, or the name of a code), and the client's address. Refused attempts are not counted.
 */
export async function beginAttempt(store: Store, account: string, address: string, now: Date): Promise<Attempt> {
  const network = networkOf(address)
  const own = { id: newId(), key: keyOf('account', account, network) }
  const all = { id: newId(), key: keyOf('address', '', network) }
  await addAttempt(store, [own, all], now)
  const isAllowed = (await isWithin(store, own, ACCOUNT, now)) && (await isWithin(store, all, ADDRESS, now))
  if (!isAllowed) await forgetAttempts(store, { ids: [own.id, all.id] })
  const succeed = async () => {
    await forgetAttempts(store, { key: own.key })
    await forgetAttempts(store, { ids: [all.id] })
  }
  return { isAllowed, succeed }
}

/** What limits count as one client. In: an address. Out: the same, or of IPv6 its /64, which is the least that a single line is given (RFC 6177), so that its 2^64 addresses are one. */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  const parsed = ipaddr.IPv6.parse(address)
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString()
  return `${parsed.parts.slice(0, 4).map((part) => part.toString(16)).join(':')}::/64`
}

async function isWithin(store: Store, own: { id: string; key: string }, windows: readonly Window[], now: Date): Promise<boolean> {
  for (const { most, seconds } of windows) if ((await countAttempts(store, own.key, before(now, seconds), own.id)) > most) return false
  return true
}

function before(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000)
}

// Hashed, so that the table holds neither addresses of people nor of machines.
function keyOf(kind: string, account: string, address: string): string {
  return createHash('sha256').update(`${kind}\n${account}\n${address}`).digest('base64url')
}

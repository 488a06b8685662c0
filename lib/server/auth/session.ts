/** Hides how a browser's cookie becomes a session: a sealed token names a row, and the row says whether it still counts. */
import 'server-only'
import { hkdfSync, randomUUID } from 'node:crypto'
import { decode } from 'next-auth/jwt'
import { addSession, findCredential, findSession, stampSession, type Session } from '@/db/access'
import { skipStorageFault } from '@/db/conflict'
import type { Store } from '@/db/store'
import { env } from '@/lib/server/env'

/** Without use for this long a session ends (OWASP ASVS 7.3.1), in milliseconds. */
export const IDLE_MS = 12 * 3_600_000
/** A session ends after this long in any case (7.3.2), in milliseconds. */
export const ABSOLUTE_MS = 7 * 86_400_000
const STAMP_EVERY_MS = 60_000

/** The session cookie; `__Host-` binds it to this host and to https, where there is https. */
export function sessionCookieName(): string {
  return env().isSecure ? '__Host-gatehouse.session' : 'gatehouse.session'
}

/** The key that seals sessions, derived from the installation's secret. */
export function sessionSecret(): string {
  return Buffer.from(hkdfSync('sha256', env().secret, '', 'gatehouse session', 32)).toString('base64url')
}

/**
 * Opens a session. In: the person, the version of the credential that was checked, what the browser calls itself.
 * Out: the id to seal into the cookie. A new id at each sign-in, so that none can be planted.
 */
export async function openSession(store: Store, personId: string, version: number, agent: string, now: Date): Promise<string> {
  const id = randomUUID()
  await addSession(store, { id, personId, version, agent: agent.slice(0, 200), createdAt: now, seenAt: now, endsAt: new Date(now.getTime() + ABSOLUTE_MS) })
  return id
}

/** Opens a session for somebody who has just proved who they are; throws when they have no credential. */
export async function openSessionFor(store: Store, personId: string, agent: string, now: Date): Promise<string> {
  const credential = await findCredential(store, { personId })
  if (!credential) throw new Error('a session needs a credential')
  return openSession(store, personId, credential.sessionVersion, agent, now)
}

/** The session that a sealed cookie names, or null when the cookie is foreign, the session has ended, idled out or grown too old. */
export async function readSession(store: Store, cookie: string, now: Date): Promise<Session | null> {
  const claims = await unseal(cookie, now)
  const id = claims?.sid
  if (typeof id !== 'string') return null
  const session = await liveSession(store, id, now)
  if (session === null || session.personId !== claims?.sub) return null
  if (now.getTime() - session.seenAt.getTime() > STAMP_EVERY_MS) await stampSession(store, id, now).catch(skipStorageFault)
  return session
}

/** The session by its id while it counts; does not mark it as used. */
export async function liveSession(store: Store, id: string, now: Date): Promise<Session | null> {
  const session = await findSession(store, id)
  if (session === null || session.endsAt <= now || now.getTime() - session.seenAt.getTime() > IDLE_MS) return null
  return session
}

interface Claims {
  readonly sid: unknown
  readonly sub: unknown
  /** Epoch seconds. */
  readonly exp: number
}

/** Opening a seal costs a millisecond, and a browser sends the same one with every request. Whether the session still counts is asked of its row each time. */
const MOST_KNOWN = 1_000
const known = new Map<string, Claims>()

async function unseal(cookie: string, now: Date): Promise<Claims | null> {
  const before = known.get(cookie)
  if (before && before.exp * 1000 > now.getTime()) return before
  known.delete(cookie)
  try {
    const claims = await decode({ token: cookie, secret: sessionSecret() })
    if (claims === null || typeof claims['exp'] !== 'number') return null
    const kept = { sid: claims['sid'], sub: claims.sub, exp: claims['exp'] }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(cookie, kept)
    return kept
  } catch {
    return null // sealed with another key, damaged, or expired
  }
}

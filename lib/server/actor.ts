/** Establishes who asks: the person behind a session cookie or the pipeline behind a bearer token, with the roles of this moment. */
import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { delegatorsOf, stampToken, tokenHash } from '@/db/access'
import { loadAggregate, loadAggregates, revealSeals } from '@/db/aggregate'
import { skipStorageFault } from '@/db/conflict'
import type { Store } from '@/db/store'
import type { Actor, PersonActor, TokenActor } from '@/lib/domain/actor'
import { wordsOf } from '@/lib/domain/text'
import { isTokenLive, type TokenState } from '@/lib/domain/token/state'
import { liveSession, readSession, sessionCookieName } from '@/lib/server/auth/session'
import { isSameHash, readTokenSecret } from '@/lib/server/auth/token-secret'
import { rawStore } from '@/lib/server/raw-store'
import { store as openStore } from '@/lib/server/store'

/** A person who is signed in, with the session by which they came. */
export interface SignedIn extends PersonActor {
  readonly sessionId: string
}

const STAMP_EVERY_MS = 60_000

/** Who looks at this page: the signed-in person, or null. Read once per request; a role that was taken is gone at the next one. */
export const currentActor = cache(async (): Promise<SignedIn | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value
  return cookie === undefined ? null : actorOfCookie(await openStore(), cookie, new Date())
})

/** Who looks at this page; sends visitors without a session to the sign-in, and before set-up to the set-up. In: the path to come back to. */
export async function requireActor(backTo = '/'): Promise<SignedIn> {
  const actor = await currentActor()
  if (actor !== null) return actor
  const installation = await loadAggregate(await openStore(), 'installation', 'installation')
  redirect(installation === null ? '/set-up' : `/sign-in?next=${encodeURIComponent((await askedFor()) ?? backTo)}`)
}

/** The address of the page that was asked for, with its query but without what only the framework adds; null where the server did not say it. */
async function askedFor(): Promise<string | null> {
  const asked = (await headers()).get('x-asked-for')
  if (asked === null || !asked.startsWith('/')) return null
  const { pathname, searchParams } = new URL(asked, 'http://localhost')
  searchParams.delete('_rsc')
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`
}

/**
 * Who calls a route. A request with an `Authorization` header is a pipeline's: its cookies are ignored, so that a bad token
 * is never answered as the person whose browser sent it. Out: null when nobody is recognised.
 */
export async function actorOf(request: Request): Promise<Actor | null> {
  const store = await rawStore()
  const now = new Date()
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const [scheme, value, ...rest] = authorization.trim().split(/\s+/)
    if (scheme?.toLowerCase() !== 'bearer' || value === undefined || rest.length > 0) return null
    return actorOfToken(store, value, now)
  }
  const cookie = cookieOf(request, sessionCookieName())
  return cookie === null ? null : actorOfCookie(store, cookie, now)
}

/**
 * Whether somebody recognised earlier would still be: for streams, which outlive the request that opened them; ask every 5 s.
 * False once the session ended or idled out, the person was archived, or the token was revoked or expired.
 */
export async function isStillValid(actor: Actor): Promise<boolean> {
  const store = await rawStore()
  const now = new Date()
  if (actor.kind === 'system') return true
  if (actor.kind === 'token') {
    const token = await loadAggregate(store, 'token', actor.tokenId)
    return token !== null && isInUse(store, token.state, now)
  }
  if (!('sessionId' in actor) || typeof actor.sessionId !== 'string') return false
  const session = await liveSession(store, actor.sessionId, now)
  return session !== null && (await personActor(store, session.personId, now)) !== null
}

/** A person as an actor with today's roles and delegations; null when there is no such person or they are archived. */
export async function personActor(store: Store, personId: string, now: Date): Promise<PersonActor | null> {
  const person = (await loadAggregate(store, 'person', personId))?.state
  if (!person || person.archivedAt !== null) return null
  const words = 'sealed' in person.name ? await revealSeals(store, [person.name.sealed]) : new Map<string, string | null>()
  return {
    kind: 'person',
    personId,
    name: wordsOf(person.name, (hash) => words.get(hash)),
    memberships: person.memberships,
    isAdmin: person.isAdmin,
    delegatedBy: await delegators(store, personId, now),
  }
}

async function delegators(store: Store, personId: string, now: Date): Promise<PersonActor['delegatedBy']> {
  const ids = await delegatorsOf(store, personId)
  if (ids.length === 0) return []
  const people = [...(await loadAggregates(store, 'person', ids)).values()].map((loaded) => loaded.state)
  return people
    .filter((p) => p.archivedAt === null && p.delegation?.to === personId && new Date(p.delegation.until) > now)
    .map((p) => ({ personId: p.id, memberships: p.memberships }))
}

async function actorOfCookie(store: Store, cookie: string, now: Date): Promise<SignedIn | null> {
  const session = await readSession(store, cookie, now)
  if (session === null) return null
  const person = await personActor(store, session.personId, now)
  return person === null ? null : { ...person, sessionId: session.id }
}

/** Archiving ends its maker's tokens; asked here too, for whoever was archived before that was so, or while a token was being made. */
async function isInUse(store: Store, token: TokenState, now: Date): Promise<boolean> {
  if (!isTokenLive(token, now)) return false
  const maker = (await loadAggregate(store, 'person', token.createdBy))?.state
  return !maker || maker.archivedAt === null
}

async function actorOfToken(store: Store, secret: string, now: Date): Promise<TokenActor | null> {
  const claim = readTokenSecret(secret)
  if (claim === null) return null
  const known = await tokenHash(store, claim.tokenId)
  if (known === null || !isSameHash(known, claim.hash)) return null
  const token = (await loadAggregate(store, 'token', claim.tokenId))?.state
  if (!token || !(await isInUse(store, token, now))) return null
  await stampToken(store, token.id, now, new Date(now.getTime() - STAMP_EVERY_MS)).catch(skipStorageFault)
  return { kind: 'token', tokenId: token.id, name: token.name, scopes: token.scopes, modelIds: token.modelIds }
}

function cookieOf(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}

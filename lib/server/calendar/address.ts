/** Hides the form of a calendar's secret address, how it is made, replaced and revoked, and how the one who asks is recognised. */
import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { dropFeed, feedsOf, findFeed, keepFeed, stampFeed } from '@/db/calendar-feed'
import type { Store } from '@/db/store'
import type { FeedView } from '@/lib/domain/calendar/view'
import { personActor } from '@/lib/server/actor'
import { isSameHash } from '@/lib/server/auth/token-secret'
import { makeFeed } from '@/lib/server/calendar/feed'
import { seriesTitle } from '@/lib/server/series/ground'

const FORM = /^ghc_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([\w-]{43})(?:\.ics)?$/
const STAMP_EVERY_MS = 3_600_000

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Makes an address, in the place of the one before. Out: the address below /api/v1, to be shown this once. */
export async function makeAddress(store: Store, personId: string, about: string, now: Date): Promise<{ readonly id: string; readonly path: string }> {
  const id = newId()
  const secret = randomBytes(32).toString('base64url')
  await keepFeed(store, { id, personId, about, hash: hashOf(secret), createdAt: now })
  return { id, path: `/calendars/ghc_${id}_${secret}.ics` }
}

export function revokeAddress(store: Store, personId: string, id: string): Promise<boolean> {
  return dropFeed(store, personId, id)
}

/** The addresses of a person, without their secrets. */
export async function addressesOf(store: Store, personId: string): Promise<readonly FeedView[]> {
  const feeds = await feedsOf(store, personId)
  return Promise.all(feeds.map(async ({ id, about, createdAt, usedAt }): Promise<FeedView> => ({
    id, about, title: about === 'mine' ? 'My calendar' : ((await seriesTitle(store, about)) ?? 'A series'), createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null,
  })))
}

/**
 * The document behind a secret address. Out: null for whatever is none: unknown, replaced, revoked, or of somebody who was archived;
 * nobody learns which.
 */
export async function documentAt(store: Store, address: string, now: Date, publicUrl: string): Promise<string | null> {
  const [, id = '', secret = ''] = FORM.exec(address) ?? []
  const feed = id === '' ? null : await findFeed(store, id)
  // Compared also where there is none, so that the time tells nothing.
  const isRight = isSameHash(hashOf(secret), feed?.hash ?? hashOf(''))
  if (feed === null || !isRight) return null
  const person = await personActor(store, feed.personId, now)
  if (person === null) return null
  const title = feed.about === 'mine' ? `Gatehouse: ${person.name}` : await seriesTitle(store, feed.about)
  if (title === null) return null
  const of = { name: title, teams: feed.about === 'mine' ? person.memberships.map((one) => one.team) : [], seriesId: feed.about === 'mine' ? null : feed.about }
  const document = await makeFeed(store, of, now, publicUrl)
  await stampFeed(store, feed.id, now, new Date(now.getTime() - STAMP_EVERY_MS))
  return document
}

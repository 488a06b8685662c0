/** Who has a check-in open now: kept in memory only, because it is no record; every replica tells the others, and browsers hear of it as of a change. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'
import { z } from 'zod'
import { announceHere, listenAside, sayAside } from '@/lib/server/bus'

/** One open page of a person: closing or reloading one says nothing about the others. */
interface Page {
  readonly seenAt: number
  readonly writesOn: string | null
}

export interface Here {
  readonly id: string
  readonly isHere: boolean
  readonly writesOn: string | null
}

/** A browser says that it is here every ten seconds; without a word for longer than this it is away. */
const AWAY_AFTER_MS = 25_000
/** Who has not been seen for so long is no longer shown at all. */
const FORGET_AFTER_MS = 30 * 60_000
/** Pages of one person that are kept; the one that was heard of least lately goes first. */
const MOST_PAGES = 20

const Word = z.strictObject({ checkInId: z.string(), personId: z.string(), page: z.string().default(''), writesOn: z.string().nullable(), seenAt: z.number() })

listenAside('presence', (words) => {
  const heard = Word.safeParse(words)
  if (heard.success) note(heard.data, Date.now())
})

type Room = Map<string, Map<string, Page>>

function rooms(): Map<string, Room> {
  return processWide('check-in-presence', () => new Map<string, Room>())
}

/** Notes that a page of a person is open, and on which topic they write there. Announces only what changes the picture. */
export function arrive(checkInId: string, personId: string, page: string, writesOn: string | null, now: number): void {
  const word = { checkInId, personId, page, writesOn, seenAt: now }
  note(word, now)
  sayAside('presence', word)
}

/** Notes that a page of a person was closed; they have left when it was the last. */
export function leave(checkInId: string, personId: string, page: string, now: number): void {
  if (!rooms().get(checkInId)?.has(personId)) return
  const word = { checkInId, personId, page, writesOn: null, seenAt: now - AWAY_AFTER_MS }
  note(word, now)
  sayAside('presence', word)
}

/** Keeps one word, from here or from another replica whose clock may differ a little. */
function note({ checkInId, personId, page, writesOn, seenAt }: z.infer<typeof Word>, now: number): void {
  const room: Room = rooms().get(checkInId) ?? new Map()
  const pages = room.get(personId) ?? new Map<string, Page>()
  const before = hereOf(personId, pages, now)
  // the newest last
  pages.delete(page)
  pages.set(page, { seenAt, writesOn })
  for (const [oldest] of pages) if (pages.size > MOST_PAGES) pages.delete(oldest)
  room.set(personId, pages)
  rooms().set(checkInId, room)
  sweep(now)
  const after = hereOf(personId, pages, now)
  if (before.isHere !== after.isHere || before.writesOn !== after.writesOn) announceHere({ kind: 'check-in', id: checkInId, version: 0, seq: 0 })
}

function hereOf(id: string, pages: ReadonlyMap<string, Page>, now: number): Here {
  const open = [...pages.values()].filter(({ seenAt }) => now - seenAt < AWAY_AFTER_MS)
  return { id, isHere: open.length > 0, writesOn: open.findLast((page) => page.writesOn !== null)?.writesOn ?? null }
}

/** Everybody who was here lately, and whether they still are. */
export function whoIsIn(checkInId: string, now: number): readonly Here[] {
  const lately = [...(rooms().get(checkInId) ?? [])].filter(([, pages]) => [...pages.values()].some(({ seenAt }) => now - seenAt < FORGET_AFTER_MS))
  return lately.map(([id, pages]) => hereOf(id, pages, now))
}

function sweep(now: number): void {
  for (const [id, room] of rooms()) {
    for (const [person, pages] of room) {
      for (const [page, { seenAt }] of pages) if (now - seenAt >= FORGET_AFTER_MS) pages.delete(page)
      if (pages.size === 0) room.delete(person)
    }
    if (room.size === 0) rooms().delete(id)
  }
}

/** Who has a check-in open now: kept in memory only, because it is no record; every replica tells the others, and browsers hear of it as of a change. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'
import { z } from 'zod'
import { announceHere, listenAside, sayAside } from '@/lib/server/bus'

interface Here {
  readonly seenAt: number
  readonly writesOn: string | null
}

/** A browser says that it is here every ten seconds; without a word for longer than this it is away. */
const AWAY_AFTER_MS = 25_000
/** Who has not been seen for so long is no longer shown at all. */
const FORGET_AFTER_MS = 30 * 60_000

const Word = z.strictObject({ checkInId: z.string(), personId: z.string(), writesOn: z.string().nullable(), seenAt: z.number() })

listenAside('presence', (words) => {
  const heard = Word.safeParse(words)
  if (heard.success) note(heard.data, Date.now())
})

function rooms(): Map<string, Map<string, Here>> {
  return processWide('check-in-presence', () => new Map<string, Map<string, Here>>())
}

/** Notes that a person is here, and on which topic they write. Announces only what changes the picture. */
export function arrive(checkInId: string, personId: string, writesOn: string | null, now: number): void {
  const word = { checkInId, personId, writesOn, seenAt: now }
  note(word, now)
  sayAside('presence', word)
}

/** Notes that a person has left. */
export function leave(checkInId: string, personId: string, now: number): void {
  if (!rooms().get(checkInId)?.has(personId)) return
  const word = { checkInId, personId, writesOn: null, seenAt: now - AWAY_AFTER_MS }
  note(word, now)
  sayAside('presence', word)
}

/** Keeps one word, from here or from another replica whose clock may differ a little. */
function note({ checkInId, personId, writesOn, seenAt }: z.infer<typeof Word>, now: number): void {
  const room = rooms().get(checkInId) ?? new Map<string, Here>()
  const isAt = (here: Here | undefined) => here !== undefined && now - here.seenAt < AWAY_AFTER_MS
  const before = room.get(personId)
  const after = { seenAt, writesOn }
  room.set(personId, after)
  rooms().set(checkInId, room)
  sweep(now)
  if (isAt(before) !== isAt(after) || (isAt(after) && before?.writesOn !== writesOn)) announceHere({ kind: 'check-in', id: checkInId, version: 0, seq: 0 })
}

/** Everybody who was here lately, and whether they still are. */
export function whoIsIn(checkInId: string, now: number): readonly { readonly id: string; readonly isHere: boolean; readonly writesOn: string | null }[] {
  return [...(rooms().get(checkInId) ?? [])].filter(([, here]) => now - here.seenAt < FORGET_AFTER_MS).map(([id, here]) => {
    const isHere = now - here.seenAt < AWAY_AFTER_MS
    return { id, isHere, writesOn: isHere ? here.writesOn : null }
  })
}

function sweep(now: number): void {
  for (const [id, room] of rooms()) {
    for (const [person, here] of room) if (now - here.seenAt >= FORGET_AFTER_MS) room.delete(person)
    if (room.size === 0) rooms().delete(id)
  }
}

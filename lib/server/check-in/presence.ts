/** Who has a check-in open now: kept in this process only, because it is no record; told by the same announcements as a change. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'
import { announce } from '@/lib/server/bus'

interface Here {
  readonly seenAt: number
  readonly writesOn: string | null
}

/** A browser says that it is here every ten seconds; without a word for longer than this it is away. */
const AWAY_AFTER_MS = 25_000
/** Who has not been seen for so long is no longer shown at all. */
const FORGET_AFTER_MS = 30 * 60_000

function rooms(): Map<string, Map<string, Here>> {
  return processWide('check-in-presence', () => new Map<string, Map<string, Here>>())
}

/** Notes that a person is here, and on which topic they write. Announces only what changes the picture. */
export function arrive(checkInId: string, personId: string, writesOn: string | null, now: number): void {
  const room = rooms().get(checkInId) ?? new Map<string, Here>()
  const before = room.get(personId)
  const wasHere = before !== undefined && now - before.seenAt < AWAY_AFTER_MS
  room.set(personId, { seenAt: now, writesOn })
  rooms().set(checkInId, room)
  sweep(now)
  if (!wasHere || before.writesOn !== writesOn) announce({ kind: 'check-in', id: checkInId, version: 0, seq: 0 })
}

/** Notes that a person has left. */
export function leave(checkInId: string, personId: string, now: number): void {
  const room = rooms().get(checkInId)
  if (!room?.has(personId)) return
  room.set(personId, { seenAt: now - AWAY_AFTER_MS, writesOn: null })
  announce({ kind: 'check-in', id: checkInId, version: 0, seq: 0 })
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

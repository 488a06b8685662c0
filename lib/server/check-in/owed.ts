/** Reads the actions that check-ins keep themselves and that are due, so that the next agenda asks for them. */
import 'server-only'
import { revealSeals } from '@/db/aggregate'
import { openCheckInActions } from '@/db/check-in-list'
import type { Store } from '@/db/store'
import type { Owed } from '@/lib/domain/check-in/topics'
import { isFreeText, wordsOf } from '@/lib/domain/text'

const AHEAD_MS = 7 * 86_400_000

function field(body: unknown, key: string): unknown {
  return typeof body === 'object' && body !== null ? Object.entries(body).find(([name]) => name === key)?.[1] : undefined
}

/** Open actions that are due within a week or have no date. In: a check-in for all releases asks for those of every check-in, another for those of the one that it continues. */
export async function owedActions(store: Store, scope: 'all' | readonly string[], previousId: string | null, now: Date): Promise<readonly Owed[]> {
  const rows = (await openCheckInActions(store, new Date(now.getTime() + AHEAD_MS))).filter((row) => scope === 'all' || row.checkInId === previousId)
  const seals = await revealSeals(store, rows.flatMap(({ body }) => { const title = field(body, 'title'); return isFreeText(title) && 'sealed' in title ? [title.sealed] : [] }))
  return rows.flatMap(({ checkInId, ownerPersonId, team, dueAt, body }) => {
    const [title, actionId, at] = [field(body, 'title'), field(body, 'id'), field(body, 'at')]
    if (!isFreeText(title) || typeof actionId !== 'string' || typeof at !== 'string' || checkInId === null) return []
    return [{ checkInId, actionId, title: wordsOf(title, (hash) => seals.get(hash)), ownerId: ownerPersonId, team, dueAt: dueAt?.toISOString() ?? null, at }]
  })
}

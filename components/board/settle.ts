/** Keeps rows where they are while someone points at them: newest contents in the old places, and a count of what would move. */
import type { BoardGroup, BoardRow } from '@/lib/domain/board'

export interface Settled {
  readonly groups: readonly BoardGroup[]
  /** Rows that would appear, leave or change their place. */
  readonly changes: number
}

/**
 * In: the groups as they stand on the screen, and the newest ones. Out: the groups to show while pointed at (old places, newest
 * contents; a row that left keeps its last contents), and how many rows wait to move. Equal orders give the newest groups themselves.
 */
export function settle(held: readonly BoardGroup[], newest: readonly BoardGroup[]): Settled {
  const now = new Map<string, { row: BoardRow; group: string }>()
  for (const group of newest) for (const row of group.rows) now.set(row.id, { row, group: group.key })
  const heldIds = new Set(held.flatMap((g) => g.rows.map((r) => r.id)))

  let changes = 0
  for (const id of now.keys()) if (!heldIds.has(id)) changes += 1
  for (const group of held) {
    const stayed = group.rows.filter((r) => now.get(r.id)?.group === group.key).map((r) => r.id)
    changes += group.rows.length - stayed.length
    const wanted = (newest.find((g) => g.key === group.key)?.rows ?? []).map((r) => r.id).filter((id) => stayed.includes(id))
    changes += stayed.length - longestCommonRun(stayed, wanted)
  }
  if (changes === 0) return { groups: newest, changes }
  return { groups: held.map((g) => ({ ...g, rows: g.rows.map((r) => now.get(r.id)?.row ?? r) })), changes }
}

// How many rows can stay in their order: the longest increasing run of places. What is left over has moved.
function longestCommonRun(before: readonly string[], after: readonly string[]): number {
  const place = new Map(after.map((id, i) => [id, i]))
  const ends: number[] = []
  for (const id of before) {
    const at = place.get(id) ?? 0
    const i = ends.findIndex((e) => e >= at)
    if (i === -1) ends.push(at)
    else ends[i] = at
  }
  return ends.length
}

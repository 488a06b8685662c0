/** Reads the agenda out of the releases; the lines of a release are kept until it changes or the clock turns it, so that a hundred of them cost little. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import { agendaReleaseIds, releaseVersions } from '@/db/check-in-list'
import type { Store } from '@/db/store'
import { inOrder, linesOf, type AgendaLine } from '@/lib/domain/check-in/agenda'
import { nextTurn } from '@/lib/domain/release/card'
import type { ReleaseState } from '@/lib/domain/release/state'
import { processWide } from '@/lib/public/process-wide'
import { loadTeams } from '@/lib/server/view/people'

interface Kept {
  readonly version: number
  readonly until: number
  readonly lines: readonly AgendaLine[]
}

const MOST_KEPT = 5_000
const AT_ONCE = 10
/** Due dates of waivers and actions come within reach without an event; nothing is older than this. */
const KEEP_MS = 10 * 60_000
const WEEK_MS = 7 * 86_400_000

/** The agenda for some releases or all. In: the scope, the instant from which changes are told, now. Out: lines in order. */
export async function agendaFor(store: Store, scope: 'all' | readonly string[], since: string, now: Date): Promise<readonly AgendaLine[]> {
  const ids = scope === 'all' ? await agendaReleaseIds(store, new Date(since), new Date(now.getTime() + WEEK_MS), now) : scope
  const versions = await releaseVersions(store, ids)
  const kept = processWide('agenda-lines', () => new Map<string, Kept>())
  const key = (id: string) => `${id} ${since}`
  const old = [...versions].filter(([id, version]) => {
    const found = kept.get(key(id))
    return found?.version !== version || found.until <= now.getTime()
  }).map(([id]) => id)
  if (old.length > 0) {
    const teams = await loadTeams(store)
    if (kept.size > MOST_KEPT) kept.clear()
    // a few at a time: a hundred states held together cost more in collecting than in reading
    for (let from = 0; from < old.length; from += AT_ONCE) {
      const some = old.slice(from, from + AT_ONCE)
      const [releases, words] = await Promise.all([loadAggregates(store, 'release', some), revealTexts(store, some)])
      const named = { reveal: (hash: string) => words.get(hash), teamName: (team: string) => teams.find((one) => one.id === team)?.name ?? team }
      for (const [id, { state, version }] of releases) kept.set(key(id), { version, until: turnOf(state, now), lines: linesOf(state, since, now, named) })
    }
  }
  return inOrder([...versions.keys()].flatMap((id) => kept.get(key(id))?.lines ?? []))
}

function turnOf(state: ReleaseState, now: Date): number {
  const latest = now.getTime() + KEEP_MS
  return Math.min(latest, nextTurn(state, now)?.getTime() ?? latest)
}

/** Reads the ML Test Score of earlier moments from the log; what was known then does not change, so each moment is worked out once. */
import 'server-only'
import { eventsOf } from '@/db/log'
import type { Store } from '@/db/store'
import type { DomainEvent } from '@/lib/domain/aggregate'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import type { ReleaseState } from '@/lib/domain/release/state'
import { momentsOf } from '@/lib/domain/test-score/feeds'
import { scoresAt } from '@/lib/domain/test-score/history'
import type { TestScoreView } from '@/lib/domain/test-score/view'
import { processWide } from '@/lib/public/process-wide'
import { liveHistory } from '@/lib/server/live/history'
import { unhurried } from '@/lib/server/flow/unhurried'

type Point = TestScoreView['history'][number]

/** Points by release and moment; a release that is rolled back and becomes stable again has two moments. */
const books = processWide('test-score-history', () => new WeakMap<Store, Map<string, Promise<Point>>>())

/** Moments that are told back, the newest; the chart has no room for more. */
const MOST_MOMENTS = 24

/** The log of a release holds its events and no others; a method, so that the narrower list fits without a cast. */
interface Read {
  list(events: readonly DomainEvent[]): readonly ReleaseEvent[]
}
const read: Read = { list: (events: readonly ReleaseEvent[]) => events }

/** In: the states of a model's releases, the ids of its live versions, who is a person. Out: the score when each release became stable, oldest first. */
export async function scoreHistory(store: Store, states: readonly ReleaseState[], liveIds: readonly string[], isPerson: (id: string) => boolean): Promise<readonly Point[]> {
  const book = books.get(store) ?? new Map<string, Promise<Point>>()
  books.set(store, book)
  const moments = momentsOf(states).slice(-MOST_MOMENTS)
  const placeOf = ({ releaseId, at }: { readonly releaseId: string; readonly at: string }) => `${releaseId} ${at}`
  const missing = moments.filter((moment) => !book.has(placeOf(moment)))
  if (missing.length > 0) {
    const scores = readScores(store, states, liveIds, missing.map((moment) => moment.at), isPerson)
    for (const [index, moment] of missing.entries()) {
      const { at, code, label } = moment
      const point = scores.then((found): Point => ({ at, code, label, score: found[index]?.score ?? 0, sections: found[index]?.sections.map((section) => section.points) ?? [] }))
      book.set(placeOf(moment), point)
      point.catch(() => book.delete(placeOf(moment)))
    }
  }
  return Promise.all(moments.flatMap((moment) => book.get(placeOf(moment)) ?? []))
}

async function readScores(store: Store, states: readonly ReleaseState[], liveIds: readonly string[], instants: readonly string[], isPerson: (id: string) => boolean) {
  const releases: (readonly ReleaseEvent[])[] = []
  for (const { id } of states) releases.push(read.list(await eventsOf(store, 'release', id)))
  const lives = await Promise.all(liveIds.map((id) => liveHistory(store, id)))
  return unhurried(scoresAt({ releases, lives }, instants, isPerson))
}

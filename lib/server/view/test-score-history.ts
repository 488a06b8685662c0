/** Reads the ML Test Score of earlier moments from the log, a page at a time; what was known then does not change, so each moment is worked out once. */
import 'server-only'
import { eventsOf } from '@/db/log'
import type { Store } from '@/db/store'
import { releasesOfModel } from '@/db/work-list'
import type { DomainEvent } from '@/lib/domain/aggregate'
import type { LiveState } from '@/lib/domain/live/state'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { momentPage, momentsOf, releasesBetween, scoresAt, type Moment } from '@/lib/domain/test-score/history'
import type { ScoreHistoryPage, ScorePoint } from '@/lib/domain/test-score/view'
import { processWide } from '@/lib/public/process-wide'
import { liveHistory } from '@/lib/server/live/history'
import { unhurried } from '@/lib/server/flow/unhurried'

/** Points by release and moment; a release that is rolled back and becomes stable again has two moments. */
const books = processWide('test-score-history', () => new WeakMap<Store, Map<string, Promise<ScorePoint>>>())

/** Moments of a page. */
const PAGE = 24

/** The log of a release holds its events and no others; a method, so that the narrower list fits without a cast. */
interface Read {
  list(events: readonly DomainEvent[]): readonly ReleaseEvent[]
}
const read: Read = { list: (events: readonly ReleaseEvent[]) => events }

function placeOf({ releaseId, at }: Moment): string {
  return `${releaseId} ${at}`
}

/** In: the model with all that was ever live of it, who is a person, the instant before which points are asked for (null: the newest). Out: the score when each release became stable. */
export async function scoreHistory(store: Store, modelId: string, lives: readonly LiveState[], isPerson: (id: string) => boolean, before: string | null): Promise<ScoreHistoryPage> {
  const book = books.get(store) ?? new Map<string, Promise<ScorePoint>>()
  books.set(store, book)
  const { moments, earlier } = momentPage(momentsOf(lives), before, PAGE)
  const missing = moments.filter((moment) => !book.has(placeOf(moment)))
  if (missing.length > 0) {
    const scores = readScores(store, modelId, lives, missing.map((moment) => moment.at), isPerson)
    for (const [index, moment] of missing.entries()) {
      const { at, code, label } = moment
      const point = scores.then((found): ScorePoint => ({ at, code, label, score: found[index]?.score ?? 0, sections: found[index]?.sections.map((section) => section.points) ?? [] }))
      book.set(placeOf(moment), point)
      point.catch(() => book.delete(placeOf(moment)))
    }
  }
  return { points: await Promise.all(moments.flatMap((moment) => book.get(placeOf(moment)) ?? [])), earlier }
}

async function readScores(store: Store, modelId: string, lives: readonly LiveState[], instants: readonly string[], isPerson: (id: string) => boolean) {
  const releases: (readonly ReleaseEvent[])[] = []
  for (const { id } of releasesBetween(await releasesOfModel(store, modelId), instants[0] ?? '', instants.at(-1) ?? '')) releases.push(read.list(await eventsOf(store, 'release', id)))
  const logs = await Promise.all(lives.map((live) => liveHistory(store, live.id)))
  return unhurried(scoresAt({ releases, lives: logs }, instants, isPerson))
}

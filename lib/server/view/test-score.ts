/** Reads the ML Test Score of a model: from its newest releases and what is live of it, now and as it was when releases became stable. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { modelIdOf } from '@/db/scene'
import { releasesOfModel } from '@/db/work-list'
import type { Store } from '@/db/store'
import type { LiveState } from '@/lib/domain/live/state'
import { feedsOf, newestReleases } from '@/lib/domain/test-score/feeds'
import { BAND_WORDS, SECTION_NAMES, TEST_NAMES } from '@/lib/domain/test-score/rubric'
import { gainWords, scoreAt, type Feed, type Score, type TestPoints } from '@/lib/domain/test-score/score'
import { momentsOf } from '@/lib/domain/test-score/history'
import type { ScoreHistoryPage, TestScoreView, TestView } from '@/lib/domain/test-score/view'
import { loadPeople } from '@/lib/server/view/people'
import { scoreHistory } from '@/lib/server/view/test-score-history'

const MOST_COULD = 3

const WHY: Readonly<Record<TestPoints['why'], string>> = {
  automatic: 'runs by itself', 'by-hand': 'done by hand, written down', expired: 'its evidence has expired', failed: 'it says that the test fails', open: 'not answered yet', left: 'waived, not applicable or not asked', nothing: 'no checklist asks it',
}

function hrefOf(feed: Feed): string {
  return `/releases/${feed.releaseCode}?gate=${encodeURIComponent(feed.gateId)}#item-${feed.itemId}`
}

function testView({ code, points, by, why, feeds }: TestPoints): TestView {
  const could = points > 0 ? [] : feeds.toReversed().filter((feed, i, all) => all.findIndex((one) => one.itemId === feed.itemId) === i).slice(0, MOST_COULD)
  return {
    code, name: TEST_NAMES[code], points, words: WHY[why], why,
    by: by?.at ? { title: `${by.itemId} ${by.title}`, href: hrefOf(by), code: by.releaseCode, at: by.at, expiresAt: by.expiresAt, isAutomatic: by.isAutomatic } : null,
    could: could.map((feed) => ({ title: `${feed.itemId} ${feed.title}`, href: hrefOf(feed), code: feed.releaseCode })),
  }
}

/** The first day on which evidence expires that lowers the score if nobody renews it. */
function nextExpiry(feeds: readonly Feed[], { score }: Score, now: Date): TestScoreView['nextExpiry'] {
  const coming = [...new Set(feeds.flatMap((feed) => (feed.expiresAt !== null && Date.parse(feed.expiresAt) > now.getTime() ? [feed.expiresAt] : [])))].toSorted()
  for (const at of coming) {
    const then = scoreAt(feeds, new Date(at))
    const lost = then.sections.flatMap((section) => section.tests).find((test) => test.why === 'expired' && test.feeds.some((feed) => feed.expiresAt === at))
    if (then.score < score && lost) return { at, code: lost.code, score: then.score }
  }
  return null
}

/** The id behind a slug or id, with all that was ever live of the model, by environment; null: there is no such model. */
async function livesOf(store: Store, slugOrId: string): Promise<{ readonly modelId: string; readonly lives: readonly LiveState[] } | null> {
  const modelId = (await modelIdOf(store, slugOrId)) ?? slugOrId
  if (!(await loadAggregate(store, 'model', modelId))) return null
  const environments = await loadAggregates(store, 'environment', 'all')
  const lives = await loadAggregates(store, 'live', [...environments.keys()].map((id) => `${modelId}:${id}`))
  return { modelId, lives: [...lives.values()].map((one) => one.state) }
}

/** In: a model by slug or id. Out: its score with what each test rests on, or null. */
export async function viewTestScore(store: Store, slugOrId: string, now = new Date()): Promise<TestScoreView | null> {
  const found = await livesOf(store, slugOrId)
  if (!found) return null
  const { modelId, lives } = found
  const [opened, people] = await Promise.all([releasesOfModel(store, modelId), loadPeople(store)])
  const isPerson = (id: string) => people.has(id)
  const [releases, history] = await Promise.all([loadAggregates(store, 'release', newestReleases(opened).map((one) => one.id)), scoreHistory(store, modelId, lives, isPerson, null)])
  const states = newestReleases([...releases.values()].map((one) => one.state))
  const feeds = feedsOf(states, lives, isPerson, now)
  const score = scoreAt(feeds, now)
  return {
    modelId, asOf: now.toISOString(), score: score.score, reading: BAND_WORDS[score.band], nextScore: score.nextScore, releaseCount: states.length,
    sections: score.sections.map((section) => ({ key: section.key, name: SECTION_NAMES[section.key], points: section.points, isLowest: score.lowest.includes(section.key), tests: section.tests.map(testView) })),
    next: score.next.map((gain) => ({ code: gain.code, name: TEST_NAMES[gain.code], gain: gain.gain, how: gain.how, words: gainWords(gain), href: gain.feed && hrefOf(gain.feed) })),
    history: [...history.points, { at: now.toISOString(), code: null, label: 'now', score: score.score, sections: score.sections.map((section) => section.points) }],
    earlier: history.earlier, stableCount: momentsOf(lives).length, nextExpiry: nextExpiry(feeds, score, now),
  }
}

/** In: a model by slug or id, the instant before which points are asked for. Out: the score when earlier releases became stable, or null. */
export async function viewScoreHistory(store: Store, slugOrId: string, before: string | null): Promise<ScoreHistoryPage | null> {
  const found = await livesOf(store, slugOrId)
  if (!found) return null
  const people = await loadPeople(store)
  return scoreHistory(store, found.modelId, found.lives, (id) => people.has(id), before)
}

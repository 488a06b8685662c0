/** Reads the ML Test Score of a model: from its newest releases and what is live of it, now and as it was when each release became stable. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { modelIdOf } from '@/db/scene'
import { releaseIdsOfModel } from '@/db/work-list'
import type { Store } from '@/db/store'
import { feedsOf } from '@/lib/domain/test-score/feeds'
import { BAND_WORDS, SECTION_NAMES, TEST_NAMES } from '@/lib/domain/test-score/rubric'
import { gainWords, scoreAt, type Feed, type Score, type TestPoints } from '@/lib/domain/test-score/score'
import type { TestScoreView, TestView } from '@/lib/domain/test-score/view'
import { loadPeople } from '@/lib/server/view/people'
import { scoreHistory } from '@/lib/server/view/test-score-history'

/** Evidence of older releases has expired, or was answered anew. */
const MOST_RELEASES = 24
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

/** In: a model by slug or id. Out: its score with what each test rests on, or null. */
export async function viewTestScore(store: Store, slugOrId: string, now = new Date()): Promise<TestScoreView | null> {
  const modelId = (await modelIdOf(store, slugOrId)) ?? slugOrId
  if (!(await loadAggregate(store, 'model', modelId))) return null
  const [ids, people, environments] = await Promise.all([releaseIdsOfModel(store, modelId, MOST_RELEASES), loadPeople(store), loadAggregates(store, 'environment', 'all')])
  const [releases, lives] = await Promise.all([loadAggregates(store, 'release', ids), loadAggregates(store, 'live', [...environments.keys()].map((id) => `${modelId}:${id}`))])
  const states = [...releases.values()].map((one) => one.state).toSorted((a, b) => a.openedAt.localeCompare(b.openedAt))
  const feeds = feedsOf(states, [...lives.values()].map((one) => one.state), (id) => people.has(id), now)
  const score = scoreAt(feeds, now)
  const told = (then: Score) => ({ score: then.score, sections: then.sections.map((section) => section.points) })
  return {
    modelId, asOf: now.toISOString(), score: score.score, reading: BAND_WORDS[score.band], nextScore: score.nextScore, releaseCount: states.length,
    sections: score.sections.map((section) => ({ key: section.key, name: SECTION_NAMES[section.key], points: section.points, isLowest: score.lowest.includes(section.key), tests: section.tests.map(testView) })),
    next: score.next.map((gain) => ({ code: gain.code, name: TEST_NAMES[gain.code], gain: gain.gain, how: gain.how, words: gainWords(gain), href: gain.feed && hrefOf(gain.feed) })),
    history: [...(await scoreHistory(store, states, [...lives.keys()], (id) => people.has(id))), { at: now.toISOString(), code: null, label: 'now', ...told(score) }],
    nextExpiry: nextExpiry(feeds, score, now),
  }
}

/** Computes the ML Test Score of one model from what answers its tests: half a point by hand, one by itself; the score is the lowest of four sections. Pure. */
import { RUBRIC_CODES, type ItemKind, type RubricCode } from '@/lib/domain/template/template'
import { bandOf, SECTION_NAMES, SECTIONS, testsOf, type Band, type SectionKey } from './rubric'

/** One gate item of one release that answers a test, or could. */
export interface Feed {
  readonly code: RubricCode
  readonly itemId: string
  readonly title: string
  readonly kind: ItemKind
  readonly releaseId: string
  readonly releaseCode: string
  readonly gateId: string
  /** `met`: it answers the test; `failed`: it says that the test is not passed; `open`: it waits for an answer; `left`: waived, not applicable or not asked. */
  readonly standing: 'met' | 'failed' | 'open' | 'left'
  /** Done by a system that does it again by itself: measured, computed, or posted by a pipeline. */
  readonly isAutomatic: boolean
  readonly at: string | null
  /** From when on it no longer counts; null: as long as it is watched. */
  readonly expiresAt: string | null
  /** Whether somebody can still answer it: its release has not ended. */
  readonly isOpenRelease: boolean
}

export type Points = 0 | 0.5 | 1

export interface TestPoints {
  readonly code: RubricCode
  readonly points: Points
  /** What the points rest on: the newest answer of each kind that counts; empty at 0. */
  readonly by: Feed | null
  readonly why: 'automatic' | 'by-hand' | 'expired' | 'failed' | 'open' | 'left' | 'nothing'
  readonly feeds: readonly Feed[]
}

export interface Section {
  readonly key: SectionKey
  readonly points: number
  readonly tests: readonly TestPoints[]
}

/** One way to more points, and what it costs by a rough order: renewing before doing, doing by hand before automating. */
export interface Gain {
  readonly code: RubricCode
  readonly section: SectionKey
  readonly gain: 0.5 | 1
  readonly how: 'renew' | 'answer' | 'measure' | 'repair' | 'ask' | 'automate' | 'invent'
  /** The item by which it is done; null where no checklist asks it yet. */
  readonly feed: Feed | null
}

export interface Score {
  readonly score: number
  readonly band: Band
  readonly sections: readonly Section[]
  readonly lowest: readonly SectionKey[]
  /** One gain for each of the lowest sections: together they raise the score; empty at the top. */
  readonly next: readonly Gain[]
  /** The score after them. */
  readonly nextScore: number
}

function isExpired(feed: Feed, at: number): boolean {
  return feed.expiresAt !== null && Date.parse(feed.expiresAt) <= at
}

/** Per item the newest answer: what an earlier release said of a line is history once a later one answered it. */
function newestByItem(feeds: readonly Feed[], at: number): readonly Feed[] {
  const newest = new Map<string, Feed>()
  for (const feed of feeds) {
    if (feed.at === null || Date.parse(feed.at) > at || (feed.standing !== 'met' && feed.standing !== 'failed')) continue
    const known = newest.get(feed.itemId)
    if (!known?.at || known.at <= feed.at) newest.set(feed.itemId, feed)
  }
  return [...newest.values()]
}

function testPoints(code: RubricCode, all: readonly Feed[], at: number): TestPoints {
  const feeds = all.filter((feed) => feed.code === code)
  const answers = newestByItem(feeds, at)
  const good = answers.filter((feed) => feed.standing === 'met' && !isExpired(feed, at))
  const best = good.find((feed) => feed.isAutomatic) ?? good[0]
  if (best) return { code, points: best.isAutomatic ? 1 : 0.5, by: best, why: best.isAutomatic ? 'automatic' : 'by-hand', feeds }
  const why = answers.some((feed) => feed.standing === 'failed') ? 'failed' : answers.length > 0 ? 'expired'
    : feeds.some((feed) => feed.standing === 'open') ? 'open' : feeds.length > 0 ? 'left' : 'nothing'
  return { code, points: 0, by: null, why, feeds }
}

const COST: Readonly<Record<Gain['how'], number>> = { renew: 0, answer: 10, measure: 20, ask: 30, automate: 40, repair: 50, invent: 60 }
const BY_KIND: Readonly<Record<ItemKind, number>> = { check: 0, value: 1, evidence: 2, metric: 3, computed: 4 }

function gainOf(test: TestPoints, section: SectionKey, at: number): Gain | null {
  const { code, points, feeds } = test
  if (points === 1) return null
  if (points === 0.5) return { code, section, gain: 0.5, how: 'automate', feed: test.by }
  const full = (feed: Feed): 0.5 | 1 => (feed.kind === 'metric' || feed.kind === 'computed' ? 1 : 0.5)
  const cheapest = (some: readonly Feed[]) => some.toSorted((a, b) => BY_KIND[a.kind] - BY_KIND[b.kind])[0]
  const open = feeds.filter((feed) => feed.isOpenRelease)
  const lapsed = cheapest(feeds.filter((feed) => feed.standing === 'met' && isExpired(feed, at)))
  if (lapsed) return { code, section, gain: full(lapsed), how: 'renew', feed: open.find((feed) => feed.itemId === lapsed.itemId) ?? lapsed }
  const current = newestByItem(feeds, at).find((feed) => feed.standing === 'failed')
  const asked = current ?? cheapest(open.filter((feed) => feed.standing !== 'left')) ?? cheapest(feeds.filter((feed) => feed.standing !== 'left'))
  if (asked?.standing === 'failed') return { code, section, gain: asked.isAutomatic ? 1 : full(asked), how: 'repair', feed: asked }
  if (asked) return { code, section, gain: full(asked), how: full(asked) === 1 ? 'measure' : 'answer', feed: asked }
  const left = cheapest(open) ?? cheapest(feeds)
  return left ? { code, section, gain: full(left), how: 'ask', feed: left } : { code, section, gain: 0.5, how: 'invent', feed: null }
}

function costOf({ how, feed }: Gain): number {
  return COST[how] + (feed ? BY_KIND[feed.kind] : 0) + (feed && !feed.isOpenRelease ? 5 : 0)
}

/** In: everything that answers a test, and the instant at which it is asked. Out: points per test and section, the score, and the cheapest way to more. */
export function scoreAt(feeds: readonly Feed[], now: Date): Score {
  const at = now.getTime()
  const sections = SECTIONS.map((key): Section => {
    const tests = testsOf(key).map((code) => testPoints(code, feeds, at))
    return { key, tests, points: tests.reduce((sum, test) => sum + test.points, 0) }
  })
  const score = Math.min(...sections.map((section) => section.points))
  const lowest = sections.filter((section) => section.points === score)
  const next = lowest.flatMap((section) => section.tests.flatMap((test) => gainOf(test, section.key, at) ?? []).toSorted((a, b) => costOf(a) - costOf(b) || RUBRIC_CODES.indexOf(a.code) - RUBRIC_CODES.indexOf(b.code)).slice(0, 1))
  const nextScore = Math.min(...sections.map((section) => section.points + (next.find((gain) => gain.section === section.key)?.gain ?? 0)))
  return { score, band: bandOf(score), sections, lowest: lowest.map((section) => section.key), next, nextScore }
}

const WHERE: Readonly<Record<Gain['how'], string>> = {
  renew: 'its evidence has expired; do it again', repair: 'it was done and it fails; make it pass', answer: 'do it by hand and write the result down', measure: 'have it measured', ask: 'it was not asked, or let be; do it and write the result down',
  automate: 'let a pipeline post it', invent: 'no checklist asks it yet; add a line for it',
}

/** How a gain is made, as a clause: "do it by hand and write the result down: 4.2 Second training run within tolerance". */
export function gainWords({ how, feed, section }: Gain): string {
  return `${SECTION_NAMES[section]}: ${WHERE[how]}${feed ? ` (${feed.itemId} ${feed.title})` : ''}`
}

/** The history of a model's ML Test Score is whole: every release that became stable, a page at a time, each as it was known then, however many came after it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { advanceWrite } from '@/db/aggregate'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { LiveState } from '@/lib/domain/live/state'
import { MODEL, Play, SIX, TARGET } from '@/lib/domain/release/testing/play'
import { makeStable, open, prepare, rollOut } from '@/lib/domain/release/testing/story'
import { momentPage, releasesBetween, type Moment } from '@/lib/domain/test-score/history'
import { viewScoreHistory, viewTestScore } from '@/lib/server/view/test-score'

const LATER = 60
const DAY = 86_400_000
const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const

let store: Store
let play: Play
let first = ''

beforeAll(async () => {
  store = await freshMemory()
  play = new Play()
  first = open(play, 1, SIX.pia)
  prepare(play, first)
  rollOut(play, first)
  makeStable(play, first)
  const live = play.live ?? expect.fail('nothing is live')
  const stable = live.history[0] ?? expect.fail('nothing is stable')
  const at = (days: number) => new Date(play.now.getTime() + days * DAY)
  // What came later is only told of: its releases have cards and no log, as if nothing had been answered in them.
  const later: LiveState = { ...live, history: [stable, ...Array.from({ length: LATER }, (_, i) => ({ ...stable, since: at(i + 1).toISOString(), releaseId: `later-${i}`, releaseCode: `LATER-${i}`, label: `5.${i}` }))] }
  const card = { environmentId: TARGET, phase: 'stable', isInFlight: false, risk: 'low', targetAt: null, overdueAt: null, teamsWaiting: ',', people: ',', card: {}, brief: null, shape: 1, turnAt: null, closedAt: null, modelId: MODEL }
  await store.db.insert(store.t.releaseCard).values([
    { ...card, releaseId: first, code: 'FRAUD-1', openedAt: new Date(play.release(first).openedAt) },
    ...Array.from({ length: LATER }, (_, i) => ({ ...card, releaseId: `later-${i}`, code: `LATER-${i}`, openedAt: at(i + 0.5) })),
  ])
  const entries = play.log.filter((entry) => entry.kind === 'release' && entry.id === first).map(({ event }, i) => ({ kind: 'release' as const, aggregateId: first, aggregateVersion: i + 1, at: play.now, actor, event }))
  await store.commit({
    writes: [
      advanceWrite('release', first, 0, { version: 1, state: play.release(first), at: play.now }), advanceWrite('live', live.id, 0, { version: 1, state: later, at: play.now }),
      advanceWrite('model', MODEL, 0, { version: 1, state: { id: MODEL }, at: play.now }), advanceWrite('environment', TARGET, 0, { version: 1, state: { id: TARGET }, at: play.now }),
    ], texts: [], entries,
  })
})
afterAll(() => store.close())

it('tells every moment once, from the newest page to the first one, which is scored from what was known then', async () => {
  const score = await viewTestScore(store, MODEL, new Date(play.now.getTime() + (LATER + 2) * DAY)) ?? expect.fail('no score')
  expect([score.stableCount, score.history.length, score.history.at(-1)?.code, score.releaseCount]).toEqual([LATER + 1, 25, null, 0])
  const told = score.history.slice(0, -1).map((point) => point.code)
  let { earlier } = score
  let oldest = score.history[0]
  for (let pages = 0; earlier !== null; pages += 1) {
    expect(pages).toBeLessThan(4)
    const page = await viewScoreHistory(store, MODEL, earlier) ?? expect.fail('no page')
    told.unshift(...page.points.map((point) => point.code))
    oldest = page.points[0]
    earlier = page.earlier
  }
  expect(told).toEqual(['FRAUD-1', ...Array.from({ length: LATER }, (_, i) => `LATER-${i}`)])
  expect(oldest?.score).toBeGreaterThan(0)
  expect(await viewScoreHistory(store, 'nobody', null)).toBeNull()
})

const moment = (n: number, at: string): Moment => ({ releaseId: `r${n}`, at, code: `R-${n}`, label: '1' })

it('keeps what became stable at one instant on one page', () => {
  const moments = [moment(1, 'a'), moment(2, 'b'), moment(3, 'b'), moment(4, 'c')]
  expect(momentPage(moments, null, 2)).toEqual({ moments: moments.slice(1), earlier: 'b' })
  expect(momentPage(moments, 'b', 2)).toEqual({ moments: moments.slice(0, 1), earlier: null })
  expect(momentPage([], null, 2)).toEqual({ moments: [], earlier: null })
})

it('reads no more releases than the moments rest on', () => {
  const opened = Array.from({ length: 100 }, (_, i) => ({ openedAt: String(i).padStart(3, '0') }))
  expect(releasesBetween(opened, '050', '053').map((one) => one.openedAt)).toEqual(opened.slice(27, 54).map((one) => one.openedAt))
})

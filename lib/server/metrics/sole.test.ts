import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '@/db/store'
import { hasPostgres, startPostgres } from '@/db/testing/postgres-server'
import { freshMemory, freshPglite, migrationsFolder } from '@/db/testing/stores'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import type { Asker } from './asker'
import { makeEvaluator, type EvaluationRow } from './evaluator'
import { LEASE_MS, soleHolder } from './sole'
import type { MetricTarget } from './target'

const START = 1_800_000_000_000
const spec: MetricSpec = {
  source: 'environment', query: { kind: 'promql', promql: 'x' }, windowSeconds: 60, kind: 'standing', validForDays: null,
  rule: { test: { kind: 'threshold', comparator: '<=', limit: 1 }, direction: 'lower-is-better', unit: 'score' },
  plan: { intervalSeconds: 30, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4 },
}
const target: MetricTarget = { kind: 'release', id: 'r', itemId: '9.1', title: 'x', spec, stacks: ['model'], selectors: {}, stableSelectors: null, sourceId: 's', stableSourceId: 's', current: null }

/** Every source answers 0.5, always. */
function asker(now: () => number): Asker {
  const answer = () => Promise.resolve({ ok: true, answer: { type: 'vector', warnings: [], infos: [], series: [{ labels: {}, histograms: 0, samples: [{ at: now() / 1000, value: 0.5, raw: '0.5' }] }] } } as const)
  return { instant: answer, range: answer, source: () => Promise.resolve({ name: 's', connection: { url: 'http://s', auth: { kind: 'none' }, headers: {} }, scrapeIntervalSeconds: 15 }), health: () => null, reset: () => undefined }
}

const stores: Store[] = []
afterEach(async () => { for (const store of stores.splice(0)) await store.close() })

let postgres: ReturnType<typeof startPostgres> | null = null
afterAll(async () => { await (await postgres)?.stop() })

/** What two evaluators share: one handle, or a connection each to a server, as two replicas have it. */
async function twoOf(open: () => Promise<Store>): Promise<readonly [Store, Store]> {
  const store = await open()
  return [store, store]
}
async function twoReplicas(): Promise<readonly [Store, Store]> {
  const { url } = await (postgres ??= startPostgres())
  return [await openStore(url, { migrate: true, migrations: migrationsFolder }), await openStore(url, { migrate: true, migrations: migrationsFolder })]
}
const SHARED: readonly (readonly [name: string, open: () => Promise<readonly [Store, Store]>])[] = [
  ['SQLite', () => twoOf(freshMemory)], hasPostgres() ? ['Postgres', twoReplicas] : ['PGlite', () => twoOf(freshPglite)],
]
let worlds = 0

describe.each(SHARED)('two evaluators on one %s', (_name, open) => {
  async function world() {
    const [one, other] = await open()
    stores.push(...new Set([one, other]))
    const lease = `evaluator-${(worlds += 1)}`
    const rows: EvaluationRow[] = []
    const turns: Verdict[] = []
    let standing: MetricTarget['current'] = null
    const make = (store: Store, name: string) => {
      const clock = { now: START, isDead: false }
      const now = () => clock.now
      const sole = soleHolder(store, lease, now)
      const evaluator = makeEvaluator({
        asker: asker(now), now, random: () => 0.5, holds: sole.holds,
        loadTargets: () => Promise.resolve({ items: [{ ...target, current: standing }], rollouts: [] }),
        history: () => Promise.resolve(rows.map(({ at, verdict }) => ({ at, verdict }))),
        keep: (all) => { rows.push(...all); return Promise.resolve() },
        record: (_one, turn) => { turns.push(turn.verdict); standing = { verdict: turn.verdict, at: turn.at }; return Promise.resolve() },
        observe: () => Promise.resolve(),
      })
      return { name, clock, sole, tick: () => (clock.isDead ? Promise.resolve() : evaluator.tick()) }
    }
    const [first, second] = [make(one, 'first'), make(other, 'second')]
    const seconds = async (count: number) => {
      for (let at = 0; at < count; at += 1) {
        await Promise.all([first.tick(), second.tick()])
        first.clock.now += 1000
        second.clock.now += 1000
      }
    }
    return { rows, turns, first, second, seconds }
  }

  it('measures once per interval, whoever holds the lease', async () => {
    const { rows, turns, seconds, first, second } = await world()
    await seconds(91)
    // At 0, 30, 60 and 90 seconds, by one of them only.
    expect(rows).toHaveLength(4)
    expect(turns).toEqual(['pass'])
    expect(await first.sole.holds()).not.toBe(await second.sole.holds())
  })

  it('is taken over when its holder dies, and catches up once', async () => {
    const { rows, turns, seconds, first, second } = await world()
    await seconds(5)
    const [holder, other] = (await first.sole.holds()) ? [first, second] : [second, first]
    holder.clock.isDead = true
    await seconds(LEASE_MS / 1000 - 6)
    expect(rows).toHaveLength(1)
    await seconds(10)
    expect(rows).toHaveLength(2)
    expect(await other.sole.holds()).toBe(true)
    // The dead one wakes up and is told that it is not the one any more.
    holder.clock.isDead = false
    await seconds(61)
    expect(await holder.sole.holds()).toBe(false)
    expect(rows).toHaveLength(4)
    expect(turns).toEqual(['pass'])
  })

  it('is given back at an orderly end', async () => {
    const { first, second, seconds } = await world()
    await seconds(3)
    const [holder, other] = (await first.sole.holds()) ? [first, second] : [second, first]
    holder.clock.isDead = true
    await holder.sole.release()
    await seconds(7)
    expect(await other.sole.holds()).toBe(true)
  })

  it.each([['forward by an hour', 3_600_000], ['back by an hour', -3_600_000]])('has one holder soon after a clock jumps %s', async (_way, jump) => {
    const { rows, first, second, seconds } = await world()
    await seconds(5)
    first.clock.now += jump
    await seconds(12)
    const held = await Promise.all([first.sole.holds(), second.sole.holds()])
    expect(held.filter(Boolean)).toHaveLength(1)
    const before = rows.length
    await seconds(60)
    // Two intervals, and at most one more where the lease changed hands.
    expect(rows.length - before).toBeGreaterThanOrEqual(1)
    expect(rows.length - before).toBeLessThanOrEqual(3)
    expect((await Promise.all([first.sole.holds(), second.sole.holds()])).filter(Boolean)).toHaveLength(1)
  })
})

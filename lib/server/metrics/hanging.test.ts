import { expect, it } from 'vitest'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Asker } from './asker'
import { makeEvaluator, type EvaluationRow } from './evaluator'
import type { ItemVerdict } from '@/lib/domain/release/evidence-state'
import type { MetricTarget } from './target'

const spec: MetricSpec = {
  source: 'environment', query: { kind: 'promql', promql: 'x' }, windowSeconds: 60, kind: 'standing', validForDays: null,
  rule: { test: { kind: 'threshold', comparator: '<=', limit: 1 }, direction: 'lower-is-better', unit: 'score' },
  plan: { intervalSeconds: 2, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 0 },
}
const target = (itemId: string, sourceId: string): MetricTarget => ({ kind: 'release', id: 'r', itemId, title: itemId, spec, stacks: ['model'], selectors: {}, stableSelectors: null, sourceId, stableSourceId: sourceId, current: null })

it('measures a healthy source on time beside one that hangs, and says since when the other is silent', async () => {
  let now = 1_800_000_000_000
  const waiting: (() => void)[] = []
  let isHung = false
  const good = () => ({ ok: true, answer: { type: 'vector', warnings: [], infos: [], series: [{ labels: {}, histograms: 0, samples: [{ at: now / 1000, value: 0.5, raw: '0.5' }] }] } } as const)
  const late = { ok: false, reason: 'The source did not answer within 8 s.', failure: { kind: 'timeout', message: 'The source did not answer within 8 s.' } } as const
  const answer: Asker['instant'] = (sourceId) => (sourceId === 'hung' && isHung ? new Promise((resolve) => { waiting.push(() => { resolve(late) }) }) : Promise.resolve(good()))
  const asker: Asker = {
    instant: answer, range: (sourceId, query) => answer(sourceId, query, 0), health: () => null, reset: () => undefined,
    source: () => Promise.resolve({ name: 's', connection: { url: 'http://s', auth: { kind: 'none' }, headers: {} }, scrapeIntervalSeconds: 1 }),
  }
  const hung = Array.from({ length: 40 }, (_, at) => target(`hung-${at}`, 'hung'))
  const rows: EvaluationRow[] = []
  const turns: [string, ItemVerdict][] = []
  const standing = new Map<string, MetricTarget['current']>()
  const evaluator = makeEvaluator({
    asker, now: () => now, random: () => 0.5, history: () => Promise.resolve([]), observe: () => Promise.resolve(),
    loadTargets: () => Promise.resolve({ items: [...hung, target('fine', 'fine')].map((one) => ({ ...one, current: standing.get(one.itemId) ?? null })), rollouts: [] }),
    keep: (all) => { rows.push(...all); return Promise.resolve() },
    record: (one, turn) => { turns.push([one.itemId, turn]); standing.set(one.itemId, { verdict: turn.verdict, at: turn.at }); return Promise.resolve() },
  })
  const rounds = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      // As the process does: the next round does not wait for this one.
      void evaluator.tick()
      await new Promise((resolve) => { setTimeout(resolve, 2) })
      now += 1000
    }
  }
  await rounds(4)
  expect(new Set(rows.map((row) => row.itemId)).size).toBe(41)
  isHung = true
  const fineBefore = rows.filter((row) => row.itemId === 'fine').length
  await rounds(40)
  expect(rows.filter((row) => row.itemId === 'fine').length - fineBefore).toBe(20)
  // No more questions wait than the source has places, however many rounds passed.
  expect(waiting.length).toBe(16)
  expect(turns.filter(([, turn]) => turn.verdict === 'error')).toEqual([])
  for (const give of waiting.splice(0)) give()
  await rounds(2)
  const errors = turns.filter(([, turn]) => turn.verdict === 'error')
  expect(errors).toHaveLength(16)
  expect(errors[0]?.[1].reason).toMatch(/did not answer within 8 s\. The last answer is from 2027-01-15 08:00 UTC\.$/)
})

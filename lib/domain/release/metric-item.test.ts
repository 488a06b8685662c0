/** What a metric item is measured by: changed as a whole, never evaded, measured only where its gate is open, due when the labels are in. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { ReleaseCommand } from './commands'
import { releaseCommand } from './commands'
import { templateContent } from '@/lib/domain/template/commands'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import { metricItemsDue, specOfItem } from './measured'
import { EVALUATOR, Play, SIX } from './testing/play'
import { makeStable, open, prepare, rollOut, settle, sign, verdict } from './testing/story'

const P95 = '5.6'

function said(play: Play, release: string, command: ReleaseCommand, actor: Actor): string {
  const played = play.run(release, command, actor)
  return played.ok ? played.events.map((event) => event.type).join() : `${played.refusal.code}: ${played.refusal.message}`
}

function specOf(play: Play, release: string, itemId = P95): MetricSpec {
  const item = play.release(release).items[itemId]
  const spec = item ? specOfItem(item) : null
  if (!spec) throw new Error(`no specification of ${itemId}`)
  return spec
}

const change = (spec: MetricSpec, more: { isRequired?: boolean; itemId?: string } = {}): ReleaseCommand => releaseCommand.parse({ type: 'change-metric', itemId: P95, isRequired: true, spec, reason: 'Agreed with ops.', ...more })
const held = (spec: MetricSpec, limit: number): MetricSpec => ({ ...spec, rule: { ...spec.rule, test: { kind: 'threshold', comparator: '<=', limit } } })

/** Opened, and everything before the environment gate signed. */
function ready(play: Play): string {
  const release = open(play, 1, SIX.pia)
  settle(play, release, 'scope', SIX.pia)
  sign(play, release, 'scope', [SIX.paul, SIX.dirk])
  return release
}

describe('changing what a metric item is measured by', () => {
  it('takes a stricter rule at once, clears the verdict and makes its sign-offs stale', () => {
    const play = new Play()
    const release = ready(play)
    settle(play, release, 'environment', SIX.olga)
    sign(play, release, 'environment', [SIX.omar, SIX.dirk, SIX.paul])
    expect(play.gate(release, 'environment').status).toBe('passed')
    const before = specOf(play, release)
    expect(said(play, release, change(held(before, 0.001)), SIX.olga)).toContain('item-changed')
    expect(play.release(release).items[P95]).toMatchObject({ verdict: null, metric: { rule: { threshold: 0.001 } }, spec: { rule: { test: { limit: 0.001 } } } })
    expect(play.gate(release, 'environment')).toMatchObject({ status: 'stale', valid: [] })
    expect(specOf(play, release)).toEqual(held(before, 0.001))
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it.each([
    ['a higher limit', (spec: MetricSpec) => held(spec, 9)],
    ['fewer requests', (spec: MetricSpec): MetricSpec => ({ ...spec, rule: { ...spec.rule, minSamples: 0 } })],
    ['another window', (spec: MetricSpec): MetricSpec => ({ ...spec, windowSeconds: 60 })],
    ['another signal', (spec: MetricSpec): MetricSpec => ({ ...spec, query: { kind: 'signal', signal: 'throughput' } })],
    ['other labels', (spec: MetricSpec): MetricSpec => ({ ...spec, selectors: { slice: 'easy' } })],
    ['another kind of test', (spec: MetricSpec): MetricSpec => ({ ...spec, rule: { ...spec.rule, test: { kind: 'presence' } } })],
    ['more tolerance', (spec: MetricSpec): MetricSpec => ({ ...spec, plan: { intervalSeconds: 30, count: 5, failureLimit: 2, inconclusiveLimit: 1, consecutiveErrorLimit: 4 } })],
  ])('waits for a second team with %s', (_name, loosened) => {
    const play = new Play()
    const release = ready(play)
    const before = specOf(play, release)
    expect(said(play, release, change(loosened(before)), SIX.olga)).toContain('change-proposed')
    expect(specOf(play, release)).toEqual(before)
    const proposalId = play.release(release).proposals[0]?.id ?? ''
    expect(said(play, release, { type: 'confirm-change', proposalId }, SIX.omar)).toMatch(/^forbidden/)
    expect(said(play, release, { type: 'confirm-change', proposalId }, SIX.dana)).toContain('item-changed')
    expect(specOf(play, release)).toEqual(loosened(before))
  })

  it.each([
    ['a snapshot made standing', (spec: MetricSpec): MetricSpec => ({ ...spec, kind: 'standing', validForDays: null }), /snapshot item/],
    ['what it is already', (spec: MetricSpec) => spec, /already/],
    ['a tolerance of everything', (spec: MetricSpec): MetricSpec => ({ ...spec, plan: { intervalSeconds: 30, count: 1, failureLimit: 1, inconclusiveLimit: 0, consecutiveErrorLimit: 4 } }), /tolerate fewer/],
    ['a burn rate of seconds', (spec: MetricSpec): MetricSpec => ({ ...spec, rule: { ...spec.rule, test: { kind: 'burn-rate', objective: 0.999, factor: 14.4, longSeconds: 3600, shortSeconds: 300, minRequests: 100 } } }), /ratio of errors/],
  ])('refuses %s, in words', (_name, wrong, words) => {
    const play = new Play()
    const release = ready(play)
    expect(said(play, release, change(wrong(specOf(play, release))), SIX.olga)).toMatch(words)
  })

  it('lets leads and admins write PromQL, and nobody else', () => {
    const play = new Play()
    const release = ready(play)
    const own: MetricSpec = { ...specOf(play, release), query: { kind: 'promql', promql: 'max(my_latency{$sel})', samples: 'sum(increase(my_requests{$sel}[$w]))' } }
    expect(said(play, release, change(own), SIX.omar)).toMatch(/^forbidden/)
    expect(said(play, release, change(own), SIX.olga)).toContain('change-proposed')
    const item = (rest: object) => releaseCommand.safeParse({ type: 'change-metric', itemId: P95, isRequired: true, reason: 'x', spec: { ...own, ...rest } }).success
    expect([item({}), item({ windowSeconds: Infinity }), item({ query: { kind: 'promql', promql: '' } }), item({ more: 1 }), item({ rule: { ...own.rule, test: { kind: 'threshold', comparator: '~', limit: 1 } } })]).toEqual([true, false, false, false, false])
  })

  it('asks a standing comparison for the limit without a stable version', () => {
    const play = new Play()
    const release = ready(play)
    const standing = specOf(play, release, '9.3')
    const spec: MetricSpec = { ...standing, rule: { ...standing.rule, test: { kind: 'stable', by: 'difference', comparator: '<=', limit: 0.05 } } }
    expect(said(play, release, change(spec, { itemId: '9.3' }), SIX.olga)).toMatch(/nothing runs beside it/)
  })

  it('takes a kind of test from the template', () => {
    const test = { kind: 'headroom', capacity: { kind: 'share' }, leastFree: 0.3 } as const
    const gates = ML_RELEASE.gates.map((gate) => ({ ...gate, items: gate.items.map((item) => (item.id === '5.7' && item.kind === 'metric' ? { ...item, metric: { ...item.metric, test, rule: { ...item.metric.rule, threshold: null } } } : item)) }))
    const play = new Play({ template: { ...ML_RELEASE, gates } })
    const release = ready(play)
    expect(specOf(play, release, '5.7').rule.test).toEqual(test)
    expect(said(play, release, { type: 'change-item', itemId: '5.7', isRequired: true, metric: { threshold: 1, timesStable: null }, target: null, query: null, reason: 'x' }, SIX.olga)).toMatch(/of its own/)
    const { name, purpose, steps, deferred } = ML_RELEASE
    expect(templateContent.safeParse({ name, purpose, steps, deferred, gates }).success).toBe(true)
  })

  it('is not slipped past by the plain change of a limit', () => {
    const play = new Play()
    const release = ready(play)
    play.must(release, change(held(specOf(play, release), 0.001)), SIX.olga)
    expect(said(play, release, { type: 'change-item', itemId: P95, isRequired: true, metric: { threshold: 9, timesStable: null }, target: null, query: null, reason: 'x' }, SIX.olga)).toMatch(/of its own/)
  })
})

describe('what is measured', () => {
  it('waits until the gates before have passed', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    expect(metricItemsDue(play.release(release), play.now)).toEqual([])
    settle(play, release, 'scope', SIX.pia)
    sign(play, release, 'scope', [SIX.paul, SIX.dirk])
    const due = metricItemsDue(play.release(release), play.now).map((one) => one.item.gateId)
    expect([...new Set(due)].sort()).toEqual(['data', 'environment', 'monitoring'])
  })

  it('says on which day what waits for labels is due', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    const live = () => play.gate(release, 'follow-up').items.find((line) => line.itemId === '11.1')
    expect(live()).toMatchObject({ status: 'due-later', isSettled: false, reason: expect.stringMatching(/^due \d+ days after it is stable/) })
    rollOut(play, release)
    makeStable(play, release)
    expect(play.release(release).stableAt).not.toBeNull()
    expect(live()).toMatchObject({ status: 'due-later', reason: expect.stringMatching(/^due on \d+ [A-Z][a-z]+ 2026, when the labels are in$/) })
    expect(metricItemsDue(play.release(release), play.now).map((one) => one.itemId)).not.toContain('11.1')
    play.pass(60 * 24 * 400)
    expect(live()?.status).not.toBe('due-later')
    expect(metricItemsDue(play.release(release), play.now).map((one) => one.itemId)).toContain('11.1')
  })

  it('lets an old pass expire', () => {
    const play = new Play()
    const release = ready(play)
    play.must(release, change({ ...held(specOf(play, release), 0.001), validForDays: 2 }), SIX.olga)
    play.must(release, verdict(P95, 'pass', play.now), EVALUATOR)
    const line = () => play.gate(release, 'environment').items.find((one) => one.itemId === P95)?.status
    expect(line()).toBe('met')
    play.pass(60 * 24 * 2)
    expect(line()).toBe('expired')
  })
})

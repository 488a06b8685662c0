/** What a sign-off, a waiver and a decision freeze: the newest measurement with its rule, short, and readable whatever the release becomes. */
import { describe, expect, it } from 'vitest'
import type { ReleaseCommand } from './commands'
import { decideRelease } from './decide'
import { FEWER_POINTS, FEW_POINTS, frozenOf, type Reading } from './frozen'
import { EVALUATOR, Play, SIX } from './testing/play'
import { open, settle, verdict } from './testing/story'

function prepared(): { play: Play; releaseId: string } {
  const play = new Play()
  const releaseId = open(play, 1, SIX.pia)
  for (const gateId of ['scope', 'data']) settle(play, releaseId, gateId, gateId === 'scope' ? SIX.pia : SIX.dana)
  return { play, releaseId }
}

const METRIC = '2.8'

function reading(play: Play, more: Partial<Reading> = {}): Reading {
  return {
    verdict: 'pass', value: 0.4, stable: 0.3, samples: 900, reason: '0.4 d; within.', query: 'now()', at: play.now.toISOString(),
    series: Array.from({ length: 300 }, (_, at) => [1_772_000_000 + at * 30, at === 150 ? 99 : 0.123456789] as const), ...more,
  }
}

function decideWith(play: Play, releaseId: string, command: ReleaseCommand, readings: ReadonlyMap<string, Reading>, actor = SIX.pia) {
  return decideRelease({ ...play.world(releaseId, command), readings }, command, actor, play.now)
}

describe('what is frozen of a metric', () => {
  it('is the newest measurement under the verdict that stands, with its rule in words and the peaks of its series', () => {
    const { play, releaseId } = prepared()
    const turned = play.now
    play.pass(90)
    const frozen = frozenOf(play.release(releaseId), play.release(releaseId).items[METRIC] ?? expect.fail('no item'), reading(play, { verdict: 'inconclusive' }), FEW_POINTS)
    expect(frozen).toMatchObject({ verdict: 'pass', value: 0.4, samples: 900, query: 'now()', at: play.now.toISOString(), terms: { since: turned.toISOString(), stable: 0.3, last: 'inconclusive' } })
    expect(frozen?.terms?.rule).toMatch(/^Passes while .+\.$/)
    expect(frozen?.terms?.limit).not.toBeNull()
    expect(frozen?.series.length).toBeLessThanOrEqual(FEW_POINTS)
    expect(frozen?.series.some(([, value]) => value === 99)).toBe(true)
    expect(JSON.stringify(frozen?.series).length).toBeLessThan(1_000)
  })

  it('is what stood at the turn where the newest measurement is older, and nothing before the first verdict', () => {
    const { play, releaseId } = prepared()
    const item = play.release(releaseId).items[METRIC] ?? expect.fail('no item')
    expect(frozenOf(play.release(releaseId), item, reading(play, { at: '2026-01-01T00:00:00.000Z' }), FEW_POINTS)).toMatchObject({ value: 0.1, query: 'up', terms: { stable: null } })
    expect(frozenOf(play.release(releaseId), { ...item, verdict: null }, reading(play), FEW_POINTS)).toBeNull()
  })

  it('goes into the sign-off of its gate, into every decision, and into the waiver of its item', () => {
    const { play, releaseId } = prepared()
    settle(play, releaseId, 'data', SIX.dana)
    play.must(releaseId, { type: 'sign-off', gateId: 'scope', teams: [], comment: '', onBehalfOf: null, seen: play.gate(releaseId, 'scope').seen }, SIX.paul)
    const readings = new Map([[METRIC, reading(play)]])
    const signed = decideWith(play, releaseId, { type: 'sign-off', gateId: 'data', teams: [], comment: '', onBehalfOf: null, seen: play.gate(releaseId, 'data').seen }, readings, SIX.dirk)
    expect(signed).toMatchObject({ ok: true, changes: [{ events: [{ type: 'signed-off', signOff: { snapshot: [{ itemId: METRIC, verdict: { value: 0.4, query: 'now()' } }] } }] }] })
    const held = decideWith(play, releaseId, { type: 'hold', reason: 'look', checkInId: null }, readings)
    expect(held).toMatchObject({ ok: true, changes: [{ events: [{ type: 'decided', decision: { metrics: [{ itemId: METRIC, verdict: { value: 0.4 } }] } }, { type: 'held' }] }] })
    if (held.ok) expect(JSON.stringify(held.changes[0]?.events[0]).length).toBeLessThan(3_000 + FEWER_POINTS * 30)
    play.must(releaseId, verdict(METRIC, 'fail', play.now), EVALUATOR)
    play.must(releaseId, { type: 'request-waiver', itemId: METRIC, reason: 'late', until: new Date(play.now.getTime() + 86_400_000).toISOString() }, SIX.dana)
    const waived = decideWith(play, releaseId, { type: 'approve-waiver', itemId: METRIC }, new Map([[METRIC, reading(play, { verdict: 'fail', value: 12 })]]))
    expect(waived).toMatchObject({ ok: true, changes: [{ events: [{ type: 'waiver-approved', frozen: { verdict: 'fail', value: 12 } }] }] })
  })

  it('reads events and states from before it was kept', () => {
    const { play, releaseId } = prepared()
    play.must(releaseId, verdict(METRIC, 'fail', play.now), EVALUATOR)
    play.must(releaseId, { type: 'request-waiver', itemId: METRIC, reason: 'late', until: new Date(play.now.getTime() + 86_400_000).toISOString() }, SIX.dana)
    play.must(releaseId, { type: 'approve-waiver', itemId: METRIC }, SIX.pia)
    expect(play.release(releaseId).items[METRIC]?.waiver).toMatchObject({ state: 'approved', frozen: { verdict: 'fail', value: 9, query: 'up' } })
  })
})

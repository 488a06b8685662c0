import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workingMs, type Span, type WorkingHours } from '@/lib/domain/working-time'
import type { FinishedRelease, GateWait } from './finished'
import { behind, insightsOf, type FlowTeam, type Measured } from './insights'
import { clocksFor } from './measure'
import { DAY_MS, finishedRow } from './testing/rows'
import { workingClock } from './working-clock'

const HOUR = 3_600_000
const BERLIN: WorkingHours = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30' }
const TEAMS: readonly FlowTeam[] = [
  { id: 'product', name: 'Product', shape: 'diamond', workingHours: BERLIN }, { id: 'ops', name: 'Ops', shape: 'square', workingHours: { ...BERLIN, zone: 'America/New_York', from: '22:00', to: '06:00' } },
]
// Monday 3 August 2026, 09:00 in Berlin.
const MONDAY = Date.parse('2026-08-03T07:00:00Z')

describe('the working clock', () => {
  it('counts what walking the days counts', () => {
    const from = Date.parse('2026-10-12T03:20:00Z')
    const to = from + 30 * DAY_MS
    const instant = fc.integer({ min: from, max: to })
    for (const { workingHours } of TEAMS) {
      const clock = workingClock(workingHours, from, to)
      fc.assert(fc.property(instant, instant, (a, b) => {
        const span: Span = [Math.min(a, b), Math.max(a, b)]
        expect(clock(...span)).toBe(workingMs([span], workingHours))
      }), { numRuns: 60 })
    }
  })
})

const gate = (id: string, number: number, stale = 0, reopened = 0, rejected = 0) => ({ id, number, name: id, stale, reopened, rejected })
const wait = (gateId: string, on: string, from: number, hours: number): GateWait => [gateId, on, from, from + hours * HOUR]

describe('the report', () => {
  const rows: readonly FinishedRelease[] = [
    finishedRow(1, { opened: 0, days: 8, go: 5, body: { waits: [wait('scope', 'product', MONDAY, 4), wait('go', 'product', MONDAY + 2 * HOUR, 4), wait('canary', 'clock', MONDAY, 48)], gates: [gate('scope', 1, 1), gate('go', 8)], waivers: 2 } }),
    finishedRow(2, { opened: 0, days: 20, go: 9, outcome: 'rolled-back', body: { waits: [wait('scope', 'product', MONDAY + 4 * DAY_MS + 8 * HOUR, 64)], gates: [gate('scope', 1, 1, 1), gate('go', 8, 0, 0, 2)] } }),
    finishedRow(3, { days: 3, go: null, outcome: 'cancelled' }), finishedRow(4, { days: 3, go: null, outcome: 'superseded', body: { notApplicable: 1 } }), finishedRow(5, { days: 12 }),
  ]
  const report = insightsOf(rows, TEAMS)

  it('counts only stable releases towards lead time, and roll-backs as change failures', () => {
    expect(report.leadTime.dots.map((dot) => [dot.code, dot.value / DAY_MS])).toEqual([['FRAUD-1', 8], ['FRAUD-5', 12]])
    expect(report.timeToGo.distribution.n).toBe(3)
    expect(report.changeFailure).toMatchObject({ failures: 1, changes: 3 })
    expect(report.restore).toMatchObject({ total: 600_000, distribution: { n: 1 } })
    expect(report.outcomes).toEqual({ stable: 2, rolledBack: 1, cancelled: 1, superseded: 1 })
  })

  it('counts waiting in the hours of the team, overlaps once per team and each gate by itself', () => {
    const product = report.waiting.find((one) => one.id === 'product')
    // Six hours of Monday for the first, half an hour of Friday and the first half-hour of Monday for the second: 15:00 to Monday 07:00 UTC.
    expect(product?.all.dots.map((dot) => dot.value / HOUR)).toEqual([6, 0.5])
    expect(product?.gates.map((one) => [one.id, one.waiting.dots.map((dot) => dot.value / HOUR)])).toEqual([['scope', [4, 0.5]], ['go', [4]]])
    expect(report.waiting.find((one) => one.id === 'clock')?.all).toMatchObject({ unit: 'time', total: 48 * HOUR })
    expect(report.waiting.map((one) => one.id)).toEqual(['product', 'clock'])
  })

  it('says what was done again, by gate, and counts waivers with what was let be', () => {
    expect(report.rework.gates.map((one) => [one.id, one.stale, one.reopened, one.rejected])).toEqual([['scope', 2, 1, 0], ['go', 0, 0, 2]])
    expect(report.rework.all).toMatchObject({ total: 5, distribution: { n: 2 } })
    expect(report.waivers).toMatchObject({ total: 3, distribution: { n: 2 } })
  })

  it('is empty, not wrong, of nothing', () => {
    expect(insightsOf([], TEAMS)).toMatchObject({ finished: 0, waiting: [], changeFailure: { failures: 0, changes: 0, interval: null }, leadTime: { distribution: { n: 0, median: null } } })
  })
})

it('every number of a report equals the releases behind it', () => {
  const outcome = fc.constantFrom('stable' as const, 'rolled-back' as const, 'cancelled' as const, 'superseded' as const)
  const row = fc.record({
    outcome, days: fc.integer({ min: 1, max: 40 }), go: fc.option(fc.integer({ min: 0, max: 20 })), waivers: fc.nat(2), opened: fc.nat(200),
    redone: fc.array(fc.tuple(fc.nat(2), fc.nat(1), fc.nat(1)), { minLength: 3, maxLength: 3 }),
    waits: fc.array(fc.tuple(fc.constantFrom('scope', 'data', 'go'), fc.constantFrom('product', 'ops', 'clock', 'hold'), fc.nat(400), fc.integer({ min: 1, max: 90 })), { maxLength: 8 }),
  })
  fc.assert(fc.property(fc.array(row, { maxLength: 25 }), (given) => {
    const rows = given.map((one, i) => finishedRow(i, {
      outcome: one.outcome, days: one.days, go: one.go, opened: one.opened,
      body: { waivers: one.waivers, waits: one.waits.map(([gateId, on, at, hours]) => wait(gateId, on, MONDAY + at * HOUR, hours)), gates: one.redone.map(([stale, reopened, rejected], g) => gate(['scope', 'data', 'go'][g] ?? '', g + 1, stale, reopened, rejected)) },
    }))
    const report = insightsOf(rows, TEAMS)
    const clocks = clocksFor(TEAMS, rows)
    const measures: readonly Measured[] = [
      report.leadTime, report.timeToGo, report.restore, report.waivers, report.rework.all, report.rework.stale, report.rework.reopened, report.rework.rejected,
      ...report.rework.gates.map((one) => one.redone), ...report.waiting.flatMap((one) => [one.all, ...one.gates.map((each) => each.waiting)]),
    ]
    const listed = (key: Measured['key']) => behind(key, rows, clocks, (id) => id)
    for (const one of measures) {
      const list = listed(one.key)
      expect([one.key, list.length, list.reduce((sum, each) => sum + each.value, 0)]).toEqual([one.key, one.distribution.n, one.total])
      expect(one.months.reduce((sum, month) => sum + month.n, 0)).toBe(one.distribution.n)
    }
    const { stable, rolledBack, cancelled, superseded } = report.outcomes
    expect((['stable', 'rolled-back', 'cancelled', 'superseded', 'changes', 'finished'] as const).map((key) => listed(key).length))
      .toEqual([stable, rolledBack, cancelled, superseded, report.changeFailure.changes, report.finished])
    expect(stable + rolledBack + cancelled + superseded).toBe(report.finished)
    // A team never waited longer than the clock (rule 24), nor longer than its gates together.
    for (const { all, gates } of report.waiting) if (gates.length > 0) expect(all.total).toBeLessThanOrEqual(gates.reduce((sum, one) => sum + one.waiting.total, 0))
    for (const team of TEAMS) {
      const spans = rows.flatMap((each) => each.body.waits.filter((one) => one[1] === team.id).map(([, , from, to]): Span => [from, to]))
      expect(report.waiting.find((one) => one.id === team.id)?.all.total ?? 0).toBeLessThanOrEqual(spans.reduce((sum, [from, to]) => sum + to - from, 0))
    }
  }), { numRuns: 25 })
})

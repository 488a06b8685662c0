/** Series by their commands: where the clock keeps its time, what a holiday does, who is too late, and what a change does to check-ins that are there. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import type { Change, DomainEvent } from '@/lib/domain/aggregate'
import { applyCheckIn } from '@/lib/domain/check-in/apply'
import type { CheckInState } from '@/lib/domain/check-in/state'
import type { Holiday } from '@/lib/domain/holiday'
import { id, person, SIX, TEAMS } from '@/lib/domain/release/testing/play'
import { applySeries } from './apply'
import { seriesCommand, type PlanWords, type SeriesCommand } from './commands'
import type { SeriesContext } from './context'
import { decideSeries } from './decide'
import { layOut, type Ground } from './lay-out'
import { rhythmWords, ruleProblem } from './rhythm'
import type { SeriesState } from './state'
import { addDays, instantAt, weekdayOf } from './wall-clock'

const CLOCK: Actor = { kind: 'system', name: 'clock' }
interface Fold<S> { apply(state: S | null, event: DomainEvent): S }
const series: Fold<SeriesState> = { apply: applySeries }
const checkIn: Fold<CheckInState> = { apply: applyCheckIn }
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Weekly rules only, day by day: the library that expands all of them is tested where it is used. */
const datesOf: Ground['datesOf'] = (rule, firstDate, from, to) => {
  const days = (/BYDAY=([A-Z,]+)/.exec(rule)?.[1] ?? '').split(',').map((day) => DAYS.indexOf(day) + 1)
  const found: string[] = []
  if (!rule.includes('FREQ=WEEKLY')) return found
  for (let date = firstDate > from ? firstDate : from; date <= to && found.length < 400; date = addDays(date, 1)) if (days.includes(weekdayOf(date))) found.push(date)
  return found
}

const PLAN: PlanWords = {
  title: 'Fraud weekly', rhythm: { kind: 'weekly', days: [1], everyWeeks: 1 }, firstDate: '2026-03-02', lastDate: null, time: '10:00', zone: 'Europe/Berlin',
  durationMinutes: 25, scope: { kind: 'all' }, teams: ['product', 'ops'], onHoliday: 'skip',
}

class Room {
  state: SeriesState | null = null
  checkIns = new Map<string, CheckInState>()
  now = '2026-03-01T09:00:00.000Z'
  holidays: readonly Holiday[] = []
  isRollingOut = false
  known = true

  run(command: SeriesCommand, actor: Actor = SIX.pia): string | null {
    const context: SeriesContext = {
      actor, now: this.now, id: id(1), teams: TEAMS, checkIns: this.checkIns, ground: { datesOf, holidays: this.holidays, teams: TEAMS.map((team) => ({ id: team.id, days: [1, 2, 3, 4, 5] })) },
      isScopeKnown: () => this.known, releaseIdsOf: (scope) => (scope.kind === 'all' ? 'all' : []), isRollingOut: () => this.isRollingOut, checkInIdOf: (key) => `check-in ${key}`, reveal: () => null,
    }
    const outcome = decideSeries(this.state, command, context)
    if (!outcome.ok) return outcome.refusal.code
    for (const change of outcome.changes) this.take(change)
    return null
  }

  private take(change: Change): void {
    for (const event of change.events) {
      if (change.kind === 'series') this.state = series.apply(this.state, event)
      else {
        const key = change.id.replace('check-in ', '')
        this.checkIns.set(key, checkIn.apply(this.checkIns.get(key) ?? null, event))
      }
    }
  }

  laid(from: string, to: string) {
    if (!this.state) throw new Error('nothing is planned')
    return layOut(this.state, { datesOf, holidays: this.holidays, teams: TEAMS.map((team) => ({ id: team.id, days: [1, 2, 3, 4, 5] })) }, from, to)
  }

  statuses(): readonly (readonly [string, string])[] {
    return [...this.checkIns].map(([key, one]) => [key, one.status])
  }
}

function planned(more: Partial<PlanWords> = {}): Room {
  const room = new Room()
  expect(room.run({ type: 'start-series', plan: { ...PLAN, ...more } })).toBeNull()
  return room
}

describe('the clock of a series', () => {
  it.each([
    ['Europe/Berlin', '2026-03-23', '2026-03-30', ['2026-03-23T09:00:00.000Z', '2026-03-30T08:00:00.000Z']],
    ['Europe/Berlin', '2026-10-19', '2026-10-26', ['2026-10-19T08:00:00.000Z', '2026-10-26T09:00:00.000Z']],
    ['America/New_York', '2026-03-02', '2026-03-09', ['2026-03-02T15:00:00.000Z', '2026-03-09T14:00:00.000Z']],
    ['America/New_York', '2026-10-26', '2026-11-02', ['2026-10-26T14:00:00.000Z', '2026-11-02T15:00:00.000Z']],
  ])('keeps its time in %s between %s and %s, while daylight saving changes', (zone, from, to, starts) => {
    expect(planned({ zone }).laid(from, to).map((one) => one.startsAt)).toEqual(starts)
  })

  it('has an answer for a time that the clock shows twice or never', () => {
    expect(instantAt('Europe/Berlin', '2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(instantAt('Europe/Berlin', '2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(instantAt('Australia/Lord_Howe', '2026-04-05T01:45')).toBe('2026-04-04T14:45:00.000Z')
  })
})

describe('a holiday', () => {
  const easter: Holiday = { date: '2026-04-06', name: 'Easter Monday', teams: ['ops'] }
  it('of one of its teams skips the occurrence, moves it to the next working day, or is ignored, and says so', () => {
    for (const [onHoliday, expected] of [['skip', ['skipped', '2026-04-06T08:00:00.000Z', 'skipped: Easter Monday']], ['next-day', ['planned', '2026-04-07T08:00:00.000Z', 'moved from Mon 6 April: Easter Monday']], ['keep', ['planned', '2026-04-06T08:00:00.000Z', 'Easter Monday: it takes place all the same']]] as const) {
      const room = planned({ onHoliday })
      room.holidays = [easter]
      expect(room.laid('2026-04-06', '2026-04-06').map((one) => [one.status, one.startsAt, one.note])).toEqual([expected])
    }
  })

  it('of another team changes nothing, and what would fall together is skipped', () => {
    const room = planned({ onHoliday: 'next-day', rhythm: { kind: 'weekly', days: [1, 2], everyWeeks: 1 } })
    room.holidays = [{ ...easter, teams: ['data-science'] }]
    expect(room.laid('2026-04-06', '2026-04-06')[0]?.holiday).toBeNull()
    room.holidays = [{ ...easter, teams: 'all' }]
    expect(room.laid('2026-04-06', '2026-04-07').map((one) => [one.status, one.note])).toEqual([['skipped', 'skipped: Easter Monday; the next one is on Tue 7 April anyway'], ['planned', null]])
  })

  it('that is entered later cancels or moves the check-in that is there, unless somebody has moved it by hand', () => {
    for (const [onHoliday, status, startsAt] of [['skip', 'cancelled', '2026-04-06T08:00:00.000Z'], ['next-day', 'scheduled', '2026-04-07T08:00:00.000Z']] as const) {
      const room = planned({ onHoliday })
      room.run({ type: 'open-occurrence', key: '2026-04-06T10:00' })
      room.run({ type: 'change-occurrence', key: '2026-04-13T10:00', title: 'Later', startsAt: '2026-04-13T12:00:00.000Z', durationMinutes: 25, teams: ['ops'] })
      room.holidays = [easter, { ...easter, date: '2026-04-13' }]
      room.now = '2026-04-05T12:00:00.000Z'
      expect(room.run({ type: 'settle' }, CLOCK)).toBeNull()
      expect(room.checkIns.get('2026-04-06T10:00')).toMatchObject({ status, startsAt })
      expect(room.checkIns.get('2026-04-13T10:00')).toMatchObject({ status: 'scheduled', startsAt: '2026-04-13T12:00:00.000Z' })
    }
  })
})

it('on a holiday is held all the same where somebody says so', () => {
  const room = planned()
  room.holidays = [{ date: '2026-03-02', name: 'A holiday', teams: 'all' }]
  expect(room.run({ type: 'open-occurrence', key: '2026-03-02T10:00' })).toBe('blocked')
  expect(room.run({ type: 'change-occurrence', key: '2026-03-02T10:00', title: 'All the same', startsAt: '2026-03-02T09:00:00.000Z', durationMinutes: 25, teams: ['ops'] })).toBeNull()
  room.run({ type: 'settle' }, CLOCK)
  expect(room.checkIns.get('2026-03-02T10:00')).toMatchObject({ status: 'scheduled', startsAt: '2026-03-02T09:00:00.000Z' })
})

describe('the clock', () => {
  it('opens the next occurrence, says once that one was missed, and leaves what is held', () => {
    const room = planned()
    room.run({ type: 'settle' }, CLOCK)
    expect(room.statuses()).toEqual([['2026-03-02T10:00', 'scheduled']])
    room.now = '2026-03-02T13:30:00.000Z'
    for (let beat = 0; beat < 3; beat += 1) room.run({ type: 'settle' }, CLOCK)
    expect(room.statuses()).toEqual([['2026-03-02T10:00', 'missed'], ['2026-03-09T10:00', 'scheduled']])
    expect(room.checkIns.get('2026-03-09T10:00')).toMatchObject({ previousId: 'check-in 2026-03-02T10:00', series: { id: id(1), key: '2026-03-09T10:00' } })
    expect(room.run({ type: 'settle' })).toBe('forbidden')
  })

  it('records what passed while the server was away, but nothing from before the series was planned', () => {
    const room = planned({ firstDate: '2026-02-02' })
    room.now = '2026-03-17T12:00:00.000Z'
    room.run({ type: 'settle' }, CLOCK)
    expect(room.statuses()).toEqual([['2026-03-02T10:00', 'missed'], ['2026-03-09T10:00', 'missed'], ['2026-03-16T10:00', 'missed'], ['2026-03-23T10:00', 'scheduled']])
  })

  it('opens daily ones only while a release is rolling out', () => {
    const room = planned({ rhythm: { kind: 'rollout' } })
    room.run({ type: 'settle' }, CLOCK)
    expect(room.statuses()).toEqual([])
    room.isRollingOut = true
    room.run({ type: 'settle' }, CLOCK)
    room.now = '2026-03-02T09:30:00.000Z'
    room.run({ type: 'settle' }, CLOCK)
    expect(room.statuses()).toEqual([['2026-03-02T10:00', 'scheduled'], ['2026-03-03T10:00', 'scheduled']].slice(0, room.checkIns.size))
    expect(room.checkIns.size).toBeGreaterThan(0)
  })
})

describe('a change', () => {
  it('by two people at once is told to the second, who sees the newer state', () => {
    const room = planned()
    expect(room.run({ type: 'change-series', plan: { ...PLAN, time: '11:00' }, from: 'next', expects: 1 })).toBeNull()
    expect(room.run({ type: 'change-series', plan: { ...PLAN, time: '12:00' }, from: 'next', expects: 1 }, SIX.olga)).toBe('stale')
    expect(room.run({ type: 'end-series', reason: 'enough', expects: 1 }, SIX.olga)).toBe('stale')
  })

  it('of this and the following leaves what was before, and check-ins that are there follow it', () => {
    const room = planned()
    for (const key of ['2026-03-02T10:00', '2026-03-09T10:00', '2026-03-16T10:00']) room.run({ type: 'open-occurrence', key })
    room.now = '2026-03-03T09:00:00.000Z'
    room.run({ type: 'settle' }, CLOCK)
    expect(room.run({ type: 'change-series', plan: PLAN, from: '2026-03-02T10:00', expects: 1 })).toBe('blocked')
    expect(room.run({ type: 'change-series', plan: PLAN, from: '2026-03-17T10:00', expects: 1 })).toBe('not-found')
    expect(room.run({ type: 'change-series', plan: { ...PLAN, title: 'Fraud, short', durationMinutes: 15 }, from: '2026-03-16T10:00', expects: 1 })).toBeNull()
    expect(room.state?.stretches.map((one) => [one.number, one.from, one.to, one.sequence])).toEqual([[1, '2026-03-02', '2026-03-16', 1], [2, '2026-03-16', null, 0]])
    expect(room.checkIns.get('2026-03-09T10:00')?.durationMinutes).toBe(25)
    expect(room.checkIns.get('2026-03-16T10:00')).toMatchObject({ durationMinutes: 15, status: 'scheduled', sequence: 1 })
    expect(room.run({ type: 'change-series', plan: { ...PLAN, time: '11:00', title: 'All' }, from: 'next', expects: 2 })).toBeNull()
    expect(room.statuses()).toEqual([['2026-03-02T10:00', 'missed'], ['2026-03-09T10:00', 'cancelled'], ['2026-03-16T10:00', 'cancelled']])
    expect(room.laid('2026-03-01', '2026-03-24').map((one) => one.key)).toEqual(['2026-03-02T10:00', '2026-03-09T11:00', '2026-03-16T11:00', '2026-03-23T11:00'])
  })

  it('may be answered in writing: the deadline follows each opening, moves with one that is moved, and goes when people meet again', () => {
    const room = planned()
    const deadline = (key: string) => room.checkIns.get(key)?.answerBy ?? null
    expect(room.run({ type: 'change-series', plan: { ...PLAN, answerHours: 48 }, from: 'next', expects: 1 })).toBeNull()
    room.run({ type: 'open-occurrence', key: '2026-03-02T10:00' })
    expect([room.checkIns.get('2026-03-02T10:00')?.startsAt, deadline('2026-03-02T10:00')]).toEqual(['2026-03-02T09:00:00.000Z', '2026-03-04T09:00:00.000Z'])
    room.run({ type: 'change-occurrence', key: '2026-03-09T10:00', title: 'Later', startsAt: '2026-03-10T12:00:00.000Z', durationMinutes: 25, teams: ['product'] })
    expect(deadline('2026-03-09T10:00')).toBe('2026-03-12T12:00:00.000Z')
    expect(room.run({ type: 'change-series', plan: PLAN, from: 'next', expects: 2 })).toBeNull()
    expect(deadline('2026-03-02T10:00')).toBeNull()
  })

  it('of the first and all takes the place of the plan, and an end cancels what is to come', () => {
    const room = planned()
    room.run({ type: 'change-series', plan: { ...PLAN, durationMinutes: 50 }, from: 'next', expects: 1 })
    expect(room.state?.stretches).toMatchObject([{ number: 1, sequence: 1, to: null, plan: { durationMinutes: 50 } }])
    room.run({ type: 'open-occurrence', key: '2026-03-02T10:00' })
    expect(room.run({ type: 'end-series', reason: 'The model is retired.', expects: 2 })).toBeNull()
    expect(room.statuses()).toEqual([['2026-03-02T10:00', 'cancelled']])
    expect(room.laid('2026-03-01', '2027-03-01')).toEqual([])
    expect(room.run({ type: 'change-series', plan: PLAN, from: 'next', expects: 3 })).toBe('closed')
  })

  it('of one occurrence makes it a check-in once; a cancelled or missing one is left', () => {
    const room = planned()
    const one: Extract<SeriesCommand, { type: 'change-occurrence' }> = { type: 'change-occurrence', key: '2026-03-09T10:00', title: 'With legal', startsAt: '2026-03-10T12:00:00.000Z', durationMinutes: 50, teams: ['product'] }
    expect(room.run(one)).toBeNull()
    expect(room.run({ type: 'open-occurrence', key: one.key }, SIX.olga)).toBeNull()
    expect(room.state?.opened).toEqual([one.key])
    expect(room.checkIns.get(one.key)).toMatchObject({ startsAt: one.startsAt, durationMinutes: 50, teams: ['product'], sequence: 1, series: { key: one.key, laidFor: '' } })
    expect(room.run({ ...one, startsAt: '2026-02-01T09:00:00.000Z' })).toBe('invalid')
    expect(room.run({ type: 'cancel-occurrence', key: '2026-03-16T10:00', reason: 'Nobody is there.' })).toBeNull()
    expect(room.checkIns.get('2026-03-16T10:00')?.status).toBe('cancelled')
    expect(room.run({ type: 'cancel-occurrence', key: '2026-03-16T10:00', reason: 'Again.' })).toBe('closed')
    expect(room.run({ type: 'open-occurrence', key: '2026-03-17T10:00' })).toBe('not-found')
    expect(room.run({ ...one, teams: ['nobody'] })).toBe('not-found')
  })
})

describe('what is refused', () => {
  it.each([
    ['FREQ=SECONDLY', 'At most one'], ['FREQ=MINUTELY;INTERVAL=1', 'At most one'], ['FREQ=WEEKLY;COUNT=3', 'last day'], ['FREQ=WEEKLY;UNTIL=20270101', 'last day'], ['FREQ=DAILY;BYHOUR=1,2,3', 'time is said'], ['INTERVAL=2', 'needs FREQ'],
    ['FREQ=WEEKLY;BYDAY=2MO', '2TU needs'], ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'], ['FREQ=DAILY;INTERVAL=1000000', 'INTERVAL'], ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY'], ['FREQ=WEEKLY;X-EVIL=1', 'not understood'], ['FREQ=WEEKLY;FREQ=DAILY', 'each word once'], ['FREQ', 'list such as'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'], ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH'], ['FREQ=MONTHLY;BYSETPOS=400', 'BYSETPOS'], ['FREQ=WEEKLY;WKST=XY', 'WKST'],
  ])('%s says why', (rule, why) => {
    expect(ruleProblem(rule)).toContain(why)
    expect(new Room().run({ type: 'start-series', plan: { ...PLAN, rhythm: { kind: 'rule', rule } } })).toBe('invalid')
  })

  it('takes good rules, and refuses those without a day, unknown teams and scopes, ends before beginnings', () => {
    for (const rule of ['FREQ=MONTHLY;BYDAY=2TU', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1', 'FREQ=DAILY;INTERVAL=2']) expect(ruleProblem(rule)).toBeNull()
    const room = new Room()
    const start = (more: Partial<PlanWords>, actor: Actor = SIX.pia) => room.run({ type: 'start-series', plan: { ...PLAN, ...more } }, actor)
    expect(start({ rhythm: { kind: 'rule', rule: 'freq=daily;bymonth=2;bymonthday=30' } })).toBe('invalid')
    expect(start({ lastDate: '2026-03-01' })).toBe('invalid')
    expect(start({ firstDate: '2026-03-03', lastDate: '2026-03-04' })).toBe('invalid')
    expect(start({ teams: ['nobody'] })).toBe('not-found')
    room.known = false
    expect(start({ scope: { kind: 'model', modelId: id(2) } })).toBe('not-found')
    room.known = true
    expect(start({}, person(9, 'Vera', []))).toBe('forbidden')
    expect(start({})).toBeNull()
    expect(start({})).toBe('exists')
  })

  it('by its words: days, times, zones and lengths that cannot be', () => {
    const fits = (more: object) => seriesCommand.safeParse({ type: 'start-series', plan: { ...PLAN, ...more } }).success
    expect(fits({})).toBe(true)
    for (const more of [{ firstDate: '1899-01-01' }, { firstDate: '2026-02-30' }, { lastDate: '9999-12-31' }, { time: '24:00' }, { zone: 'Mars/Olympus' }, { durationMinutes: 0 }, { rhythm: { kind: 'weekly', days: [], everyWeeks: 1 } }, { rhythm: { kind: 'weekly', days: [8], everyWeeks: 1 } }, { teams: [] }, { surplus: 1 }]) expect([more, fits(more)]).toEqual([more, false])
  })
})

it('says its rhythm as a person would', () => {
  const say = (rhythm: PlanWords['rhythm']) => rhythmWords({ ...PLAN, rhythm })
  expect(say({ kind: 'weekly', days: [4, 1], everyWeeks: 1 })).toBe('Every Monday and Thursday at 10:00 Europe/Berlin')
  expect(say({ kind: 'weekly', days: [2], everyWeeks: 2 })).toBe('Every 2 weeks on Tuesday at 10:00 Europe/Berlin')
  expect(say({ kind: 'weekly', days: [1, 2, 3, 4, 5], everyWeeks: 1 })).toBe('Monday to Friday at 10:00 Europe/Berlin')
  expect(say({ kind: 'rollout' })).toBe('Every working day while a release is rolling out, at 10:00 Europe/Berlin')
})

import { expect, it } from 'vitest'
import { dueOn, isLate } from './due'

const HOURS = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: ['2026-12-24', '2026-12-25'] }

it.each([
  ['a working day stays', '2026-12-23T22:59:59.000Z', HOURS, '2026-12-23T22:59:59.000Z'],
  ['a holiday before a week-end is due on Monday', '2026-12-24T12:00:00.000Z', HOURS, '2026-12-28T16:00:00.000Z'],
  ['a Saturday is due on Monday', '2026-11-21T12:00:00.000Z', HOURS, '2026-11-23T16:00:00.000Z'],
  ['the night before a holiday, in the zone of the team, is the holiday', '2026-12-23T23:30:00.000Z', HOURS, '2026-12-28T16:00:00.000Z'],
  ['across the change of the clock', '2026-03-28T12:00:00.000Z', HOURS, '2026-03-30T15:00:00.000Z'],
  ['nobody knows the hours', '2026-12-24T12:00:00.000Z', null, '2026-12-24T12:00:00.000Z'],
  ['a team without working days', '2026-12-24T12:00:00.000Z', { ...HOURS, days: [] }, '2026-12-24T12:00:00.000Z'],
])('%s', (_name, at, hours, expected) => {
  expect(dueOn(at, hours).toISOString()).toBe(expected)
})

it('is late only once the next working day is over', () => {
  const due = '2026-12-24T12:00:00.000Z'
  expect([isLate(due, HOURS, new Date('2026-12-27T12:00:00.000Z')), isLate(due, HOURS, new Date('2026-12-28T16:00:00.000Z')), isLate(null, HOURS, new Date(due))]).toEqual([false, true, false])
})

/** What the first of two keys fills in: the last words of the note, else the topic. */
import { expect, it } from 'vitest'
import { prepared } from './prepared'

const topic = { title: 'rollback proven: 2 items are open', gateNumber: 7 }

it('takes the last line of the note, without its bullet, and the note as the reason', () => {
  expect(prepared(topic, 'Ops rehearsed.\n\n- Friday, if the test passes\n  \n')).toEqual({ title: 'Friday, if the test passes', reason: 'Ops rehearsed.\n\n- Friday, if the test passes' })
})

it('falls back to the topic, and stays within what a command takes', () => {
  expect(prepared(topic, ' \n')).toEqual({ title: 'Rollback proven: 2 items are open', reason: 'Said at the check-in, on “rollback proven: 2 items are open”.' })
  expect(prepared(topic, '- \n* ').title).toBe('Rollback proven: 2 items are open')
  const long = prepared(topic, 'x'.repeat(9_000))
  expect([long.title.length, long.reason.length]).toEqual([280, 4_000])
})

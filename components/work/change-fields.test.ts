/** What the dialog says before the server is asked is what the server would say: one list of duties, free once their go has gone. */
import { expect, it } from 'vitest'
import { changeMissing, changeOf, draftOf, type Changeable } from '@/components/work/change-fields'
import { dayOf } from '@/components/release/dialogs/day'
import { dutyOf } from '@/lib/domain/work/duty'

const DUE = '2026-11-25T15:00:00.000Z'
const LATER = '2026-11-29T15:00:00.000Z'
const action: Changeable = { actionId: 'a', title: 'Add the slice', dueAt: DUE, agreedDueAt: DUE, changes: [] }
const later = { ...draftOf(action), day: dayOf(LATER) }

it.each([
  ['a condition whose go stands', 'condition', false, 'A condition of a go is due by the day that was agreed, at the latest: the go was given for it.'],
  ['a condition whose go is superseded', 'condition', true, null],
  ['the cause of a roll-back, whatever became of the release', 'roll-back', true, 'The cause of a roll-back is due by the day that was agreed, at the latest: it is written down within its day.'],
  ['a plain one', 'manual', false, null],
  ['one from a source with the name of a property', 'constructor', false, null],
] as const)('%s, later', (_what, source, isReleased, words) => {
  expect(changeMissing(action, later, dutyOf(source, isReleased))).toBe(words)
})

it('keeps the hour of a day that was not touched, and of one that it had', () => {
  expect(changeOf(action, { ...draftOf(action), title: ' Add it ' }, 'x')).toMatchObject({ dueAt: DUE, title: 'Add it' })
  const moved = { ...action, dueAt: LATER, changes: [{ at: LATER, by: 'Mara', reason: 'x', dueAt: DUE, title: null }] }
  expect(changeOf(moved, { title: action.title, day: dayOf(DUE) }, 'x')).toMatchObject({ dueAt: DUE, title: null })
  expect(changeMissing(action, draftOf(action), null)).toBe('Choose another day, or other words.')
})

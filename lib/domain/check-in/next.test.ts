/** The table of which check-in is next. */
import { expect, it } from 'vitest'
import { nextOf } from './next'

const NOW = Date.parse('2026-03-02T09:00:00Z')
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString()
const meeting = (id: string, hours: number, status = 'scheduled') => ({ id, status, startsAt: at(hours), answerBy: null })
const written = (id: string, hours: number, status = 'running') => ({ id, status, startsAt: at(hours), answerBy: at(hours + 48) })

it.each([
  ['nothing', [], null],
  ['the meeting that runs, before one in writing and a later one', [written('w', -20), meeting('runs', -1, 'running'), meeting('later', 1)], 'runs'],
  ['a meeting of tomorrow, although one in writing is open', [written('w', -20), meeting('tomorrow', 24)], 'tomorrow'],
  ['one in writing, where nobody meets', [written('w', -20)], 'w'],
  ['one that should have started, for four hours', [meeting('late', -4), meeting('later', 1)], 'late'],
  ['not one that was forgotten', [meeting('forgotten', -5), meeting('later', 1)], 'later'],
  ['nothing, when all that is planned was forgotten', [meeting('forgotten', -5)], null],
])('%s', (_, coming, id) => {
  expect(nextOf(coming, NOW)?.id ?? null).toBe(id)
})

import { expect, it } from 'vitest'
import { digestOf } from './digest'
import { groupsOf, waitingCount } from './groups'
import type { Todo, WorkLine } from './view'

const line = (id: string, todo: Todo, more: Partial<WorkLine> = {}): WorkLine => ({
  id, todo, kind: 'action', title: `Do ${id}`, href: `/releases/FRAUD-1#${id}`, code: 'FRAUD-1', modelName: 'fraud', team: null, isMine: true, since: null, dueAt: null, lateAt: null, isOverdue: false, detail: '',
  snoozedUntil: null, snoozeReason: null, action: null, ...more,
})
const LINES = [
  line('a', 'act'), line('b', 'sign', { isMine: false, team: 'ops', since: '2026-11-01' }), line('c', 'sign', { isMine: false, team: 'ops', since: '2026-10-01' }),
  line('d', 'act', { isOverdue: true, dueAt: '2026-11-02' }), line('e', 'act', { snoozedUntil: '2026-12-24', isOverdue: true }), line('f', 'confirm'), line('g', 'agree'), line('h', 'answer'),
]

it('puts every line into exactly one group, what is late first, what sleeps last and uncounted', () => {
  const groups = groupsOf(LINES)
  expect(groups.map((group) => [group.key, group.lines.map((one) => one.id).join('')])).toEqual([['overdue', 'd'], ['sign', 'cb'], ['agree', 'g'], ['confirm', 'f'], ['answer', 'h'], ['act', 'a'], ['snoozed', 'e']])
  expect(groups.flatMap((group) => group.lines)).toHaveLength(LINES.length)
  expect(waitingCount(groups)).toBe(LINES.length - 1)
})

const input = { name: 'Mara', since: '2026-11-19T08:00:00.000Z', now: '2026-11-20T08:00:00.000Z', lines: LINES, changes: [
  { at: '2026-11-19T09:00:00.000Z', code: 'FRAUD-1', href: '/releases/FRAUD-1', words: 'Dana signed off gate 3' }, { at: '2026-11-18T09:00:00.000Z', code: 'FRAUD-1', href: '/releases/FRAUD-1', words: 'too old' },
] }

it('says in one line what waits, and what changed since the last one', () => {
  const digest = digestOf(input)
  expect(digest.subject).toBe('1 overdue, 2 to sign, 1 to agree to, 1 to confirm, 1 to answer, 1 to do')
  expect(digest.greeting).toBe('Mara, 7 things wait for you.')
  expect(digest.next[0]).toEqual({ words: 'Overdue: Do d (FRAUD-1 fraud)', href: '/releases/FRAUD-1#d', dueAt: '2026-11-02' })
  expect(digest.changed).toEqual([{ words: 'FRAUD-1: Dana signed off gate 3', href: '/releases/FRAUD-1', dueAt: null }])
  expect(digest.counts.reduce((sum, one) => sum + one.count, 0)).toBe(7)
  expect(digest.isEmpty).toBe(false)
})

it('counts what it does not say, and is empty when nothing is to be said', () => {
  expect(digestOf({ ...input, lines: Array.from({ length: 30 }, (_, i) => line(String(i), 'act')) })).toMatchObject({ moreNext: 22 })
  expect(digestOf({ ...input, lines: [], changes: [] })).toMatchObject({ isEmpty: true, subject: 'Nothing waits for you', next: [] })
  expect(digestOf({ ...input, lines: [] })).toMatchObject({ isEmpty: false, subject: '1 change, nothing waits for you' })
})

import { describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/domain/actor'
import { freeText } from '@/lib/domain/text'
import { actionState, agreedDueAt, decideMove, moved, type ActionMove, type MoveAbout, type Promised } from './action-rule'

const NOW = new Date('2026-11-20T10:00:00.000Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString()
const person = (personId: string, team: string, role: 'member' | 'lead' = 'member'): PersonActor => ({ kind: 'person', personId, name: personId, memberships: [{ team, role }], isAdmin: false, delegatedBy: [] })
const OMAR = person('omar', 'ops')
const about = (actor: PersonActor, isReleased = false): MoveAbout => ({
  actor, by: actor.personId, now: NOW, people: ['omar', 'mara'].map((id) => ({ id, name: id })), teams: [{ id: 'ops', name: 'Ops' }], isReleased,
})
const action = (change: Partial<Promised> = {}): Promised => ({ id: 'a', title: freeText('Tell them'), source: 'manual', sourceId: null, ownerId: 'omar', team: 'ops', dueAt: inDays(5), by: 'mara', done: null, ...change })
const snooze = (days: number): ActionMove => ({ type: 'snooze-action', actionId: 'a', until: inDays(days), reason: 'The vendor answers in December.' })
const drop: ActionMove = { type: 'drop-action', actionId: 'a', reason: 'Nobody uses it.' }
const give = (ownerId: string | null, team: string | null = null): ActionMove => ({ type: 'reassign-action', actionId: 'a', ownerId, team, reason: '' })
const change = (days: number | null, title: string | null = null): ActionMove => ({ type: 'change-action', actionId: 'a', title, dueAt: days === null ? null : inDays(days), reason: 'The partner is away.' })
const before = (days: number) => [{ by: 'mara', at: inDays(-2), reason: freeText('x'), dueAt: inDays(days), title: null }]
const condition = { source: 'condition', sourceId: 'D-7' }

describe('moves of an action', () => {
  it.each<[string, Promised | undefined, ActionMove, MoveAbout, string]>([
    ['snoozed past its due date, a plain one', action(), snooze(30), about(OMAR), 'action-snoozed'],
    ['snoozed for ever', action(), snooze(400), about(OMAR), 'A snooze lasts a year at most'],
    ['snoozed until yesterday', action(), snooze(-1), about(OMAR), 'still to come'],
    ['a condition within its day', action(condition), snooze(4), about(OMAR), 'action-snoozed'],
    ['a condition beyond its day', action(condition), snooze(6), about(OMAR), 'cannot be snoozed beyond its due date, 25 November 2026: the go was given for it. Choose an earlier day'],
    ['a condition whose day has passed', action({ ...condition, dueAt: inDays(-1) }), snooze(1), about(OMAR), 'which has passed'],
    ['a condition whose go is superseded, beyond its day', action(condition), snooze(6), about(OMAR, true), 'action-snoozed'],
    ['the cause of a roll-back beyond its day', action({ source: 'roll-back' }), snooze(6), about(OMAR), 'written down within its day'],
    ['woken while it sleeps', action({ snoozed: { until: inDays(2), reason: freeText('x'), by: 'omar', at: inDays(-1) } }), { type: 'wake-action', actionId: 'a' }, about(OMAR), 'action-snoozed'],
    ['woken when it has woken by itself', action({ snoozed: { until: inDays(-1), reason: freeText('x'), by: 'omar', at: inDays(-2) } }), { type: 'wake-action', actionId: 'a' }, about(OMAR), 'It is not snoozed.'],
    ['dropped, a plain one', action(), drop, about(OMAR), 'action-dropped'],
    ['dropped, a condition of a go in force', action(condition), drop, about(OMAR), 'record a decision that supersedes D-7'],
    ['dropped, a condition whose go is superseded', action(condition), drop, about(OMAR, true), 'action-dropped'],
    ['dropped, the cause of a roll-back', action({ source: 'roll-back' }), drop, about(OMAR, true), 'is not dropped'],
    ['given to a person', action(), give('mara'), about(OMAR), 'action-reassigned'],
    ['given to nobody', action(), give(null), about(OMAR), 'Name who takes it over'],
    ['given to a stranger', action(), give('nobody'), about(OMAR), 'no such person'],
    ['given to an unknown team', action(), give(null, 'sales'), about(OMAR), 'no such team'],
    ['given to who has it', action(), give('omar', 'ops'), about(OMAR), 'theirs already'],
    ['changed to a later day', action(), change(9), about(OMAR), 'action-changed'],
    ['changed to no day', action(), change(null), about(OMAR), 'action-changed'],
    ['reworded', action(), change(5, 'Tell all of them'), about(OMAR), 'action-changed'],
    ['changed to what it says', action(), change(5), about(OMAR), 'says already'],
    ['changed to a day that has passed', action(), change(-1), about(OMAR), 'still to come'],
    ['put back to a day that has passed', action({ changes: before(-1) }), change(-1), about(OMAR), 'action-changed'],
    ['a condition, earlier', action(condition), change(3), about(OMAR), 'action-changed'],
    ['a condition, later', action(condition), change(6), about(OMAR), 'A condition of a go is due by 25 November 2026 at the latest: the go was given for it. Choose an earlier day, or record a decision that supersedes D-7.'],
    ['a condition that was agreed under another offset, later', action({ ...condition, dueAt: `${inDays(5).slice(0, -1)}+14:00` }), change(5), about(OMAR), 'at the latest'],
    ['a condition that was agreed under another offset, changed to the same instant', action({ ...condition, dueAt: `${inDays(5).slice(0, -1)}+00:00` }), change(5), about(OMAR), 'says already'],
    ['a condition, on no day', action(condition), change(null), about(OMAR), 'at the latest'],
    ['a condition that was moved earlier, back to what was agreed', action({ ...condition, dueAt: inDays(2), changes: before(5) }), change(5), about(OMAR), 'action-changed'],
    ['a condition that was moved earlier, beyond what was agreed', action({ ...condition, dueAt: inDays(2), changes: before(5) }), change(6), about(OMAR), 'at the latest'],
    ['a condition, reworded', action(condition), change(5, 'Something else'), about(OMAR), 'keeps its words: the go was given for it; record a decision that supersedes D-7.'],
    ['a condition whose go is superseded, later', action(condition), change(6), about(OMAR, true), 'action-changed'],
    ['the cause of a roll-back, later', action({ source: 'roll-back' }), change(6), about(OMAR), 'Choose an earlier day.'],
    ['changed by somebody else', action(), change(9), about(person('sami', 'data-science')), 'Its owner'],
    ['by who added it', action(), snooze(2), about(person('mara', 'product')), 'action-snoozed'],
    ['by a lead of another team', action(), snooze(2), about(person('dana', 'data-science', 'lead')), 'action-snoozed'],
    ['by somebody else', action(), snooze(2), about(person('sami', 'data-science')), 'Its owner'],
    ['when it is done', action({ done: { by: 'omar', at: inDays(-1), note: freeText('') } }), drop, about(OMAR), 'done already'],
    ['when it was dropped', action({ done: { by: 'omar', at: inDays(-1), note: freeText(''), isDropped: true } }), drop, about(OMAR), 'dropped already'],
    ['when it is not there', undefined, drop, about(OMAR), 'no such action'],
  ])('%s', (_name, which, move, who, expected) => {
    const outcome = decideMove(which, move, who)
    expect('type' in outcome ? outcome.type : outcome.message).toContain(expected)
  })

  it('keeps what it said before: the day that was agreed, and the newest changes', () => {
    const turn = (dueAt: string | null, title: string | null, n: number) => ({ type: 'action-changed', actionId: 'a', title: title === null ? null : freeText(title), dueAt, reason: freeText(`${n}`), at: inDays(n / 100), by: 'mara' }) as const
    const first = moved(action({ snoozed: { until: inDays(2), reason: freeText('x'), by: 'omar', at: inDays(-1) } }), turn(inDays(5), 'Tell all of them', 1))
    expect([first.title, first.dueAt, actionState(first, NOW)]).toEqual([freeText('Tell all of them'), inDays(5), 'snoozed'])
    expect(first.changes).toEqual([{ by: 'mara', at: inDays(0.01), reason: freeText('1'), dueAt: inDays(5), title: freeText('Tell them') }])
    const later = Array.from({ length: 20 }, (_, i) => i + 2).reduce((one, n) => moved(one, turn(inDays(n + 5), null, n)), first)
    expect([actionState(later, NOW), later.changes?.length, agreedDueAt(later), later.changes?.at(-1)?.dueAt]).toEqual(['open', 10, inDays(5), inDays(25)])
  })

  it('sleeps until its day, wakes by itself, and sleeps no longer for who takes it over', () => {
    const event = { type: 'action-snoozed', actionId: 'a', until: inDays(2), reason: freeText('later'), at: NOW.toISOString(), by: 'omar' } as const
    const asleep = moved(action(), event)
    expect([actionState(asleep, NOW), actionState(asleep, new Date(inDays(2)))]).toEqual(['snoozed', 'open'])
    const given = moved(asleep, { type: 'action-reassigned', actionId: 'a', ownerId: 'mara', team: null, reason: null, at: NOW.toISOString(), by: 'omar' })
    expect([actionState(given, NOW), given.ownerId, given.team]).toEqual(['open', 'mara', null])
    const dropped = moved(given, { type: 'action-dropped', actionId: 'a', reason: freeText('no'), at: NOW.toISOString(), by: 'mara' })
    expect(actionState(dropped, NOW)).toBe('dropped')
    expect(moved(action({ id: 'b' }), event)).toEqual(action({ id: 'b' }))
  })
})

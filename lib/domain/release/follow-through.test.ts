/** What follows a judgement: a decision is looked at again and superseded once; conditions neither sleep past their day nor go away. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import type { ReleaseCommand } from './commands'
import { confirmAt, confirmationStanding } from './confirmation'
import { EVALUATOR, id, person, Play, SIX } from './testing/play'
import { openProposals } from './roll-back-proposal'
import { decision, open, prepare, rollOut, verdict } from './testing/story'

const OPTIONS = [{ title: 'EU', pros: 'near\ncheap', cons: '', isChosen: true }, { title: 'US', pros: '', cons: 'far', isChosen: false }]
const START = '2026-03-02T09:00:00.000Z'
const inDays = (days: number) => new Date(Date.parse(START) + days * 86_400_000).toISOString()
const choice = (more: Partial<Extract<ReleaseCommand, { type: 'decide' }>> = {}): ReleaseCommand => ({
  ...decision('go'), kind: 'choice', title: 'Where to run', options: OPTIONS, deciderIds: [SIX.olga.personId, SIX.dana.personId],
  confirmation: { how: 'p95 after a month', dueAt: inDays(30) }, context: 'Callers are in the EU.', drivers: ['Latency', 'Cost'], ...more,
})
const confirm = (outcome: 'held' | 'not-held', nextAt: string | null, number = 1): ReleaseCommand => ({ type: 'confirm-decision', number, outcome, note: 'p95 is 180 ms.', nextAt })

function said(play: Play, release: string, command: ReleaseCommand, actor: Actor): string {
  const played = play.run(release, command, actor)
  return played.ok ? 'accepted' : `${played.refusal.code}: ${played.refusal.message}`
}

function decided(): { play: Play; release: string } {
  const play = new Play({ start: START })
  const release = open(play, 1, SIX.pia)
  play.must(release, choice(), SIX.omar)
  return { play, release }
}
function at(play: Play, release: string) {
  return play.release(release).decisions[0]
}

describe('a decision', () => {
  it('keeps its question and its drivers, and is planned, due, looked at, and due again', () => {
    const { play, release } = decided()
    const first = () => at(play, release) ?? expect.fail('nothing decided')
    expect(first()).toMatchObject({ context: { text: 'Callers are in the EU.' }, drivers: [{ text: 'Latency' }, { text: 'Cost' }] })
    expect([confirmAt(first()), confirmationStanding(first(), play.now)]).toEqual([inDays(30), 'planned'])
    play.pass(31 * 1440)
    expect(confirmationStanding(first(), play.now)).toBe('due')
    play.must(release, confirm('held', inDays(90)), SIX.dirk)
    expect([confirmAt(first()), confirmationStanding(first(), play.now)]).toEqual([inDays(90), 'planned'])
    play.must(release, confirm('held', null), SIX.dirk)
    expect([confirmAt(first()), confirmationStanding(first(), play.now), first().checks?.length]).toEqual([null, 'held', 2])
    expect(play.release(release).actions).toEqual([])
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it('that did not hold asks its first decider once for what follows', () => {
    const { play, release } = decided()
    play.must(release, confirm('not-held', inDays(10)), SIX.dirk)
    play.must(release, confirm('not-held', null), SIX.paul)
    expect(play.release(release).actions).toMatchObject([{ source: 'decision', sourceId: 'D-1', ownerId: SIX.olga.personId, dueAt: inDays(7), done: null }])
    expect(confirmationStanding(at(play, release) ?? expect.fail(), play.now)).toBe('not-held')
  })

  it('of which nothing was planned is due on no day; how without when stays open', () => {
    expect(confirmationStanding({ confirmation: null, supersededBy: null }, new Date(START))).toBe('none')
    expect(confirmationStanding({ confirmation: { how: { text: 'x' }, dueAt: null }, supersededBy: null }, new Date(START))).toBe('open')
  })

  it.each<[string, ReleaseCommand, Actor, string]>([
    ['by the product itself', confirm('held', null), EVALUATOR, 'forbidden'],
    ['by a viewer', confirm('held', null), person(9, 'Vera', []), 'forbidden'],
    ['of another release', confirm('held', null, 7), SIX.dirk, 'not-found: There is no decision D-7'],
    ['with the next look behind us', confirm('held', inDays(-1)), SIX.dirk, 'invalid: The next check lies in the past.'],
  ])('is not confirmed %s', (_name, command, actor, words) => {
    const { play, release } = decided()
    expect(said(play, release, command, actor)).toContain(words)
  })

  it('is deferred to a day that is still to come', () => {
    const { play, release } = decided()
    expect(said(play, release, { ...decision('defer'), until: play.now.toISOString() }, SIX.pia)).toBe('invalid: Defer it until a day that is still to come.')
    expect(said(play, release, { ...decision('defer'), until: inDays(1) }, SIX.pia)).toBe('accepted')
  })

  it('is superseded once: who comes second is told by whom, and confirms the newer one', () => {
    const { play, release } = decided()
    play.must(release, choice({ supersedes: 1 }), SIX.dana)
    expect(said(play, release, choice({ supersedes: 1 }), SIX.omar)).toBe('exists: D-1 is superseded by D-2 already (Dana, 2 March 2026). Supersede that one, if it has to change.')
    expect(said(play, release, confirm('held', null), SIX.omar)).toBe('closed: D-1 is superseded by D-2 already (Dana, 2 March 2026); confirm that one.')
    expect(confirmationStanding(at(play, release) ?? expect.fail(), play.now)).toBe('none')
  })
})

describe('a condition of a go', () => {
  function conditional(itemId: string | null = null) {
    const play = new Play({ start: START })
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    play.must(release, decision('no-go'), SIX.pia)
    const { seen } = play.gate(release, 'decision')
    const due = new Date(play.now.getTime() + 5 * 86_400_000).toISOString()
    play.must(release, { ...decision('go'), kind: 'go-with-conditions', conditions: [{ title: 'Add the slice', ownerId: SIX.dirk.personId, team: null, dueAt: due, itemId }], seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, SIX.pia)
    const action = play.release(release).actions.find((one) => one.source === 'condition') ?? expect.fail('no condition')
    return { play, release, actionId: action.id, due }
  }
  it('may name a watched line, which says whether it is met, and proposes a roll-back when it fails past its day', () => {
    const { play, release, actionId, due } = conditional('9.3')
    rollOut(play, release, play.people, 0)
    expect(play.release(release).actions.find((one) => one.id === actionId)?.itemId).toBe('9.3')
    const fail = () => play.must(release, verdict('9.3', 'fail', play.now), EVALUATOR)
    const proposals = () => openProposals(play.release(release)).map((one) => [one.causeId, one.title, one.itemId])
    fail()
    expect(proposals()).toEqual([])
    play.pass((Date.parse(due) - play.now.getTime()) / 60_000 + 1)
    play.must(release, { type: 'observe', share: play.release(release).steps[0]?.share ?? null, requests: null }, EVALUATOR)
    expect(proposals()).toEqual([[`condition:${actionId}`, expect.stringMatching(/^a condition of D-\d+ is not met$/), '9.3']])
    play.must(release, verdict('9.3', 'pass', play.now), EVALUATOR)
    expect(proposals()).toEqual([])
    expect(play.replay(release)).toEqual(play.release(release))
    expect(() => conditional('1.1')).toThrow('not watched during the rollout')
  })

  it.each<[string, object, string]>([
    ['a day that has passed', { dueAt: inDays(-1) }, 'invalid: The day of the condition "Add the slice" has passed; choose one that is still to come.'],
    ['an owner who is not here', { ownerId: id(999) }, 'not-found: There is no such person here.'],
    ['a team that is not here', { team: 'sales' }, 'not-found: There is no such team.'],
    ['all that it needs', {}, 'accepted'],
  ])('is agreed with %s', (_what, more, words) => {
    const play = new Play({ start: START })
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    play.must(release, decision('no-go'), SIX.pia)
    const { seen } = play.gate(release, 'decision')
    const condition = { title: 'Add the slice', ownerId: null, team: null, dueAt: inDays(9), itemId: null, ...more }
    expect(said(play, release, { ...decision('go'), kind: 'go-with-conditions', conditions: [condition], seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, SIX.pia)).toBe(words)
  })

  it('sleeps up to its day, and is dropped only when its go has gone', () => {
    const { play, release, actionId, due } = conditional()
    const later = new Date(Date.parse(due) + 1).toISOString()
    expect(said(play, release, { type: 'snooze-action', actionId, until: later, reason: 'busy' }, SIX.dirk)).toContain('blocked: A condition of a go cannot be snoozed beyond its due date')
    expect(said(play, release, { type: 'snooze-action', actionId, until: due, reason: 'busy' }, SIX.dirk)).toBe('accepted')
    expect(said(play, release, { type: 'drop-action', actionId, reason: 'no longer' }, SIX.dirk)).toContain('blocked: A condition of a go is not dropped')
    const go = play.release(release).decisions.at(-1)
    play.must(release, { ...decision('no-go'), supersedes: go?.number ?? 0 }, SIX.pia)
    expect(said(play, release, { type: 'drop-action', actionId, reason: 'no longer' }, SIX.dirk)).toBe('accepted')
    expect(play.replay(release)).toEqual(play.release(release))
  })
})

describe('an action', () => {
  it('says what it follows from, and nothing that is not there', () => {
    const { play, release } = decided()
    const add = (number: number, from: { kind: 'decision' | 'rejection' | 'waiver'; id: string }): ReleaseCommand => ({ type: 'add-action', actionId: id(number), title: 'Tell them', ownerId: null, team: 'ops', dueAt: null, checkInId: null, from })
    expect(said(play, release, add(6001, { kind: 'decision', id: 'D-1' }), SIX.pia)).toBe('accepted')
    expect(said(play, release, add(6002, { kind: 'decision', id: 'D-9' }), SIX.pia)).toBe('not-found: There is no such decision on this release.')
    expect(said(play, release, add(6003, { kind: 'waiver', id: '5.3' }), SIX.pia)).toBe('not-found: There is no such waiver on this release.')
    expect(said(play, release, add(6004, { kind: 'rejection', id: 'x' }), SIX.pia)).toBe('not-found: There is no such rejection on this release.')
    expect(play.release(release).actions).toMatchObject([{ source: 'decision', sourceId: 'D-1' }])
  })

  it.each([
    ['a person', { ownerId: id(999), team: null }, 'There is no such person here.'],
    ['a team', { ownerId: null, team: 'sales' }, 'There is no such team.'],
  ] as const)('waits for nobody who is not here: %s', (_what, whom, words) => {
    const { play, release } = decided()
    expect(said(play, release, { type: 'add-action', actionId: id(6001), title: 'Tell them', dueAt: null, checkInId: null, ...whom }, SIX.pia)).toBe(`not-found: ${words}`)
  })

  it('goes on after the release has ended', () => {
    const { play, release } = decided()
    play.must(release, { type: 'add-action', actionId: id(6001), title: 'Tell them', ownerId: null, team: 'ops', dueAt: null, checkInId: null }, SIX.pia)
    play.must(release, { type: 'cancel', reason: 'no', as: 'cancelled' }, SIX.pia)
    expect(said(play, release, confirm('held', null), SIX.dirk)).toBe('accepted')
    expect(said(play, release, { type: 'reassign-action', actionId: id(6001), ownerId: SIX.dirk.personId, team: null, reason: '' }, SIX.omar)).toBe('accepted')
    const due = inDays(12)
    expect(said(play, release, { type: 'change-action', actionId: id(6001), title: 'Tell them all', dueAt: due, reason: 'More of them' }, SIX.dirk)).toBe('accepted')
    expect(play.release(release).actions).toMatchObject([{ title: { text: 'Tell them all' }, dueAt: due, changes: [{ dueAt: null, title: { text: 'Tell them' }, reason: { text: 'More of them' } }] }])
    expect(play.replay(release)).toEqual(play.release(release))
    expect(said(play, release, { type: 'drop-action', actionId: id(6001), reason: 'moot' }, SIX.dirk)).toBe('accepted')
  })
})

/** A check-in by its commands: planned, run by two people at once, closed once, and carried over. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import type { DomainEvent } from '@/lib/domain/aggregate'
import { id, person, SIX, TEAMS } from '@/lib/domain/release/testing/play'
import type { AgendaLine } from './agenda'
import { applyCheckIn } from './apply'
import type { CheckInCommand } from './commands'
import type { CheckInContext } from './turn'
import { decideCheckIn } from './decide'
import { remindAt, unanswered, type CheckInState } from './state'
import { carriedFrom } from './topics'

interface Fold { apply(state: CheckInState | null, event: DomainEvent): CheckInState }
const fold: Fold = { apply: applyCheckIn }
const VIEWER = person(9, 'Vera', [])

function line(code: string, kind: AgendaLine['kind'], matter = 'gate scope'): AgendaLine {
  return { key: `${code} ${matter}`, matters: [`${code} ${matter}`], kind, releaseId: id(400), code, title: `${kind} line`, detail: 'why', gateId: 'scope', gateNumber: 1, itemId: null, who: ['ops'], ownerId: null, since: '2026-03-01T00:00:00.000Z', dueAt: null }
}

class Room {
  state: CheckInState | null = null
  readonly log: DomainEvent[] = []
  now = new Date('2026-03-02T09:00:00.000Z')
  more: Partial<CheckInContext> = {}

  context(actor: Actor): CheckInContext {
    return {
      actor, now: this.now.toISOString(), id: id(1), teams: TEAMS, people: Object.values(SIX).map((one) => ({ id: one.personId, name: one.name })),
      releases: new Map([[id(400), { code: 'FRAUD-1', gates: new Map([['scope', 1]]) }]]), hasPrevious: false, lines: [], carried: [], previousEnd: null, record: null, notes: new Map(),
      reveal: () => null, hashOf: (text) => `hash of ${text.length}`, ...this.more,
    }
  }

  run(command: CheckInCommand, actor: Actor = SIX.pia): string | null {
    const outcome = decideCheckIn(this.state, command, this.context(actor))
    if (!outcome.ok) return outcome.refusal.code
    for (const event of outcome.changes.flatMap((change) => change.events)) {
      this.log.push(event)
      this.state = fold.apply(this.state, event)
    }
    return null
  }

  get now_(): CheckInState {
    if (!this.state) throw new Error('nothing is planned')
    return this.state
  }

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000)
  }
}

const PLAN = { title: 'Fraud weekly', startsAt: '2026-03-02T09:00:00.000Z', durationMinutes: 25, zone: 'UTC', releaseIds: 'all' as const, teams: ['product', 'ops'] }

function running(): Room {
  const room = new Room()
  expect(room.run({ type: 'schedule', ...PLAN, previousId: null })).toBeNull()
  room.more = { lines: [line('FRAUD-1', 'blocked'), line('CHURN-2', 'stale')] }
  expect(room.run({ type: 'add-topic', topicId: id(50), title: 'Retrain interval', releaseId: null, gateId: null })).toBeNull()
  expect(room.run({ type: 'start' })).toBeNull()
  return room
}

const words = (text: { readonly text: string } | { readonly sealed: string } | undefined) => (text && 'text' in text ? text.text : '')

describe('a check-in', () => {
  it('starts with the agenda, then what people added, and looks at its first topic', () => {
    const room = running()
    expect(room.now_.topics.map((topic) => words(topic.title))).toEqual(['blocked line', 'stale line', 'Retrain interval'])
    expect(room.now_.currentTopicId).toBe('line-1')
    expect(room.run({ type: 'start' }, SIX.olga)).toBe('exists')
  })

  it('is run by members and watched by viewers', () => {
    const room = running()
    for (const command of [{ type: 'resolve-topic', topicId: 'line-1' }, { type: 'park-topic', topicId: 'line-1' }, { type: 'close' }] as const) expect(room.run(command, VIEWER)).toBe('forbidden')
  })

  it('counts time per topic, and two who go on at once go on by one', () => {
    const room = running()
    room.pass(90)
    expect(room.run({ type: 'resolve-topic', topicId: 'line-1' })).toBeNull()
    expect(room.run({ type: 'resolve-topic', topicId: 'line-1' }, SIX.olga)).toBe('exists')
    expect(room.now_.currentTopicId).toBe('line-2')
    expect(room.now_.topics[0]).toMatchObject({ status: 'done', spentMs: 90_000 })
    expect(room.run({ type: 'move-to-topic', topicId: 'line-1' }, SIX.olga)).toBeNull()
    expect(room.now_.topics[0]?.status).toBe('open')
    expect(room.now_.movedBy).toBe(SIX.olga.personId)
  })

  it('puts the notes into the record only when it ends, once, and keeps a topic that has some', () => {
    const room = running()
    room.more = { ...room.more, notes: new Map([['line-1', 'from Pia and Olga'], [id(50), 'own words'], ['line-2', '']]) }
    expect(room.run({ type: 'remove-topic', topicId: id(50) })).toBe('blocked')
    expect(room.run({ type: 'close' })).toBeNull()
    expect(room.now_.topics.map((topic) => words(topic.note?.text))).toEqual(['from Pia and Olga', '', 'own words'])
    expect(words(room.now_.minutes?.text)).toContain('> from Pia and Olga')
    expect(room.log.filter((event) => event.type === 'note-set')).toHaveLength(2)
  })

  it('takes only what the release has, once', () => {
    const room = running()
    const take = { type: 'take', takenId: id(60), topicId: 'line-1', kind: 'decision', releaseId: id(400), reference: 'D-4' } as const
    expect(room.run(take)).toBe('not-found')
    room.more = { ...room.more, record: { code: 'FRAUD-1', title: 'Keep Friday', word: 'choice', people: [SIX.pia.personId], team: null, dueAt: null } }
    expect(room.run(take)).toBeNull()
    expect(room.run({ ...take, takenId: id(61) }, SIX.olga)).toBe('exists')
  })

  it('closes its minutes once; they hold notes, what was taken and what is carried, and never change', () => {
    const room = running()
    room.more = { ...room.more, record: { code: 'FRAUD-1', title: 'Keep Friday', word: 'choice', people: [SIX.pia.personId], team: null, dueAt: null } }
    room.more = { ...room.more, notes: new Map([['line-1', '# not a heading\nAgreed: 1.5 ×']]) }
    room.run({ type: 'take', takenId: id(60), topicId: 'line-1', kind: 'decision', releaseId: id(400), reference: 'D-4' })
    room.run({ type: 'add-action', actionId: id(70), topicId: null, title: 'Ask legal', ownerId: SIX.olga.personId, team: null, dueAt: '2026-03-05T00:00:00.000Z' })
    room.run({ type: 'resolve-topic', topicId: 'line-1' })
    room.run({ type: 'park-topic', topicId: 'line-2' })
    room.pass(600)
    expect(room.run({ type: 'close' })).toBeNull()
    expect(room.run({ type: 'close' }, SIX.olga)).toBe('closed')
    expect(room.run({ type: 'park-topic', topicId: 'line-1' })).toBe('closed')
    const minutes = words(room.now_.minutes?.text)
    expect(minutes).toContain('# Fraud weekly\n')
    expect(minutes).toContain('3 topics, 1 decision, 1 action; 2 carried over.')
    expect(minutes).toContain('> # not a heading\n> Agreed: 1.5 ×')
    expect(minutes).toContain('- Decision D-4 (choice): Keep Friday; decided by Pia')
    expect(minutes).toContain('- Action: Ask legal · Olga · due 2026-03-05')
    expect(minutes).toContain('## Carried over\n\n- CHURN-2 stale line (parked) · gate 1 · why · Ops\n- Retrain interval')
    // what nobody spoke of has no part of its own
    expect(minutes).toContain('## 2. Retrain interval\n\nspoken of for 10 min')
    expect(minutes).not.toMatch(/## \d\. CHURN-2/)
    expect(room.now_.minutes?.hash).toBe(`hash of ${minutes.length}`)
    expect(room.run({ type: 'add-addendum', addendumId: id(80), text: 'It was Thursday' }, SIX.olga)).toBeNull()
    expect(room.run({ type: 'snooze-action', actionId: id(70), until: '2026-03-20T00:00:00.000Z', reason: 'legal is away' }, SIX.olga)).toBeNull()
    expect(room.run({ type: 'reassign-action', actionId: id(70), ownerId: id(999), team: null, reason: '' }, SIX.olga)).toBe('not-found')
    expect(room.now_.actions[0]?.snoozed).toMatchObject({ until: '2026-03-20T00:00:00.000Z', by: SIX.olga.personId })
    expect(room.run({ type: 'complete-action', actionId: id(70), note: 'asked' }, SIX.olga)).toBeNull()
    expect(room.run({ type: 'drop-action', actionId: id(70), reason: 'too late' }, SIX.olga)).toBe('exists')
    expect(room.log.reduce<CheckInState | null>((state, event) => fold.apply(state, event), null)).toEqual(room.state)
  })

  it('carries over what was left: matters that still hold keep their place, settled ones go, own topics come back', () => {
    const first = running()
    first.run({ type: 'park-topic', topicId: 'line-1' })
    first.run({ type: 'close' })
    const next = new Room()
    next.run({ type: 'schedule', ...PLAN, previousId: null })
    next.more = { carried: carriedFrom(first.now_, () => null), lines: [line('NEW-1', 'at-risk'), line('FRAUD-1', 'overdue')], previousEnd: first.now_.closedAt }
    next.run({ type: 'start' })
    expect(next.now_.topics.map((topic) => [words(topic.title), topic.carried?.times ?? 0])).toEqual([['at-risk line', 0], ['overdue line', 1], ['Retrain interval', 1]])
    expect(next.now_.since).toBe(first.now_.closedAt)
    expect(next.now_.topics[1]?.carried?.since).toBe(first.now_.startedAt)
  })

  it('can be called off before or while it runs, and be missed only after its time', () => {
    const room = new Room()
    room.run({ type: 'schedule', ...PLAN, startsAt: '2026-03-02T10:00:00.000Z', previousId: null })
    expect(room.run({ type: 'mark-missed' })).toBe('blocked')
    room.pass(7_200)
    expect(room.run({ type: 'mark-missed' })).toBeNull()
    expect(room.run({ type: 'start' })).toBe('closed')
    const other = running()
    expect(other.run({ type: 'cancel', reason: 'Fire drill' })).toBeNull()
    expect(other.run({ type: 'close' })).toBe('closed')
  })

  it('reorders only the agenda that was seen', () => {
    const room = running()
    const ids = room.now_.topics.map((topic) => topic.id)
    expect(room.run({ type: 'reorder', topicIds: ids.toReversed() })).toBeNull()
    expect(room.now_.topics.map((topic) => topic.id)).toEqual(ids.toReversed())
    expect(room.run({ type: 'reorder', topicIds: ids.slice(1) })).toBe('stale')
  })

  describe('in writing', () => {
    const SYSTEM: Actor = { kind: 'system', name: 'clock' }
    const nothing = { conditions: '', actions: '', needs: '' }
    const written = () => {
      const room = new Room()
      expect(room.run({ type: 'schedule', ...PLAN, startsAt: '2026-03-02T10:00:00.000Z', answerBy: '2026-03-03T10:00:00.000Z', previousId: null })).toBeNull()
      room.more = { lines: [line('FRAUD-1', 'blocked')] }
      return room
    }

    it('refuses a deadline before it opens, and answers where people meet', () => {
      expect(new Room().run({ type: 'schedule', ...PLAN, answerBy: PLAN.startsAt, previousId: null })).toBe('invalid')
      expect(running().run({ type: 'answer', answerId: id(90), team: 'ops', ...nothing }, SIX.olga)).toBe('blocked')
    })

    it('opens by the clock or with the first answer, takes changes, and closes when every team has answered', () => {
      const room = written()
      expect(room.run({ type: 'answer', answerId: id(90), team: 'ops', ...nothing }, SIX.olga)).toBe('blocked')
      expect(room.run({ type: 'turn' }, SYSTEM)).toBeNull()
      expect(room.now_.status).toBe('scheduled')
      room.pass(3_700)
      expect(room.run({ type: 'turn' }, SIX.pia)).toBe('forbidden')
      expect(room.run({ type: 'turn' }, SYSTEM)).toBeNull()
      expect([room.now_.status, room.now_.currentTopicId, room.now_.topics.length]).toEqual(['running', null, 1])
      expect(room.run({ type: 'answer', answerId: id(90), team: 'ops', ...nothing }, SIX.pia)).toBe('forbidden')
      expect(room.run({ type: 'answer', answerId: id(90), team: 'data-science', ...nothing }, SIX.dana)).toBe('not-found')
      expect(room.run({ type: 'answer', answerId: id(90), team: 'ops', ...nothing, needs: 'a host' }, SIX.olga)).toBeNull()
      expect(room.run({ type: 'answer', answerId: id(91), team: 'ops', ...nothing, needs: 'two hosts' }, SIX.omar)).toBeNull()
      expect(unanswered(room.now_)).toEqual(['product'])
      expect(room.run({ type: 'answer', answerId: id(92), team: 'product', ...nothing, conditions: 'Friday' })).toBeNull()
      expect(room.now_.status).toBe('closed')
      const minutes = words(room.now_.minutes?.text)
      expect(minutes).toContain('### Product\n\nPia, 2026-03-02 10:01 UTC\n\n**Conditions**\n\n> Friday')
      expect(minutes).toContain('**Needs**\n\n> two hosts')
      expect(minutes).not.toContain('a host')
      expect(room.log.reduce<CheckInState | null>((state, event) => fold.apply(state, event), null)).toEqual(room.state)
    })

    it('closes at the deadline by itself, says who did not answer, and takes late answers as addenda', () => {
      const room = written()
      room.pass(86_400 + 3_600)
      expect(room.run({ type: 'turn' }, SYSTEM)).toBeNull()
      expect(room.now_.status).toBe('closed')
      expect(words(room.now_.minutes?.text)).toContain('### Ops\n\nDid not answer.')
      expect(room.run({ type: 'turn' }, SYSTEM)).toBeNull()
      expect(room.log.filter((event) => event.type === 'check-in-closed')).toHaveLength(1)
      expect(room.run({ type: 'answer', answerId: id(90), team: 'ops', ...nothing, needs: 'a host' }, SIX.olga)).toBeNull()
      expect(room.now_.addenda.map((one) => words(one.text))).toEqual(['Answer of Ops, after the minutes were closed.\nNeeds: a host'])
      expect(room.run({ type: 'answer', answerId: id(90), team: 'ops', ...nothing }, SIX.olga)).toBe('exists')
    })

    it('keeps its deadline through a change of plan that does not speak of it, and becomes a meeting when it is taken away', () => {
      const room = written()
      const plan = { ...PLAN, startsAt: '2026-03-02T11:00:00.000Z' }
      expect(room.run({ type: 'change-plan', ...plan })).toBeNull()
      expect(room.now_.answerBy).toBe('2026-03-03T10:00:00.000Z')
      expect(room.run({ type: 'change-plan', ...plan, startsAt: '2026-03-04T11:00:00.000Z' })).toBe('invalid')
      expect(room.run({ type: 'change-plan', ...plan, answerBy: null })).toBeNull()
      expect(room.now_.answerBy).toBeNull()
      expect(room.log.reduce<CheckInState | null>((state, event) => fold.apply(state, event), null)).toEqual(room.state)
    })

    it('reminds a day before the deadline, of a shorter one at its last quarter', () => {
      expect(remindAt({ startsAt: '2026-03-02T10:00:00.000Z', answerBy: '2026-03-09T10:00:00.000Z' })).toBe('2026-03-08T10:00:00.000Z')
      expect(remindAt({ startsAt: '2026-03-02T10:00:00.000Z', answerBy: '2026-03-02T14:00:00.000Z' })).toBe('2026-03-02T13:00:00.000Z')
      expect(remindAt({ startsAt: '2026-03-02T10:00:00.000Z' })).toBeNull()
    })
  })
})

describe('the agenda before the start', () => {
  const planned = (lines: readonly AgendaLine[]) => {
    const room = new Room()
    room.run({ type: 'schedule', ...PLAN, previousId: null })
    room.run({ type: 'add-topic', topicId: id(50), title: 'Own words', releaseId: null, gateId: null })
    room.more = { lines }
    return room
  }
  const [a, b, c] = [line('A-1', 'overdue'), line('B-1', 'blocked'), line('C-1', 'blocked')]
  const matters = (room: Room) => room.now_.topics.map((topic) => `${topic.key ?? topic.id} ${topic.status}`)

  it('keeps the order that people gave it, with what came up since where it belongs, and what they parked for the next time', () => {
    const room = planned([a, c])
    expect(room.run({ type: 'arrange', order: [id(50), c.key, a.key, 'gone gate scope'] })).toBeNull()
    expect(room.run({ type: 'set-aside', matter: id(50), isAside: true })).toBeNull()
    expect(room.run({ type: 'set-aside', matter: id(50), isAside: true })).toBe('exists')
    const risk = line('D-1', 'at-risk')
    room.more = { lines: [risk, a, b, c] }
    expect(room.run({ type: 'start' })).toBeNull()
    expect(matters(room)).toEqual([`${risk.key} open`, `${id(50)} parked`, `${c.key} open`, `${a.key} open`, `${b.key} open`])
    expect(room.now_.topics.find((topic) => topic.id === room.now_.currentTopicId)?.key).toBe(risk.key)
    expect(carriedFrom({ ...room.now_, status: 'closed' }, () => null).map((one) => one.topic.id)).toContain(id(50))
  })

  it('begins with the first topic that is not parked, and takes a parked one back', () => {
    const room = planned([a, b])
    for (const matter of [a.key, b.key]) room.run({ type: 'set-aside', matter, isAside: true })
    expect(room.run({ type: 'set-aside', matter: b.key, isAside: false })).toBeNull()
    room.run({ type: 'start' })
    expect(matters(room)).toEqual([`${a.key} parked`, `${b.key} open`, `${id(50)} open`])
    expect(room.now_.topics.find((topic) => topic.id === room.now_.currentTopicId)?.key).toBe(b.key)
  })

  it('is laid out by who may run it, once per topic, and no more after the start', () => {
    const room = planned([a])
    expect(room.run({ type: 'arrange', order: [a.key, a.key] })).toBe('invalid')
    expect(room.run({ type: 'arrange', order: [a.key] }, VIEWER)).toBe('forbidden')
    expect(room.run({ type: 'set-aside', matter: a.key, isAside: true }, VIEWER)).toBe('forbidden')
    room.run({ type: 'start' })
    expect(room.run({ type: 'arrange', order: [a.key] })).toBe('closed')
    expect(room.run({ type: 'set-aside', matter: a.key, isAside: true })).toBe('closed')
  })
})

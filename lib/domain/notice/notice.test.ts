/** When messages go out, with what they are put together, and which places they go to: by tables. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '@/lib/domain/message/message'
import { sampleMessage } from '@/lib/domain/message/sample'
import type { WorkingHours } from '@/lib/domain/working-time'
import { digestDay, teamDigestDay } from './digest'
import { gather, gatheredCount } from './gather'
import { dueAt, GATHER_MS, nextOpen, paceOf } from './pace'
import { hears, STANDARD } from './preferences'
import { reminderLine, remindersAt } from './remind'
import { EVERYTHING, isForTeams, isRouted, routingWords, severityOfLabel, type Routing } from './routing'

const BERLIN: WorkingHours = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: ['2026-12-25', '2027-01-01'] }
const NIGHT: WorkingHours = { zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' }

describe('the hours of a place', () => {
  it.each([
    ['within', BERLIN, '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'],
    ['before', BERLIN, '2026-11-23T03:00:00Z', '2026-11-23T08:00:00Z'],
    ['at the end, which is excluded', BERLIN, '2026-11-23T16:00:00Z', '2026-11-24T08:00:00Z'],
    ['on Friday evening', BERLIN, '2026-11-27T18:00:00Z', '2026-11-30T08:00:00Z'],
    ['before a holiday and a weekend', BERLIN, '2026-12-24T17:00:00Z', '2026-12-28T08:00:00Z'],
    ['over the change to winter time', BERLIN, '2026-10-24T12:00:00Z', '2026-10-26T08:00:00Z'],
    ['over the change to summer time', BERLIN, '2026-03-28T12:00:00Z', '2026-03-30T07:00:00Z'],
    ['after midnight of a night', NIGHT, '2026-11-23T03:00:00Z', '2026-11-23T03:00:00Z'],
    ['by day, where the nights are open', NIGHT, '2026-11-23T12:00:00Z', '2026-11-23T22:00:00Z'],
    ['where there are none', null, '2026-11-22T03:00:00Z', '2026-11-22T03:00:00Z'],
    ['where every day is a holiday', { ...BERLIN, days: [] }, '2026-11-22T03:00:00Z', '2026-11-22T03:00:00Z'],
  ])('%s', (_name, hours, at, opens) => {
    expect(nextOpen(new Date(at), hours).toISOString()).toBe(new Date(opens).toISOString())
  })

  it.each([
    ['roll-back', '2026-11-22T03:00:00Z', 0], ['hold', '2026-11-22T03:00:00Z', 0], ['at-risk', '2026-11-22T03:00:00Z', 0], ['break-glass', '2026-11-22T03:00:00Z', 0],
    ['gate-passed', '2026-11-23T10:00:00Z', GATHER_MS], ['mention', '2026-11-23T10:00:00Z', 0], ['gate-passed', '2026-11-23T15:59:30Z', 57_630_000],
  ] as const)('%s at %s waits %i ms', (kind, at, ms) => {
    const now = new Date(at)
    expect(dueAt(paceOf(kind), now, BERLIN).getTime() - now.getTime()).toBe(ms)
  })
})

const said = (kind: Parameters<typeof sampleMessage>[0], changed: string, more: Partial<Message> = {}): Message => ({ ...sampleMessage(kind, '2026-11-22T10:00:00.000Z'), whatChanged: changed, pace: paceOf(kind), ...more })

describe('messages of one release', () => {
  const passed = said('gate-passed', 'Gate 2 passed.')
  const waits = said('gate-waiting', 'Gate 3 waits for Ops.', { sentence: 'Waiting on Ops.', teams: ['ops'] })
  const rollBack = said('roll-back', 'Tomás started the roll-back.')
  const mention = said('mention', 'Mara: @ops?')

  it.each([
    ['nothing behind', passed, [], 0], ['ordinary ones', passed, [waits, passed], 2], ['up to a mention', passed, [waits, mention, waits], 1],
    ['with what is sent at once', passed, [waits, rollBack], 2], ['not behind what is sent at once', rollBack, [waits], 0], ['not behind a mention', mention, [waits], 0],
    ['not one of an older version', passed, [said('stable', 'x', { pace: undefined })], 0], ['not what cannot be read', passed, [null, waits], 0],
  ])('are put together: %s', (_name, first, behind, count) => {
    expect(gatheredCount(first, behind)).toBe(count)
  })

  it('become one: the most serious gives the title, the latest the sentence, and every line is there once', () => {
    const one = gather([passed, waits, rollBack, passed])
    expect(one).toMatchObject({ eventKind: 'roll-back', title: `${rollBack.title}, and 3 more changes`, path: rollBack.path, sentence: passed.sentence, pace: 'at-once', teams: [] })
    expect(one.whatChanged.split('\n')).toEqual(['Gate 2 passed.', 'Gate 3 waits for Ops.', 'Tomás started the roll-back.'])
    expect(gather([passed])).toBe(passed)
    expect(gather([passed, waits]).title).toMatch(/, and 1 more change$/)
  })

  it('become a list that says how much it leaves out', () => {
    const many = Array.from({ length: 40 }, (_, i) => said('gate-passed', `Line ${i}.`))
    const lines = gather([passed, ...many]).whatChanged.split('\n')
    expect(lines).toHaveLength(13)
    expect(lines.at(-1)).toBe('… and 29 more changes, in the timeline of the release.')
  })
})

describe('the rule of a place', () => {
  const fraud = { modelId: 'fraud', environmentId: 'eu', risk: 'high' } as const
  const rule = (part: Partial<Routing>): Routing => ({ ...EVERYTHING, ...part })
  it.each([
    ['none', undefined, true], ['everything', EVERYTHING, true],
    ['its model', rule({ models: { anyOf: ['fraud', 'churn'], noneOf: [] } }), true], ['another model', rule({ models: { anyOf: ['churn'], noneOf: [] } }), false],
    ['not its model', rule({ models: { anyOf: [], noneOf: ['fraud'] } }), false], ['not another', rule({ models: { anyOf: [], noneOf: ['churn'] } }), true],
    ['both sides', rule({ environments: { anyOf: ['eu'], noneOf: ['eu'] } }), false], ['its risk', rule({ risks: { anyOf: ['high'], noneOf: [] } }), true],
    ['a lower risk', rule({ risks: { anyOf: ['low'], noneOf: [] } }), false], ['its severity', rule({ severities: { anyOf: ['warning'], noneOf: [] } }), true],
    ['a higher severity', rule({ severities: { anyOf: ['critical'], noneOf: [] } }), false],
  ] as const)('%s: %o', (_name, routing, isTaken) => {
    expect(isRouted(routing, fraud, 'warning')).toBe(isTaken)
  })

  it('lets through what is about no single release, unless its severity is not wanted', () => {
    expect(isRouted(rule({ models: { anyOf: ['churn'], noneOf: [] } }), null, 'notice')).toBe(true)
    expect(isRouted(rule({ severities: { anyOf: ['critical'], noneOf: [] } }), null, 'notice')).toBe(false)
    expect(isRouted(rule({ risks: { anyOf: ['high'], noneOf: [] } }), { modelId: 'm', environmentId: 'e' }, 'notice')).toBe(true)
  })

  it('is said in words', () => {
    const names = { model: (id: string) => (id === 'fraud' ? 'Fraud scorer' : id), environment: (id: string) => (id === 'eu' ? 'production EU' : id), team: (id: string) => ({ ops: 'Ops', product: 'Product' })[id] ?? id }
    const words = (labels: string[], team: string | null, routing?: Routing) => routingWords({ labels, of: 20 }, team, routing, names)
    expect(words(['Roll-back started', 'Hold'], 'ops', rule({ environments: { anyOf: ['eu'], noneOf: [] } }))).toBe('Roll-back started and hold in production EU, for Ops')
    expect(words(Array.from({ length: 20 }, (_, i) => `E${i}`), null)).toBe('Everything')
    expect(words(['A', 'B', 'C', 'D', 'E'], null, rule({ models: { anyOf: [], noneOf: ['fraud'] }, risks: { anyOf: ['high', 'medium'], noneOf: [] } }))).toBe('5 of 20 events, not of Fraud scorer, of high or medium risk')
    expect(words(['A'], 'ops', rule({ teams: { anyOf: ['product', 'ops'], noneOf: ['legal'] } }))).toBe('A, for Product or Ops, not for legal')
    expect(words(['A'], 'ops', rule({ teams: { anyOf: [], noneOf: [] } }))).toBe('A, for Ops')
  })

  it.each([
    ['of all teams', null, undefined, ['ops'], true], ['of its team', 'ops', undefined, ['product', 'ops'], true], ['of another team', 'ops', undefined, ['product'], false], ['of everybody', 'ops', { anyOf: ['product'], noneOf: [] }, [], true],
    ['of a team that the rule names', 'ops', { anyOf: ['product', 'legal'], noneOf: [] }, ['legal'], true], ['of its own, which the rule does not name', 'ops', { anyOf: ['product'], noneOf: [] }, ['ops'], false],
    ['of a team that it never wants', null, { anyOf: [], noneOf: ['legal'] }, ['legal'], false], ['of that and another', null, { anyOf: [], noneOf: ['legal'] }, ['legal', 'ops'], true],
    ['of that and one that is not its own', 'ops', { anyOf: [], noneOf: ['legal'] }, ['legal', 'product'], false], ['of one on both sides', null, { anyOf: ['ops'], noneOf: ['ops'] }, ['ops'], false],
  ] as const)('hears by whom it concerns: %s', (_name, team, teams, concerned, isHeard) => {
    expect(isForTeams(team, teams ? rule({ teams }) : undefined, concerned)).toBe(isHeard)
  })

  it('hears of what concerns several teams exactly when it hears of one of them, and always of what concerns everybody', () => {
    const teams = fc.subarray(['ops', 'product', 'data-science', 'legal'])
    fc.assert(fc.property(fc.option(fc.constantFrom('ops', 'product')), teams, teams, teams, (team, anyOf, noneOf, concerned) => {
      const own = rule({ teams: { anyOf, noneOf } })
      expect(isForTeams(team, own, concerned)).toBe(concerned.length === 0 || concerned.some((one) => isForTeams(team, own, [one])))
    }), { numRuns: 200 })
  })

  it.each([['critical', 'critical'], ['page', 'critical'], ['P1', 'critical'], ['warning', 'warning'], ['', 'warning'], ['info', 'notice']] as const)('reads the label %s as %s', (label, severity) => {
    expect(severityOfLabel(label)).toBe(severity)
  })
})

describe('reminders', () => {
  const DUE = '2026-11-20T17:00:00.000Z'
  const due = { id: 'action a', what: 'action' as const, title: 'Repeat the load test', dueAt: DUE, ownerId: null, teams: ['ops'] }
  it.each([
    ['two days before', -2 * 86_400, null], ['a day before', -86_400, 'before'], ['a minute before', -60, 'before'], ['when it is due', 0, 'due'], ['two days after', 2 * 86_400, 'due'],
    ['three days after', 3 * 86_400, 'escalated'], ['a week after', 7 * 86_400, 'escalated'], ['two weeks after', 14 * 86_400, null], ['a year before', -365 * 86_400, null],
  ])('%s', (_name, seconds, stage) => {
    const found = remindersAt([due], new Date(Date.parse(DUE) + seconds * 1000))
    expect(found.map((one) => one.stage)).toEqual(stage === null ? [] : [stage])
    if (stage !== null) expect(found[0]?.key).toBe(`remind ${stage} action a ${DUE}`)
  })

  it('are said in one line', () => {
    const line = (stage: 'before' | 'due' | 'escalated', what: 'action' | 'waiver' | 'target') => reminderLine({ key: '', stage, due: { ...due, what } })
    expect(line('before', 'action')).toBe('Action “Repeat the load test” is due on 2026-11-20.')
    expect(line('escalated', 'action')).toBe('Action “Repeat the load test” is overdue since 2026-11-20; the leads are told.')
    expect(line('before', 'waiver')).toBe('Waiver “Repeat the load test” expires on 2026-11-20.')
    expect(line('due', 'target')).toBe('Target date was due on 2026-11-20.')
  })
})

describe('a digest', () => {
  it.each([
    ['before its hour', '2026-11-23T07:29:00Z', null], ['at its hour', '2026-11-23T07:30:00Z', '2026-11-23'], ['hours later, after a pause', '2026-11-23T13:00:00Z', '2026-11-23'],
    ['too late', '2026-11-23T13:30:00Z', null],
  ])('of 08:30 in Berlin %s', (_name, at, day) => {
    expect(digestDay(new Date(at), '08:30', 'Europe/Berlin')).toBe(day)
  })

  it('of the late evening belongs to the day on which it was due', () => {
    expect(digestDay(new Date('2026-11-24T01:00:00Z'), '23:00', 'UTC')).toBe('2026-11-23')
  })

  it('of a team comes on its working days only', () => {
    expect(teamDigestDay(new Date('2026-11-23T08:05:00Z'), BERLIN)).toBe('2026-11-23')
    expect(teamDigestDay(new Date('2026-11-22T08:05:00Z'), BERLIN)).toBeNull()
    expect(teamDigestDay(new Date('2026-12-25T08:05:00Z'), BERLIN)).toBeNull()
  })
})

describe('what reaches a person', () => {
  const own = { ...STANDARD, ways: { ...STANDARD.ways, mention: { mail: false, channel: true } }, muted: ['FRAUD-12'] }
  it.each([
    [undefined, 'mention', 'mail', 'FRAUD-12', true], [own, 'mention', 'mail', 'CHURN-1', false], [own, 'mention', 'channel', 'CHURN-1', true], [own, 'mention', 'channel', 'FRAUD-12', false],
    [own, 'reminder', 'mail', 'FRAUD-12', false], [own, 'reminder', 'mail', null, true],
  ] as const)('%#', (preferences, reason, way, code, isHeard) => {
    expect(hears(preferences, reason, way, code)).toBe(isHeard)
  })
})

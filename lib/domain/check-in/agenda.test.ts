/** One case of each kind of agenda line, made by playing releases: it is there, in its place, and leads to the exact gate. */
import { describe, expect, it } from 'vitest'
import type { CommandOf } from '@/lib/domain/release/commands'
import { EVALUATOR, id, Play, SIX, version } from '@/lib/domain/release/testing/play'
import { open, secondOnItsWay, settle, sign, verdict } from '@/lib/domain/release/testing/story'
import { inOrder, lineHref, linesOf, mergedByGate, type AgendaLine } from './agenda'
import { LINE_KINDS, type LineKind } from './state'

const LONG_AGO = '2020-01-01T00:00:00.000Z'
const words = { reveal: () => null, teamName: (team: string) => ({ product: 'Product', 'data-science': 'Data science', ops: 'Ops' })[team] ?? team }

function lines(play: Play, releaseId: string, since = '2999-01-01T00:00:00.000Z'): readonly AgendaLine[] {
  return inOrder(linesOf(play.release(releaseId), since, play.now, words))
}

function only(found: readonly AgendaLine[], kind: AgendaLine['kind']): AgendaLine {
  const [line, ...more] = found.filter((one) => one.kind === kind)
  if (!line || more.length > 0) throw new Error(`expected one line of kind ${kind} in ${found.map((one) => `${one.kind}: ${one.title}`).join('; ')}`)
  return line
}

function fresh(): { readonly play: Play; readonly release: string } {
  const play = new Play()
  return { play, release: open(play, 1, SIX.pia) }
}

describe('the agenda', () => {
  it('names what blocks, whom it waits for and since when, and leads to the gate', () => {
    const { play, release } = fresh()
    const since = play.now.toISOString()
    play.pass(3 * 24 * 60)
    const line = only(lines(play, release), 'blocked')
    expect(line).toMatchObject({ gateId: 'scope', gateNumber: 1, who: ['product'], since })
    expect(lineHref(line)).toBe('/releases/FRAUD-1?gate=scope')
    expect(line.title).toMatch(/scope and intent: \d+ items are open/)
  })

  it('names a single missing item and leads to it', () => {
    const { play, release } = fresh()
    settle(play, release, 'scope', SIX.pia)
    const [piece] = play.release(release).items['1.1']?.evidence ?? []
    play.must(release, { type: 'remove-evidence', itemId: '1.1', evidenceId: piece?.id ?? '', reason: 'wrong file' }, SIX.pia)
    const line = only(lines(play, release), 'blocked')
    expect(line.itemId).toBe('1.1')
    expect(lineHref(line)).toBe('/releases/FRAUD-1?gate=scope#item-1.1')
  })

  it('says that a gate waits only for its sign-off', () => {
    const { play, release } = fresh()
    settle(play, release, 'scope', SIX.pia)
    expect(only(lines(play, release), 'blocked')).toMatchObject({ title: 'scope and intent waits for sign-off', detail: 'from Product' })
  })

  it('tells overdue gates and target dates', () => {
    const { play, release } = fresh()
    play.must(release, { type: 'set-due', gateId: 'scope', dueAt: play.now.toISOString() }, SIX.pia)
    play.pass(60)
    const line = only(lines(play, release), 'overdue')
    expect(line).toMatchObject({ title: 'scope and intent is overdue', gateId: 'scope' })
    expect(lines(play, release).some((one) => one.kind === 'blocked')).toBe(false)
    const late = open(play, 2, SIX.pia, { targetAt: new Date(play.now.getTime() + 60_000).toISOString() })
    play.pass(60)
    expect(only(lines(play, late), 'overdue')).toMatchObject({ title: 'the target date has passed', gateId: 'scope', who: ['product'] })
  })

  it('tells rejected gates with the reason', () => {
    const { play, release } = fresh()
    settle(play, release, 'scope', SIX.pia)
    play.must(release, { type: 'reject', gateId: 'scope', reason: 'No guard-rail metric' }, SIX.pia)
    expect(only(lines(play, release), 'rejected')).toMatchObject({ title: 'scope and intent is rejected', detail: 'No guard-rail metric', gateId: 'scope', who: ['product'] })
  })

  it('tells stale sign-offs with what changed', () => {
    const play = new Play({ versions: [version(1), version(2, { data: 'dvc-2' })] })
    const release = open(play, 1, SIX.pia)
    for (const gate of ['scope', 'data']) {
      settle(play, release, gate, gate === 'scope' ? SIX.pia : SIX.dana)
      sign(play, release, gate, play.people.toReversed())
    }
    play.must(release, { type: 'replace-candidate', versionId: version(2).id, reason: 'retrained' }, SIX.dana)
    expect(only(lines(play, release), 'stale')).toMatchObject({ title: '1 sign-off is stale', detail: 'data changed', gateId: 'data', who: ['data-science'] })
  })

  it('asks for the decision when every gate before it is passed', () => {
    const { play, release } = fresh()
    prepareUpToDecision(play, release)
    expect(only(lines(play, release), 'decision')).toMatchObject({ title: 'decision needed', gateId: 'decision' })
  })

  it('tells holds, waivers that end soon or wait, and actions that are due', () => {
    const { play, release } = fresh()
    play.must(release, { type: 'hold', reason: 'Waiting for legal', checkInId: null }, SIX.pia)
    expect(only(lines(play, release), 'held')).toMatchObject({ title: 'on hold', detail: expect.stringMatching(/^Waiting for legal; /), gateId: 'scope' })
    play.must(release, { type: 'resume', reason: 'Legal agrees' }, SIX.pia)
    settle(play, release, 'scope', SIX.pia)
    sign(play, release, 'scope', play.people.toReversed())
    const until = new Date(play.now.getTime() + 3 * 86_400_000).toISOString()
    play.must(release, { type: 'request-waiver', itemId: '1.1', reason: 'Later', until }, SIX.pia)
    expect(only(lines(play, release), 'waiver')).toMatchObject({ title: 'the waiver of 1.1 waits for approval', itemId: '1.1', gateId: 'scope', dueAt: until })
    play.must(release, { type: 'remove-evidence', itemId: '1.1', evidenceId: play.release(release).items['1.1']?.evidence[0]?.id ?? '', reason: 'wrong' }, SIX.pia)
    play.must(release, { type: 'approve-waiver', itemId: '1.1' }, SIX.olga)
    for (const signOff of play.release(release).gates['scope']?.signOffs ?? []) play.must(release, { type: 'withdraw-sign-off', gateId: 'scope', signOffId: signOff.id, reason: 'anew' }, play.people.find((one) => one.personId === signOff.by) ?? SIX.pia)
    sign(play, release, 'scope', play.people.toReversed())
    const waiver = only(lines(play, release), 'waiver')
    expect(waiver.title).toBe('the waiver of 1.1 ends soon')
    expect(lineHref(waiver)).toBe('/releases/FRAUD-1?gate=scope#item-1.1')
    play.must(release, { type: 'add-action', actionId: id(900), title: 'Run load test', ownerId: SIX.olga.personId, team: 'ops', dueAt: until, checkInId: null }, SIX.pia)
    play.must(release, { type: 'add-action', actionId: id(901), title: 'Much later', ownerId: null, team: 'ops', dueAt: new Date(play.now.getTime() + 30 * 86_400_000).toISOString(), checkInId: null }, SIX.pia)
    const action = only(lines(play, release), 'action')
    expect(action).toMatchObject({ title: 'Run load test', who: ['ops'], ownerId: SIX.olga.personId })
    expect(lineHref(action)).toBe('/releases/FRAUD-1#actions')
    play.must(release, { type: 'complete-action', actionId: id(900), note: '' }, SIX.olga)
    expect(lines(play, release).some((line) => line.kind === 'action')).toBe(false)
  })

  it('tells a metric past its limit, then the roll-back', () => {
    const play = new Play()
    const second = secondOnItsWay(play)
    play.must(second, verdict('9.2', 'fail', play.now), EVALUATOR)
    const risk = only(lines(play, second), 'at-risk')
    expect(risk).toMatchObject({ itemId: '9.2', who: expect.arrayContaining(['ops']) })
    expect(lineHref(risk)).toMatch(/^\/releases\/FRAUD-2\?gate=canary#item-9\.2$/)
    play.must(second, { type: 'roll-back', reason: 'Errors doubled' }, SIX.omar)
    const found = lines(play, second)
    expect(only(found, 'rolling-back')).toMatchObject({ title: 'rolling back to 4.1.0', detail: 'Errors doubled', who: ['ops'] })
    expect(found[0]?.kind).toBe('rolling-back')
    expect(found.some((line) => line.kind === 'at-risk')).toBe(false)
  })

  it('tells conditions of the go, and what changed since', () => {
    const { play, release } = fresh()
    prepareUpToDecision(play, release)
    const before = play.now.toISOString()
    play.pass(5)
    const chair = SIX.pia
    settle(play, release, 'decision', chair)
    sign(play, release, 'decision', play.people.toReversed())
    const { seen } = play.gate(release, 'decision')
    play.must(release, {
      type: 'decide', kind: 'go-with-conditions', title: 'Go', reason: 'ready', options: [], deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null,
      checkInId: null, itemId: null, until: null, seen: { parts: { ...seen.parts }, items: { ...seen.items } }, conditions: [{ title: 'Dashboards by Friday', ownerId: null, team: 'ops', dueAt: new Date(play.now.getTime() + 86_400_000).toISOString() }],
    }, chair)
    const found = lines(play, release, before)
    expect(only(found, 'condition')).toMatchObject({ title: 'Dashboards by Friday', detail: expect.stringMatching(/^condition of the go/), who: ['ops'] })
    // Said once, with the gravest line of the release.
    expect(found.filter((line) => line.detail.includes('since the last check-in'))).toHaveLength(1)
    expect(found[0]?.detail).toMatch(/since the last check-in: gate 8 passed, D-2 go with conditions$/)
    expect(lines(play, release, LONG_AGO)[0]?.detail).toMatch(/since the last check-in: opened, gates 1, /)
  })

  it('asks whether a decision held once its day has come, also after the end of the release, until somebody has looked', () => {
    const { play, release } = fresh()
    play.must(release, { ...choice(), confirmation: { how: 'p95 after two weeks of traffic', dueAt: inDays(play, 14) } }, SIX.pia)
    play.must(release, { type: 'cancel', reason: 'No need', as: 'cancelled' }, SIX.pia)
    play.pass(13 * 24 * 60)
    expect(lines(play, release)).toEqual([])
    play.pass(25 * 60)
    const line = only(lines(play, release), 'confirmation')
    expect(line).toMatchObject({ title: 'whether D-1 held: Serve from one host', detail: 'p95 after two weeks of traffic', ownerId: SIX.olga.personId, who: [] })
    expect(lineHref(line)).toBe('/releases/FRAUD-1/decisions/1')
    play.must(release, { type: 'confirm-decision', number: 1, outcome: 'held', note: 'It did', nextAt: null }, SIX.olga)
    expect(lines(play, release)).toEqual([])
  })

  it('says all of one gate in one line: the gravest matter leads, the others stand in its detail', () => {
    const { play, release } = fresh()
    const until = new Date(play.now.getTime() + 3 * 86_400_000).toISOString()
    play.must(release, { type: 'hold', reason: 'Waiting for legal', checkInId: null }, SIX.pia)
    play.must(release, { type: 'request-waiver', itemId: '1.1', reason: 'Later', until }, SIX.pia)
    const found = lines(play, release)
    expect(found.filter((line) => line.gateId === 'scope')).toHaveLength(1)
    const held = only(found, 'held')
    expect(held).toMatchObject({ title: 'on hold', gateId: 'scope', itemId: null, who: ['product'], dueAt: until })
    expect(held.detail).toMatch(/^Waiting for legal; scope and intent: 6 items are open \(.+\); the waiver of 1\.1 waits for approval \(.+\)$/)
    expect(held.matters.map((key) => key.replace(release, '').trim())).toEqual(['hold', 'gate scope', 'waiver 1.1'])
    play.must(release, { type: 'resume', reason: 'fine' }, SIX.pia)
    expect(only(lines(play, release), 'blocked').detail).toContain('the waiver of 1.1 waits for approval')
  })

  it('keeps lines of several gates and releases apart, and those without a gate as they are', () => {
    const line = (kind: AgendaLine['kind'], gateId: string | null, since: string, itemId: string | null = null): AgendaLine => ({
      key: `r ${kind} ${gateId} ${since}`, matters: [`r ${kind} ${gateId} ${since}`], kind, releaseId: 'r', code: 'A-1', title: kind, detail: '', gateId, gateNumber: gateId === null ? null : 9, itemId, who: [], ownerId: null, since, dueAt: null,
    })
    const merged = mergedByGate([line('waiver', 'canary', '3'), line('blocked', 'canary', '1'), line('at-risk', 'canary', '2', '9.2'), line('blocked', 'rollback', '1'), line('action', null, '1'), line('action', null, '2')])
    expect(merged.map((one) => [one.kind, one.gateId, one.detail])).toEqual([['at-risk', 'canary', 'blocked; waiver'], ['blocked', 'rollback', ''], ['action', null, ''], ['action', null, '']])
    expect(merged[0]).toMatchObject({ itemId: '9.2', since: '2' })
    expect(lineHref(merged[0] ?? line('blocked', null, ''))).toBe('/releases/A-1?gate=canary#item-9.2')
  })

  it('is ordered by what blocks the most, then the longest wait', () => {
    const line = (kind: AgendaLine['kind'], since: string, code = 'A-1'): AgendaLine => ({ key: `${code} ${kind} ${since}`, matters: [`${code} ${kind} ${since}`], kind, releaseId: code, code, title: kind, detail: '', gateId: null, gateNumber: null, itemId: null, who: [], ownerId: null, since, dueAt: null })
    const mixed = LINE_KINDS.toReversed().map((kind) => line(kind, '2026-01-02')).concat(line('blocked', '2026-01-01'))
    const ordered = inOrder(mixed)
    expect(ordered.filter((one) => one.since === '2026-01-02').map((one) => one.kind)).toEqual([...LINE_KINDS])
    expect(ordered.filter((one) => one.kind === 'blocked').map((one) => one.since)).toEqual(['2026-01-01', '2026-01-02'])
  })

  it('tells what changed of a release with nothing else to speak of in a line of its own', () => {
    const { play, release } = fresh()
    play.must(release, { type: 'cancel', reason: 'No need', as: 'cancelled' }, SIX.pia)
    expect(lines(play, release, LONG_AGO).map((line) => [line.kind, line.detail])).toEqual([['changed', 'since the last check-in']])
  })

  it('says nothing of a release that rests', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    play.must(release, { type: 'cancel', reason: 'No need', as: 'cancelled' }, SIX.pia)
    expect(lines(play, release)).toEqual([])
  })
})

/** Every gate before the decision, worked and signed. */
function prepareUpToDecision(play: Play, release: string): void {
  const before: readonly string[] = play.release(release).template.gates.filter((gate) => gate.phase === 'before-decision').map((gate) => gate.id)
  for (const gateId of before) {
    const owner = Object.values(SIX).find((person) => person.memberships.some((m) => m.team === play.gate(release, gateId).gate.ownerTeam)) ?? SIX.pia
    settle(play, release, gateId, owner)
    sign(play, release, gateId, play.people.toReversed())
  }
}

/** One release in each of the states that put a line on an agenda, and where that line leads. */
const CASES: Readonly<Record<LineKind, { readonly href: string; readonly make: () => readonly [Play, string] }>> = {
  'rolling-back': { href: '/releases/FRAUD-2', make: () => {
    const { play, second } = rolling()
    play.must(second, { type: 'roll-back', reason: 'Errors doubled' }, SIX.omar)
    return [play, second]
  } },
  'at-risk': { href: '/releases/FRAUD-2?gate=canary#item-9.2', make: () => {
    const { play, second } = rolling()
    play.must(second, verdict('9.2', 'fail', play.now), EVALUATOR)
    return [play, second]
  } },
  held: { href: '/releases/FRAUD-1?gate=scope', make: () => made((play, release) => play.must(release, { type: 'hold', reason: 'Legal', checkInId: null }, SIX.pia)) },
  decision: { href: '/releases/FRAUD-1?gate=decision', make: () => made(prepareUpToDecision) },
  overdue: { href: '/releases/FRAUD-1?gate=scope', make: () => made((play, release) => {
    play.must(release, { type: 'set-due', gateId: 'scope', dueAt: play.now.toISOString() }, SIX.pia)
    play.pass(60)
  }) },
  rejected: { href: '/releases/FRAUD-1?gate=scope', make: () => made((play, release) => {
    settle(play, release, 'scope', SIX.pia)
    play.must(release, { type: 'reject', gateId: 'scope', reason: 'No guard-rail metric' }, SIX.pia)
  }) },
  blocked: { href: '/releases/FRAUD-1?gate=scope', make: () => made(() => undefined) },
  stale: { href: '/releases/FRAUD-1?gate=data', make: () => {
    const play = new Play({ versions: [version(1), version(2, { data: 'dvc-2' })] })
    const release = open(play, 1, SIX.pia)
    for (const gate of ['scope', 'data']) {
      settle(play, release, gate, gate === 'scope' ? SIX.pia : SIX.dana)
      sign(play, release, gate, play.people.toReversed())
    }
    play.must(release, { type: 'replace-candidate', versionId: version(2).id, reason: 'retrained' }, SIX.dana)
    return [play, release]
  } },
  waiver: { href: '/releases/FRAUD-1?gate=scope#item-1.1', make: () => made((play, release) => {
    settle(play, release, 'scope', SIX.pia)
    sign(play, release, 'scope', play.people.toReversed())
    play.must(release, { type: 'request-waiver', itemId: '1.1', reason: 'Later', until: inDays(play, 3) }, SIX.pia)
  }) },
  condition: { href: '/releases/FRAUD-1#actions', make: () => made((play, release) => {
    prepareUpToDecision(play, release)
    settle(play, release, 'decision', SIX.pia)
    sign(play, release, 'decision', play.people.toReversed())
    const { seen } = play.gate(release, 'decision')
    play.must(release, {
      type: 'decide', kind: 'go-with-conditions', title: 'Go', reason: 'ready', options: [], deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, itemId: null, until: null,
      seen: { parts: { ...seen.parts }, items: { ...seen.items } }, conditions: [{ title: 'Dashboards by Friday', ownerId: null, team: 'ops', dueAt: inDays(play, 1) }],
    }, SIX.pia)
  }) },
  action: { href: '/releases/FRAUD-1#actions', make: () => made((play, release) => play.must(release, { type: 'add-action', actionId: id(900), title: 'Run load test', ownerId: null, team: 'ops', dueAt: inDays(play, 3), checkInId: null }, SIX.pia)) },
  confirmation: { href: '/releases/FRAUD-1/decisions/1', make: () => made((play, release) => {
    play.must(release, { ...choice(), confirmation: { how: 'p95 after two weeks of traffic', dueAt: inDays(play, 14) } }, SIX.pia)
    play.pass(14 * 24 * 60)
  }) },
  changed: { href: '/releases/FRAUD-1', make: () => made((play, release) => play.must(release, { type: 'cancel', reason: 'No need', as: 'cancelled' }, SIX.pia)) },
}

function choice(): CommandOf<'decide'> {
  return {
    type: 'decide', kind: 'choice', title: 'Serve from one host', reason: 'cost', options: [{ title: 'One host', pros: 'cost', cons: '', isChosen: true }, { title: 'Two hosts', pros: '', cons: 'cost', isChosen: false }],
    deciderIds: [SIX.olga.personId], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, conditions: [], itemId: null, until: null, seen: null,
  }
}

function made(change: (play: Play, release: string) => unknown): readonly [Play, string] {
  const { play, release } = fresh()
  change(play, release)
  return [play, release]
}

function inDays(play: Play, days: number): string {
  return new Date(play.now.getTime() + days * 86_400_000).toISOString()
}

function rolling(): { readonly play: Play; readonly second: string } {
  const play = new Play()
  const second = secondOnItsWay(play)
  return { play, second }
}

it('has a line of every kind, in the order of what blocks the most, each of which leads to the exact place and says whom it waits for', () => {
  const agenda = inOrder(LINE_KINDS.flatMap((kind) => {
    const [play, release] = CASES[kind].make()
    return linesOf(play.release(release), kind === 'changed' ? LONG_AGO : '2999-01-01T00:00:00.000Z', play.now, words).map((line) => ({ ...line, key: `${kind} ${line.key}` }))
  }))
  const own = LINE_KINDS.map((kind) => agenda.find((line) => line.kind === kind && line.key.startsWith(`${kind} `)))
  expect(own.map((line) => line?.kind)).toEqual([...LINE_KINDS])
  expect(own.map((line) => line && lineHref(line))).toEqual(LINE_KINDS.map((kind) => CASES[kind].href))
  const places = own.map((line) => (line ? agenda.indexOf(line) : -1))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(own.filter((line) => line && line.who.length === 0 && line.ownerId === null).map((line) => line?.kind)).toEqual(['changed'])
})

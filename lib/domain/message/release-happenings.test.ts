/** What a release tells over its whole life, played by commands: each thing once, with the sentence of the board and a link to the gate. */
import { expect, test } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import { decideRelease } from '@/lib/domain/release/decide'
import { EVALUATOR, Play, SIX, type Played } from '@/lib/domain/release/testing/play'
import { makeStable, open, prepare, rollOut, verdict } from '@/lib/domain/release/testing/story'
import { compose, heardBy, type Happening, type Listener } from './compose'
import { EVENT_KINDS } from './event-kind'
import { liveHappenings, liveSubject } from './live-happenings'
import { messageSchema, type Message } from './message'
import { releaseHappenings, releaseSubject } from './release-happenings'
import { releaseSteps } from './release-step'

/** A play that keeps, for each command, the message that a listener of everything would get. */
class Telling extends Play {
  readonly told: { readonly command: string; readonly message: Message; readonly happenings: readonly Happening[] }[] = []
  listener: Listener = { id: 'all', team: null, eventKinds: EVENT_KINDS }

  override run(releaseId: string, command: ReleaseCommand, actor: Actor): Played {
    const world = this.world(releaseId, command)
    const outcome = decideRelease(world, command, actor, this.now)
    for (const step of outcome.ok ? releaseSteps(world, outcome.changes, actor.name, new Map(), this.now) : []) {
      const happenings = heardBy(this.listener, releaseHappenings(step))
      const message = compose(happenings, releaseSubject(step), this.now.toISOString())
      if (message) this.told.push({ command: command.type, message, happenings })
    }
    return super.run(releaseId, command, actor)
  }

  last(): Message {
    const last = this.told.at(-1)
    if (!last) throw new Error('nothing was told')
    return last.message
  }
  kinds = (): readonly string[] => this.told.map((one) => one.message.eventKind)
}

test('from opening to stable, everything is told once and in order', () => {
  const play = new Telling()
  const id = open(play, 1, SIX.pia)
  expect(play.last()).toMatchObject({ eventKind: 'gate-waiting', path: '/releases/FRAUD-1?gate=scope', linkLabel: 'Open gate 1' })
  expect(play.last().whatChanged).toContain('Pia opened the release.')
  expect(play.last().sentence).toMatch(/^Waiting on Product/)
  prepare(play, id)
  rollOut(play, id)
  makeStable(play, id)
  for (const { message } of play.told) expect(messageSchema.safeParse(message).success).toBe(true)
  const passed = play.told.flatMap(({ happenings }) => happenings.filter((one) => one.kind === 'gate-passed').map((one) => one.path.split('?')[1]))
  expect(new Set(passed).size).toBe(passed.length) // no gate passes twice
  expect(passed).toEqual(expect.arrayContaining(['gate=scope', 'gate=data', 'gate=decision', 'gate=canary', 'gate=full-rollout']))
  expect(play.kinds()).toContain('decision')
  const stable = play.told.filter(({ message }) => message.eventKind === 'stable')
  expect(stable).toHaveLength(1)
  expect(stable[0]?.message.title).toBe('FRAUD-1 fraud-scorer 4.1.0 → production-eu: 4.1.0 is stable')
  const shares = play.told.filter(({ message }) => message.eventKind === 'rollout-step').map(({ message }) => message.title.split(': ')[1])
  expect(shares).toEqual(['rollout starts with 5 %', '5 % is live', 'next step, 25 %', '25 % is live', 'next step, 100 %', '100 % is live'])
})

test('at risk, halted and rolled back are told with their reasons, and who acts next', () => {
  const play = new Telling()
  const id = open(play, 1, SIX.pia)
  prepare(play, id)
  rollOut(play, id, play.people, 0)
  play.must(id, verdict('9.2', 'fail', play.now), EVALUATOR)
  expect(play.last()).toMatchObject({ eventKind: 'halted' })
  expect(play.last().sentence).toMatch(/^At risk: /)
  play.must(id, { type: 'roll-back', reason: 'errors doubled' }, SIX.omar)
  expect(play.last()).toMatchObject({ eventKind: 'roll-back' })
  expect(play.last().whatChanged).toContain('Omar started the roll-back')
  expect(play.last().whatChanged).toContain('errors doubled')
  expect(play.last().whoActsNext).toContain('Ops')
  play.pass(3).must(id, { type: 'observe', share: 0, requests: null }, EVALUATOR)
  expect(play.last()).toMatchObject({ eventKind: 'rolled-back', whoActsNext: 'Nobody; this release has ended.' })
})

test('a rejection, a hold, its end, a stale sign-off and a mention', () => {
  const play = new Telling()
  const id = open(play, 1, SIX.pia)
  prepare(play, id)
  play.must(id, { type: 'change', change: { part: 'evaluation', value: 'sha256:other' }, reason: 'better set' }, SIX.dana)
  expect(play.last().eventKind).toBe('stale')
  expect(play.last().whatChanged).toMatch(/sign-offs? (is|are) stale/)
  play.must(id, { type: 'hold', reason: 'wait for <legal>', checkInId: null }, SIX.pia)
  expect(play.last()).toMatchObject({ eventKind: 'hold' })
  expect(play.last().whatChanged).toContain('wait for <legal>') // escaped by the renderer, not here
  play.must(id, { type: 'resume', reason: 'fine' }, SIX.pia)
  expect(play.last().eventKind).toBe('resumed')
  play.must(id, { type: 'reject', gateId: 'quality', reason: 'slices are worse' }, SIX.dirk)
  expect(play.last()).toMatchObject({ eventKind: 'rejected', path: '/releases/FRAUD-1?gate=quality' })
  const before = play.told.length
  play.must(id, { type: 'comment', commentId: '01980000-0000-7000-8000-000000000999', gateId: 'quality', itemId: null, text: 'look', mentions: [] }, SIX.dirk)
  expect(play.told).toHaveLength(before)
  play.must(id, { type: 'comment', commentId: '01980000-0000-7000-8000-000000000998', gateId: 'quality', itemId: null, text: 'look please', mentions: [SIX.dana.personId] }, SIX.dirk)
  expect(play.last()).toMatchObject({ eventKind: 'mention' })
})

test('a channel of a team hears of its own gates and of what concerns everybody, and only of what it asked for', () => {
  const ops = new Telling()
  ops.listener = { id: 'ops', team: 'ops', eventKinds: ['gate-waiting', 'gate-passed', 'stable'] }
  const id = open(ops, 1, SIX.pia)
  expect(ops.told).toHaveLength(0) // the first gate is the product team's
  prepare(ops, id)
  rollOut(ops, id)
  makeStable(ops, id)
  expect(new Set(ops.kinds())).toEqual(new Set(['gate-waiting', 'gate-passed', 'stable']))
  for (const { happenings } of ops.told) for (const one of happenings) expect(one.teams.length === 0 || one.teams.includes('ops')).toBe(true)
})

test('the standing watch is told when it turns to a failure and back, and not while it is merely unmeasured', () => {
  const play = new Play()
  const id = open(play, 1, SIX.pia)
  prepare(play, id); rollOut(play, id); makeStable(play, id)
  const { live } = play
  if (!live) throw new Error('nothing is live')
  const seen = { value: 9, samples: 100, reason: 'p95 is 163 ms, allowed 120 ms.', query: 'up', at: play.now.toISOString(), series: [] }
  const turned = (was: typeof live, verdict: 'fail' | 'pass' | 'no-data') => ({
    live: was, modelName: 'Fraud', modelSlug: 'fraud', environmentName: 'production', environmentSlug: 'production-eu',
    events: [{ type: 'watch-turned' as const, v: 1 as const, at: seen.at, by: 'evaluator', itemId: '9.2', title: 'p95 latency', verdict: { ...seen, verdict }, isAtRisk: verdict === 'fail' }],
  })
  const bad = turned(live, 'fail')
  expect(liveHappenings(bad)).toMatchObject([{ kind: 'live-turned', headline: 'p95 latency is past its limit', line: 'p95 latency: p95 is 163 ms, allowed 120 ms.', path: '/live/fraud/production-eu' }])
  expect(liveSubject(bad)).toMatchObject({ name: 'Fraud 4.1.0 in production', sentence: 'At risk: p95 latency, p95 is 163 ms, allowed 120 ms.' })
  expect(liveHappenings(turned(live, 'no-data'))).toEqual([])
  expect(liveHappenings(turned(live, 'pass'))).toEqual([])
  const failing = { ...live, watch: live.watch && { ...live.watch, items: { '9.2': { ...seen, verdict: 'fail' as const } } } }
  expect(liveHappenings(turned(failing, 'pass'))).toMatchObject([{ headline: 'p95 latency is within its limit again' }])
})

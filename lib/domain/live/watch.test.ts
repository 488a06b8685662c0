/** Roll-back triggers and alerts as a table: who proposes, once per turn, what recovers, and what only looks like it (PRODUCT rules 7, 14, 23). */
import { describe, expect, it } from 'vitest'
import type { LiveCommand } from './commands'
import { applyLive } from './apply'
import { decideLive, type LiveWorld } from './decide'
import { EVALUATOR, MODEL, Play, SIX, TARGET, version } from '@/lib/domain/release/testing/play'
import { makeStable, open, prepare, rollOut, verdict } from '@/lib/domain/release/testing/story'
import { openProposals } from '@/lib/domain/release/roll-back-proposal'
import type { RollBackTrigger } from '@/lib/domain/release/rollout-state'
import { sentenceOf, sentenceText, agesAt } from '@/lib/domain/release/sentence'
import { nextStepBlockers } from '@/lib/domain/release/probes'
import { rulingOn } from '@/lib/domain/release/ruling'
import type { PersonActor, TokenActor } from '@/lib/domain/actor'
import { liveEventsOf } from '@/lib/domain/message/live-happenings'
import type { CommandOf } from '@/lib/domain/release/commands'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { LiveState } from './state'

const HOOK: TokenActor = { kind: 'token', tokenId: 'hook', name: 'alertmanager', scopes: ['alert'], modelIds: [] }
const ERRORS: RollBackTrigger = { id: 'errors', title: 'Error ratio past its limit', itemId: '9.2', spec: null }
const QUEUE_SPEC: MetricSpec = {
  source: 'environment', query: { kind: 'promql', promql: 'max(queue_depth)' }, windowSeconds: 300, rule: { test: { kind: 'threshold', comparator: '<=', limit: 50 }, direction: 'lower-is-better', unit: 'count' }, kind: 'standing', validForDays: null,
}
const QUEUE: RollBackTrigger = { id: 'queue', title: 'Queue over 50', itemId: null, spec: QUEUE_SPEC }

function plan(play: Play, release: string, conditions: readonly RollBackTrigger[], by: PersonActor = SIX.olga): void {
  const { triggers: _triggers, ...rest } = play.release(release).rollbackPlan
  const change: CommandOf<'change'>['change'] = { part: 'rollback-plan', value: { ...rest, triggers: 'see below', conditions: [...conditions] } }
  play.must(release, { type: 'change', change, reason: 'watched triggers' }, by)
}

/** A release at its first step, live and soaking, with triggers in its plan. */
function moving(conditions: readonly RollBackTrigger[] = [ERRORS, QUEUE]): { readonly play: Play; readonly release: string } {
  const play = new Play()
  const release = open(play, 1, SIX.pia, { selectors: { candidate: { model: 'fraud', version: '4.1.0' }, stable: {}, shareQuery: null } })
  plan(play, release, conditions)
  prepare(play, release)
  rollOut(play, release, play.people, 0)
  return { play, release }
}

const alert = (more: Partial<CommandOf<'record-alert'>> = {}): CommandOf<'record-alert'> => ({
  type: 'record-alert', fingerprint: 'a1', startsAt: '2026-03-02T10:00:00.000Z', endsAt: null, name: 'ModelErrors', severity: 'critical', summary: 'Errors at 4 %', labels: { model: 'fraud', version: '4.1.0' }, sourceUrl: null, ...more,
})

const open_ = (play: Play, release: string) => openProposals(play.release(release)).map((one) => one.title)

describe('a trigger during the rollout', () => {
  it.each([
    ['an item past its limit', [verdict('9.2', 'fail', new Date('2026-03-02T12:00:00Z'))], ['Error ratio past its limit']],
    ['an item that no trigger names', [verdict('9.3', 'fail', new Date('2026-03-02T12:00:00Z'))], []],
    ['a metric of its own past its limit', [verdict('trigger:queue', 'fail', new Date('2026-03-02T12:00:00Z'))], ['Queue over 50']],
    ['a metric that is not measured', [verdict('trigger:queue', 'no-data', new Date('2026-03-02T12:00:00Z'))], []],
    ['both', [verdict('9.2', 'fail', new Date('2026-03-02T12:00:00Z')), verdict('trigger:queue', 'fail', new Date('2026-03-02T12:01:00Z'))], ['Error ratio past its limit', 'Queue over 50']],
    ['a fail that becomes unmeasured keeps its proposal', [verdict('9.2', 'fail', new Date('2026-03-02T12:00:00Z')), verdict('9.2', 'error', new Date('2026-03-02T12:01:00Z'))], ['Error ratio past its limit']],
    ['a fail that recovers takes it back', [verdict('9.2', 'fail', new Date('2026-03-02T12:00:00Z')), verdict('9.2', 'pass', new Date('2026-03-02T12:05:00Z'))], []],
  ] as const)('%s', (_name, commands, expected) => {
    const { play, release } = moving()
    for (const command of commands) play.must(release, command, EVALUATOR)
    expect(open_(play, release)).toEqual(expected)
    expect(play.release(release).rollBack).toBeNull()
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it('proposes once per turn: repeated verdicts and a dismissal add nothing, the next turn does', () => {
    const { play, release } = moving()
    const at = (minute: number) => new Date(Date.parse('2026-03-02T12:00:00Z') + minute * 60_000)
    play.must(release, verdict('9.2', 'fail', at(0)), EVALUATOR)
    play.must(release, verdict('9.2', 'fail', at(1)), EVALUATOR)
    play.must(release, verdict('9.3', 'fail', at(2)), EVALUATOR)
    const [proposal] = openProposals(play.release(release))
    if (!proposal) throw new Error('no proposal')
    expect(play.log.filter(({ event }) => event.type === 'roll-back-proposed')).toHaveLength(1)
    expect(proposal).toMatchObject({ since: at(0).toISOString(), reason: 'it says fail', itemId: '9.2', verdict: { value: 9, query: 'up' } })
    play.must(release, { type: 'dismiss-proposal', proposalId: proposal.id, reason: 'a client sends rubbish' }, SIX.omar)
    play.must(release, { type: 'settle' }, EVALUATOR)
    expect(open_(play, release)).toEqual([])
    play.must(release, verdict('9.2', 'pass', at(5)), EVALUATOR)
    play.must(release, verdict('9.2', 'fail', at(9)), EVALUATOR)
    expect(open_(play, release)).toEqual(['Error ratio past its limit'])
    expect(play.run(release, { type: 'dismiss-proposal', proposalId: openProposals(play.release(release))[0]?.id ?? '', reason: 'no' }, SIX.paul)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
  })

  it('halts: the next step is refused and the sentence says why, until it is dismissed', () => {
    const { play, release } = moving()
    play.must(release, verdict('trigger:queue', 'fail', play.now), EVALUATOR)
    const state = play.release(release)
    const ruling = rulingOn(play.world(release, { type: 'settle' }), state, SIX.olga, play.now)
    expect(ruling.reading.isHalted).toBe(true)
    expect(nextStepBlockers(ruling).map((one) => one.code)).toContain('roll-back-proposed')
    const words = { teamName: (team: string) => team, reveal: () => null, age: agesAt(play.now) }
    expect(sentenceText(sentenceOf(state, ruling.reading, words, play.now))).toBe('Roll-back proposed: queue over 50, it says fail. The rollout is halted where it stands.')
  })

  it('ends with the roll-back that somebody starts', () => {
    const { play, release } = moving()
    play.must(release, verdict('9.2', 'fail', play.now), EVALUATOR)
    play.must(release, { type: 'roll-back', reason: 'errors' }, SIX.omar)
    expect(play.release(release).rollBackProposals?.map((one) => one.ended?.how)).toEqual(['rolled-back'])
  })

  it('says nothing before traffic moves', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    plan(play, release, [ERRORS])
    play.must(release, verdict('9.2', 'fail', play.now), EVALUATOR)
    expect(open_(play, release)).toEqual([])
  })

  it('refuses triggers that could never be watched', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    expect(() => plan(play, release, [{ ...ERRORS, itemId: '1.1' }])).toThrow('not watched during the rollout')
    expect(() => plan(play, release, [{ ...ERRORS, spec: QUEUE.spec }])).toThrow('needs an item or a metric')
    expect(() => plan(play, release, [ERRORS, ERRORS])).toThrow('same id')
    expect(() => plan(play, release, [{ ...QUEUE, spec: { ...QUEUE_SPEC, kind: 'snapshot' } }])).toThrow('measured once only')
    expect(() => plan(play, release, [{ ...QUEUE, spec: { ...QUEUE_SPEC, rule: { ...QUEUE_SPEC.rule, minSamples: 50 } } }])).toThrow('what counts the requests')
  })

  it('takes PromQL from leads and admins only, wherever it stands in the trigger', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const hidden: RollBackTrigger = { ...QUEUE, spec: { ...QUEUE_SPEC, query: { kind: 'signal', signal: 'memory-bytes' }, rule: { ...QUEUE_SPEC.rule, test: { kind: 'headroom', leastFree: 0.1, capacity: { kind: 'query', promql: 'sum(of_others)' } }, unit: 'bytes' } } }
    for (const trigger of [QUEUE, hidden]) expect(() => plan(play, release, [trigger], SIX.omar)).toThrow('write an own query')
    plan(play, release, [QUEUE, { ...hidden, id: 'hidden' }], SIX.olga)
    plan(play, release, [QUEUE], SIX.omar)
    expect(play.release(release).rollbackPlan.conditions).toEqual([QUEUE])
  })

  it('stays while it proposes: a change of the plan does not dismiss what only few may dismiss', () => {
    const { play, release } = moving()
    play.must(release, verdict('9.2', 'fail', play.now), EVALUATOR)
    expect(() => plan(play, release, [QUEUE], SIX.paul)).toThrow('proposes a roll-back now')
    expect(() => plan(play, release, [QUEUE, { ...ERRORS, itemId: '9.3' }], SIX.paul)).toThrow('proposes a roll-back now')
    plan(play, release, [{ ...ERRORS, title: 'Errors' }], SIX.paul)
    expect(open_(play, release)).toEqual(['Error ratio past its limit'])
    play.must(release, { type: 'dismiss-proposal', proposalId: openProposals(play.release(release))[0]?.id ?? '', reason: 'a client sends rubbish' }, SIX.omar)
    plan(play, release, [], SIX.paul)
    expect(play.release(release).rollbackPlan.conditions).toEqual([])
  })
})

describe('an alert', () => {
  it.each([
    ['critical proposes', alert(), ['alert ModelErrors'], 1],
    ['a warning is kept and proposes nothing', alert({ severity: 'warning' }), [], 1],
    ['resolved at once', alert({ endsAt: '2026-03-02T10:04:00.000Z' }), [], 1],
  ] as const)('%s', (_name, command, expected, kept) => {
    const { play, release } = moving([])
    play.must(release, command, HOOK)
    expect(open_(play, release)).toEqual(expected)
    expect(play.release(release).alerts).toHaveLength(kept)
  })

  it('is kept once per firing, resolves once, and may fire again', () => {
    const { play, release } = moving([])
    for (let i = 0; i < 3; i += 1) play.must(release, alert(), HOOK)
    for (let i = 0; i < 2; i += 1) play.must(release, alert({ endsAt: '2026-03-02T10:09:00.000Z' }), HOOK)
    play.must(release, alert(), HOOK)
    expect(play.log.filter(({ event }) => event.type.startsWith('alert-')).map(({ event }) => event.type)).toEqual(['alert-fired', 'alert-resolved'])
    expect(open_(play, release)).toEqual([])
    play.must(release, alert({ startsAt: '2026-03-02T11:00:00.000Z' }), HOOK)
    expect(open_(play, release)).toEqual(['alert ModelErrors'])
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it('proposes as the release says: every one, or never', () => {
    const { play, release } = moving([])
    play.must(release, { type: 'set-alerting', alerting: { matchers: { model: 'fraud' }, proposes: 'every' } }, SIX.olga)
    play.must(release, alert({ severity: '' }), HOOK)
    expect(open_(play, release)).toHaveLength(1)
    play.must(release, { type: 'set-alerting', alerting: { matchers: { model: 'fraud' }, proposes: 'never' } }, SIX.olga)
    play.must(release, alert({ fingerprint: 'b' }), HOOK)
    expect(open_(play, release)).toHaveLength(1)
  })

  it('comes from tokens for alerts and from nobody else', () => {
    const { play, release } = moving([])
    expect(play.run(release, alert(), SIX.olga)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
    expect(play.run(release, alert(), { ...HOOK, scopes: ['evidence'] })).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
  })
})

function fold(live: LiveState | null, world: LiveWorld, command: LiveCommand, actor: Parameters<typeof decideLive>[2], now: Date) {
  const outcome = decideLive({ ...world, live }, command, actor, now)
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const next = liveEventsOf(outcome.changes, world.id).reduce<LiveState | null>((state, event) => applyLive(state, event), live)
  if (!next) throw new Error('nothing began')
  return { live: next, changes: outcome.changes }
}

describe('after stable', () => {
  it('puts the proposal on the release that stands behind the version, and takes it back', () => {
    const { play, release } = moving()
    play.must(release, { type: 'observe', share: 5, requests: 200 }, EVALUATOR)
    const before = new Play()
    const first = open(before, 1, SIX.pia)
    plan(before, first, [ERRORS, QUEUE])
    prepare(before, first)
    rollOut(before, first)
    makeStable(before, first)
    const world: LiveWorld = { id: `${MODEL}:${TARGET}`, modelId: MODEL, environmentId: TARGET, live: before.live, version: null, environmentExists: true, watched: before.release(first), siblings: [] }
    const record = (verdictOf: 'fail' | 'pass', itemId: string): LiveCommand => ({ type: 'record-verdict', itemId, title: 'Queue over 50', verdict: verdictOf, value: 60, samples: 1, reason: '60, limit 50.', query: 'q', at: before.now.toISOString(), series: [] })
    const failed = fold(before.live, world, record('fail', 'trigger:queue'), EVALUATOR, before.now)
    expect(failed.live.watch?.isAtRisk).toBe(true)
    expect(failed.changes.map((change) => [change.kind, change.events.map((event) => event.type)])).toEqual([['live', ['watch-turned']], ['release', ['action-added', 'roll-back-proposed']]])
    const alerted = fold(before.live, world, alert(), HOOK, before.now)
    expect(alerted.live.watch?.isAtRisk).toBe(true)
    expect(alerted.changes.map((change) => change.events.map((event) => event.type))).toEqual([['alert-fired'], ['roll-back-proposed']])
    expect(play.release(release).stableAt).toBeNull()
  })
})

describe('an adopted version', () => {
  const base: LiveWorld = { id: `${MODEL}:${TARGET}`, modelId: MODEL, environmentId: TARGET, live: null, version: { versionId: version(1).id, label: '4.1.0', artefact: 'sha256:1' }, environmentExists: true, watched: null, siblings: [] }
  const now = new Date('2026-03-02T09:00:00Z')
  const adopted = () => fold(null, base, { type: 'adopt', versionId: version(1).id, since: '2026-02-01T00:00:00.000Z', note: 'seen in the cluster' }, SIX.olga, now).live
  const watch: LiveCommand = { type: 'set-watch', labels: { model: 'fraud' }, stack: null, items: [{ id: 'queue', title: 'Queue', spec: QUEUE_SPEC, proposes: true }], reviewAt: '2026-06-01T00:00:00.000Z' }

  it('is watched from the moment somebody says what to watch, and proposes on itself', () => {
    const watched = fold(adopted(), base, watch, SIX.olga, now).live
    expect(watched.watch).toMatchObject({ releaseId: null, reviewAt: '2026-06-01T00:00:00.000Z', isAtRisk: false, own: { labels: { model: 'fraud' } } })
    const record = (verdictOf: 'fail' | 'pass'): LiveCommand => ({ type: 'record-verdict', itemId: 'queue', title: 'Queue', verdict: verdictOf, value: 60, samples: 1, reason: '60.', query: 'q', at: now.toISOString(), series: [] })
    const failed = fold(watched, base, record('fail'), EVALUATOR, now).live
    expect(openProposals(failed).map((one) => one.title)).toEqual(['Queue'])
    expect(failed.actions).toMatchObject([{ source: 'watch', sourceId: 'queue', ownerId: SIX.olga.personId, done: null }])
    const calm = fold(failed, base, record('pass'), EVALUATOR, now).live
    expect(fold(calm, base, record('fail'), EVALUATOR, now).live.actions).toHaveLength(1)
    const answered = fold(calm, base, { type: 'complete-action', actionId: calm.actions?.[0]?.id ?? '', note: 'A noisy neighbour.' }, SIX.paul, now).live
    expect(answered.actions?.[0]?.done?.by).toBe(SIX.paul.personId)
    const asleep = fold(calm, base, { type: 'snooze-action', actionId: calm.actions?.[0]?.id ?? '', until: '2026-03-09T09:00:00.000Z', reason: 'It is measured again on Monday.' }, SIX.olga, now).live
    expect(asleep.actions?.[0]).toMatchObject({ done: null, snoozed: { by: SIX.olga.personId } })
    expect(openProposals(calm)).toEqual([])
    expect(calm.watch?.isAtRisk).toBe(false)
  })

  it('keeps what was measured of lines that stay, and loses its watch with the next version', () => {
    const watched = fold(adopted(), base, watch, SIX.olga, now).live
    const next = { ...base, version: { versionId: version(2).id, label: '4.2.0', artefact: 'sha256:2' } }
    expect(fold(watched, next, { type: 'adopt', versionId: version(2).id, since: '2026-02-01T00:00:00.000Z', note: 'x' }, SIX.olga, now).live.watch).toBeNull()
  })

  it('is watched by PromQL that a lead or admin wrote; whoever may change the watch may keep it', () => {
    expect(() => fold(adopted(), base, watch, SIX.omar, now)).toThrow('write an own query')
    const watched = fold(adopted(), base, watch, SIX.olga, now).live
    expect(fold(watched, base, { ...watch, reviewAt: null }, SIX.omar, now).live.watch?.reviewAt).toBeNull()
  })

  it('takes no verdict about a line that the watch has lost meanwhile, which would stay for ever', () => {
    const watched = fold(adopted(), base, watch, SIX.olga, now).live
    const late: LiveCommand = { type: 'record-verdict', itemId: 'gone', title: 'Gone', verdict: 'fail', value: 60, samples: 1, reason: '60.', query: 'q', at: now.toISOString(), series: [] }
    expect(() => fold(watched, base, late, EVALUATOR, now)).toThrow('not watched there any more')
  })

  it('is reviewed with a note and the next date', () => {
    const watched = fold(adopted(), base, watch, SIX.olga, now).live
    const reviewed = fold(watched, base, { type: 'review', note: 'Drift is flat; keep.', nextAt: '2026-09-01T00:00:00.000Z' }, SIX.dana, now).live
    expect(reviewed.watch?.reviewAt).toBe('2026-09-01T00:00:00.000Z')
    expect(reviewed.reviews).toMatchObject([{ by: SIX.dana.personId, label: '4.1.0' }])
    expect(() => fold(watched, base, { type: 'review', note: 'x', nextAt: '2026-01-01T00:00:00.000Z' }, SIX.dana, now)).toThrow('lies in the past')
  })

  it('takes what the labels say, once for each window', () => {
    const pipeline: TokenActor = { ...HOOK, scopes: ['evidence'] }
    const said: LiveCommand = { type: 'post-feedback', from: '2026-02-01T00:00:00.000Z', to: '2026-02-08T00:00:00.000Z', predictions: 1000, labelled: 300, disagreement: 0.04, delayDays: 9 }
    const once = fold(adopted(), base, said, pipeline, now).live
    expect(fold(once, base, said, pipeline, now).live.feedback).toHaveLength(1)
    const more: LiveCommand = { ...said, labelled: 400 }
    const corrected = fold(once, base, more, pipeline, now).live
    expect(fold(corrected, base, more, pipeline, now).live.feedback?.map((one) => one.labelled)).toEqual([300, 400])
    expect(fold(corrected, base, said, pipeline, now).live.feedback?.map((one) => one.labelled)).toEqual([300, 400, 300])
    expect(() => fold(once, base, { ...said, labelled: 2000 }, pipeline, now)).toThrow('More predictions are labelled')
    expect(() => fold(once, base, { ...said, to: '2026-01-01T00:00:00.000Z' }, pipeline, now)).toThrow('before it begins')
  })
})

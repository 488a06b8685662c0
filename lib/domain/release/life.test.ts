/** A release's whole life, played by commands alone: to stable, and back. */
import { describe, expect, it } from 'vitest'
import { person, Play, SIX, EVALUATOR, version } from './testing/play'
import { makeStable, open, prepare, rollOut, settle, sign, signOff, verdict } from './testing/story'
import { sentenceOf, sentenceText, agesAt } from './sentence'
import { cardOf } from './card'
import { readRelease } from './phase'

function say(play: Play, releaseId: string): string {
  const state = play.release(releaseId)
  const words = { teamName: (t: string) => ({ product: 'Product', 'data-science': 'Data science', ops: 'Ops' })[t] ?? t, reveal: () => null, age: agesAt(play.now) }
  return sentenceText(sentenceOf(state, play.reading(releaseId), words, play.now))
}

describe('a release from opening to stable', () => {
  it('goes through every phase with six people, and sets last stable and the watch', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    expect(play.reading(id).phase).toBe('preparing')
    expect(say(play, id)).toMatch(/^Waiting on Product for less than a minute: .* \(gate 1\)\. Nothing else blocks\.$/)
    prepare(play, id)
    expect(play.reading(id).phase).toBe('approved')
    expect(say(play, id)).toContain('to start the rollout. Nothing else blocks.')
    rollOut(play, id)
    expect(play.reading(id).phase).toBe('soaking')
    expect(play.live?.rollingOut?.releaseId).toBe(id)
    expect(play.live?.lastStable).toBeNull()
    makeStable(play, id)
    expect(play.reading(id).phase).toBe('stable')
    expect(play.live?.lastStable?.label).toBe('4.1.0')
    expect(play.live?.rollingOut).toBeNull()
    expect(Object.keys(play.live?.watch?.items ?? {}).length).toBeGreaterThan(2)
    expect(play.replay(id)).toEqual(play.release(id))
  })

  it('goes the same way with four people, one of them in two teams, under small-team', () => {
    const people = [
      person(1, 'Pia', [{ team: 'product', role: 'lead' }]), person(3, 'Mara', [{ team: 'data-science', role: 'lead' }, { team: 'ops', role: 'member' }]),
      person(4, 'Dirk', [{ team: 'data-science', role: 'member' }]), person(5, 'Olga', [{ team: 'ops', role: 'lead' }]),
    ]
    const play = new Play({ people, versions: [version(1, { registeredBy: people[1]?.personId ?? '' }), version(2)] })
    const id = open(play, 1, people[0] ?? SIX.pia, { risk: 'low' })
    prepare(play, id)
    rollOut(play, id)
    makeStable(play, id)
    expect(play.reading(id).phase).toBe('stable')
  })

  it('is not halted by a share whose window still sees the canary, only by one that stays low', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    prepare(play, id)
    rollOut(play, id, play.people, 1)
    play.must(id, { type: 'advance' }, SIX.omar)
    play.must(id, { type: 'observe', share: 100, requests: null }, EVALUATOR)
    play.must(id, verdict('10.1', 'fail', play.now), EVALUATOR)
    expect(play.reading(id)).toMatchObject({ isHalted: false, soak: { condition: 'passing' } })
    expect(play.gate(id, 'full-rollout').unsettled.map((item) => item.itemId)).toContain('10.1')
    play.pass(11)
    expect(play.reading(id).isHalted).toBe(true)
  })

  it('goes back from its canary by one person with one line, holds the version, and counts as rolled back only when that is seen', () => {
    const play = new Play()
    const first = open(play, 1, SIX.pia)
    prepare(play, first); rollOut(play, first); makeStable(play, first)
    const second = open(play, 2, SIX.pia)
    expect(play.release(second).baseline?.label).toBe('4.1.0')
    prepare(play, second)
    rollOut(play, second, play.people, 0)
    play.must(second, verdict('9.2', 'fail', play.now), EVALUATOR)
    expect(play.reading(second).isHalted).toBe(true)
    expect(say(play, second)).toMatch(/^At risk: /)
    const refused = play.run(second, { type: 'advance' }, SIX.omar)
    expect(refused.ok).toBe(false)
    play.freezes.push({ id: 'f', from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z', zone: 'UTC', reason: 'holidays' })
    play.must(second, { type: 'hold', reason: 'look', checkInId: null }, SIX.pia)
    play.must(second, { type: 'roll-back', reason: 'errors doubled' }, SIX.omar)
    expect(play.reading(second).phase).toBe('rolling-back')
    expect(play.release(second).end).toBeNull()
    play.pass(3).must(second, { type: 'observe', share: 0, requests: null }, EVALUATOR)
    expect(play.release(second).end?.kind).toBe('rolled-back')
    expect(play.live?.lastStable?.label).toBe('4.1.0')
    expect(play.live?.rollingOut).toBeNull()
    expect(play.live?.held.map((h) => h.label)).toEqual(['4.2.0'])
    const again = play.run('01980000-0000-7000-8000-000000000499', { ...openingOf(play, 2) }, SIX.pia)
    expect(again.ok ? '' : again.refusal.message).toContain('held')
    expect(play.release(second).actions.find((a) => a.source === 'roll-back')?.dueAt).toBeTruthy()
  })
})

function openingOf(play: Play, number: number) {
  const state = [...play.releases.values()][0]
  if (!state) throw new Error('none')
  return { type: 'open-release' as const, modelId: state.modelId, versionId: play.versions[number - 1]?.id ?? '', environmentId: state.environmentId, stagingEnvironmentId: state.stagingEnvironmentId, templateId: state.template.id, risk: state.risk, targetAt: null, claim: state.claim, serving: state.serving, evaluation: '', steps: [...state.steps], rollbackPlan: { way: 'last-stable' as const, triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 0 }, owners: {}, onCallId: null, panels: [], selectors: { candidate: {}, stable: {}, shareQuery: null } }
}

describe('sign-offs are bound to what was signed', () => {
  it('go stale only where the gate depends on the changed part, are kept, and are re-affirmed by one action', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    for (const gate of ['scope', 'data', 'quality']) {
      settle(play, id, gate, gate === 'scope' ? SIX.pia : SIX.dana)
      sign(play, id, gate, [SIX.pia, SIX.dirk, SIX.dana])
    }
    play.must(id, { type: 'replace-candidate', versionId: version(2).id, reason: 'better' }, SIX.dana)
    expect(play.gate(id, 'scope').status).toBe('passed')
    expect(play.gate(id, 'data').status).toBe('passed')
    expect(play.gate(id, 'quality').status).toBe('stale')
    expect(play.gate(id, 'quality').stale[0]?.parts.map((p) => p.part)).toContain('artefact')
    expect(say(play, id)).toMatch(/the artefact.* changed; \d sign-offs? (is|are) stale/)
    settle(play, id, 'quality', SIX.dana)
    const before = play.gate(id, 'quality').stale.length
    for (const actor of [SIX.dirk, SIX.dana]) if (before > 0 && play.gate(id, 'quality').status !== 'passed') play.must(id, signOff(play, id, 'quality'), actor)
    expect(play.gate(id, 'quality').status).toBe('passed')
    expect(play.release(id).gates['quality']?.signOffs.length).toBeGreaterThan(before)
  })

  it('leave no label on the candidate that was replaced, so that its successor is not judged by its metrics', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia, { selectors: { candidate: { model_name: 'fraud', model_version: '4.1.0' }, stable: { model_version: '4.0.0' }, shareQuery: null } })
    play.must(id, { type: 'replace-candidate', versionId: version(2).id, reason: 'better' }, SIX.dana)
    expect(play.release(id).selectors).toEqual({ candidate: { model_name: 'fraud', model_version: '4.2.0' }, stable: { model_version: '4.0.0' }, shareQuery: null })
    expect(play.replay(id)).toEqual(play.release(id))
  })

  it('are refused when the gate is not what the signer saw', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    settle(play, id, 'scope', SIX.pia)
    const old = signOff(play, id, 'scope')
    const item = play.gate(id, 'scope').items.find((line) => play.release(id).items[line.itemId]?.kind === 'evidence')
    if (item) play.must(id, { type: 'add-evidence', itemId: item.itemId, evidenceId: '01980000-0000-7000-8000-000000009999', evidence: { kind: 'link', title: 'more', url: 'https://example.org/2' } }, SIX.pia)
    const played = play.run(id, old, SIX.paul)
    expect(played.ok ? 'accepted' : played.refusal.code).toBe(item ? 'stale' : 'accepted')
  })

  it('count once per person, and an author cannot be the only approver under strict', () => {
    const play = new Play({ separation: { low: 'strict', medium: 'strict', high: 'strict' } })
    const id = open(play, 1, SIX.pia)
    settle(play, id, 'scope', SIX.pia)
    play.must(id, signOff(play, id, 'scope'), SIX.pia)
    expect(play.gate(id, 'scope').reading.missing).toEqual(play.gate(id, 'scope').reading.isMet ? [] : [{ kind: 'not-an-author' }])
    expect(play.run(id, signOff(play, id, 'scope'), SIX.pia)).toMatchObject({ ok: false, refusal: { code: 'exists' } })
  })
})

describe('what refuses', () => {
  it('a go while a gate before it is open, saying which', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    const played = play.run(id, { type: 'decide', kind: 'go', title: 'go', reason: 'now', options: [], deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, conditions: [], itemId: null, until: null, seen: null }, SIX.pia)
    expect(played).toMatchObject({ ok: false, refusal: { code: 'blocked' } })
    expect(played.ok ? [] : played.refusal.blockers?.map((b) => b.gateId)).toContain('scope')
  })

  it('a step in a freeze, under a hold, at risk, unmeasured, or before its soak; the roll-back never', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    prepare(play, id)
    const lasts = (from: string, to: string) => { play.freezes = [{ id: 'g', from, to, zone: 'UTC', reason: 'half open' }]; return play.reading(id).freeze !== null }
    expect([lasts('2020-01-01T00:00:00.000Z', play.now.toISOString()), lasts(play.now.toISOString(), '2030-01-01T00:00:00.000Z')]).toEqual([false, true])
    play.freezes = []
    play.freezes.push({ id: 'f', from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z', zone: 'UTC', reason: 'holidays' })
    expect(play.run(id, { type: 'start-rollout' }, SIX.omar)).toMatchObject({ ok: false, refusal: { blockers: [{ code: 'freeze' }] } })
    play.must(id, { type: 'grant-freeze-exception', freezeId: 'f', until: '2029-01-01T00:00:00.000Z', reason: 'agreed' }, SIX.dana)
    rollOut(play, id, play.people, 0)
    play.must(id, { type: 'hold', reason: 'wait', checkInId: null }, SIX.pia)
    expect(play.run(id, { type: 'advance' }, SIX.omar)).toMatchObject({ ok: false, refusal: { blockers: [{ code: 'hold' }] } })
    play.must(id, { type: 'resume', reason: 'on' }, SIX.pia)
    play.must(id, verdict('9.2', 'error', play.now), EVALUATOR)
    expect(play.run(id, { type: 'advance' }, SIX.omar)).toMatchObject({ ok: false, refusal: { blockers: expect.arrayContaining([expect.objectContaining({ code: 'not-measured' })]) } })
    expect(play.gate(id, 'decision').valid.length).toBeGreaterThan(0)
    play.must(id, { type: 'roll-back', reason: 'no' }, SIX.omar)
  })

  it('a second rollout into the same place, until the first has stood down', () => {
    const play = new Play()
    const a = open(play, 1, SIX.pia)
    const b = open(play, 2, SIX.paul)
    prepare(play, a); prepare(play, b)
    play.must(a, { type: 'start-rollout' }, SIX.omar)
    expect(play.run(b, { type: 'start-rollout' }, SIX.omar)).toMatchObject({ ok: false, refusal: { blockers: [{ code: 'other-rollout' }] } })
    play.must(a, { type: 'stand-down', reason: 'hot-fix' }, SIX.olga)
    play.must(a, { type: 'observe', share: 0, requests: null }, EVALUATOR)
    play.must(b, { type: 'start-rollout' }, SIX.omar)
    expect(play.release(a).end).toBeNull()
    expect(play.reading(a).phase).toBe('approved')
  })

  it('a start after another release became stable, until the fix is stated or the candidate replaced', () => {
    const play = new Play()
    const a = open(play, 1, SIX.pia)
    const b = open(play, 2, SIX.paul)
    prepare(play, b)
    prepare(play, a); rollOut(play, a); makeStable(play, a)
    expect(play.release(b).lastStable?.label).toBe('4.1.0')
    expect(play.run(b, { type: 'start-rollout' }, SIX.omar)).toMatchObject({ ok: false, refusal: { blockers: expect.arrayContaining([expect.objectContaining({ code: 'overtaken' })]) } })
  })

  it('everything that judges after the end', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    play.must(id, { type: 'cancel', reason: 'no longer wanted', as: 'cancelled' }, SIX.pia)
    expect(play.run(id, { type: 'tick', itemId: '1.1', isDone: true }, SIX.pia)).toMatchObject({ ok: false, refusal: { code: 'closed' } })
    expect(cardOf(play.release(id), play.now).isInFlight).toBe(false)
  })
})

describe('the soak', () => {
  it('pauses while unmeasured, restarts on a failure, and ends only with its requests', () => {
    const play = new Play()
    const id = open(play, 1, SIX.pia)
    prepare(play, id)
    play.must(id, { type: 'start-rollout' }, SIX.omar)
    for (const item of Object.values(play.release(id).items)) if (item.metric?.mode === 'standing') play.must(id, verdict(item.id, 'pass', play.now), EVALUATOR)
    play.must(id, { type: 'observe', share: 5, requests: null }, EVALUATOR)
    play.pass(20)
    expect(play.reading(id).soak).toMatchObject({ condition: 'passing', creditMs: 20 * 60_000 })
    play.must(id, verdict('9.2', 'no-data', play.now), EVALUATOR)
    play.pass(5)
    expect(play.reading(id).soak).toMatchObject({ condition: 'unmeasured', creditMs: 20 * 60_000, pausedMs: 5 * 60_000 })
    play.must(id, verdict('9.2', 'fail', play.now), EVALUATOR)
    expect(play.reading(id).soak).toMatchObject({ condition: 'failing', creditMs: 0 })
    play.pass(2).must(id, verdict('9.2', 'pass', play.now), EVALUATOR)
    play.pass(31)
    expect(play.reading(id).soak).toMatchObject({ isDone: false, creditMs: 31 * 60_000, requests: 0 })
    play.must(id, { type: 'observe', share: 5, requests: 100 }, EVALUATOR)
    expect(readRelease(play.release(id), [], play.now).soak?.isDone).toBe(true)
  })
})

/** Ways round the rules once traffic may move, each closed: steps and facts, going back, inheritance, names that every object has. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import type { ReleaseCommand } from './commands'
import { CLOCK, EVALUATOR, id, Play, SIX, version } from './testing/play'
import { choose, makeStable, open, opening, prepare, rollOut, settle, sign, verdict } from './testing/story'

function refusal(play: Play, releaseId: string, command: ReleaseCommand, actor: Actor): string {
  const played = play.run(releaseId, command, actor)
  return played.ok ? 'accepted' : played.refusal.code
}

function evidenceItem(play: Play, releaseId: string, gateId: string): string {
  const line = play.gate(releaseId, gateId).items.find((one) => play.release(releaseId).items[one.itemId]?.kind === 'evidence')
  if (!line) throw new Error(`no evidence line in ${gateId}`)
  return line.itemId
}

describe('steps and facts', () => {
  it('are not eased after the go, and not changed once stable', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const eased: ReleaseCommand = { type: 'change', change: { part: 'steps', value: [{ share: 5, soakMinutes: 30, minimumRequests: 100 }, { share: 100, soakMinutes: 0, minimumRequests: 0 }] }, reason: 'hurry' }
    prepare(play, release)
    expect(refusal(play, release, eased, SIX.dirk)).toBe('blocked')
    const slower: ReleaseCommand = { type: 'change', change: { part: 'steps', value: [{ share: 2, soakMinutes: 10, minimumRequests: 1 }, ...play.release(release).steps] }, reason: 'careful' }
    expect(refusal(play, release, slower, SIX.dirk)).toBe('accepted')
    rollOut(play, release)
    makeStable(play, release)
    expect(refusal(play, release, { type: 'change', change: { part: 'evaluation', value: 'sha256:other' }, reason: 'better' }, SIX.dana)).toBe('closed')
  })

  it('do not begin at full traffic where the checklist has a canary', () => {
    const play = new Play()
    expect(refusal(play, id(400), opening(play, 1, { steps: [{ share: 100, soakMinutes: 0, minimumRequests: 0 }] }), SIX.pia)).toBe('invalid')
  })

  it('restart the soak when a part that its gate depends on changes', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    rollOut(play, release, play.people, 0)
    expect(play.reading(release).soak?.isDone).toBe(true)
    play.must(release, { type: 'change', change: { part: 'serving', value: { image: 'serve:2', runtime: 'triton', precision: 'fp16', batching: '8' } }, reason: 'new image' }, SIX.omar)
    expect(play.reading(release).soak).toMatchObject({ isDone: false, creditMs: 0 })
  })

  it('restart a soak that was ended early, when a metric fails after that', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    play.must(release, { type: 'start-rollout' }, SIX.omar)
    for (const item of Object.values(play.release(release).items)) if (item.metric?.mode === 'standing') play.must(release, verdict(item.id, 'pass', play.now), EVALUATOR)
    play.must(release, { type: 'observe', share: 5, requests: null }, EVALUATOR)
    play.must(release, { type: 'end-soak', reason: 'seen enough' }, SIX.olga)
    play.must(release, verdict('9.2', 'fail', play.now), EVALUATOR)
    play.must(release, verdict('9.2', 'pass', play.now), EVALUATOR)
    expect(play.reading(release).soak?.isDone).toBe(false)
  })

  it('ask the canary anew after a stand-down', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    rollOut(play, release, play.people, 1)
    play.must(release, { type: 'stand-down', reason: 'hot-fix first' }, SIX.omar)
    play.must(release, { type: 'observe', share: 0, requests: null }, EVALUATOR)
    play.pass(1)
    play.must(release, { type: 'start-rollout' }, SIX.omar)
    expect(play.gate(release, 'canary').valid).toEqual([])
  })
})

describe('going back', () => {
  it('is possible from a closed release while its version is live', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release); rollOut(play, release); makeStable(play, release)
    play.pass(15 * 24 * 60)
    settle(play, release, 'follow-up', SIX.pia)
    sign(play, release, 'follow-up', play.people)
    play.must(release, { type: 'settle' }, CLOCK)
    expect(play.release(release).end?.kind).toBe('closed')
    play.must(release, { type: 'roll-back', reason: 'drifted away' }, SIX.omar)
    expect(play.reading(release).phase).toBe('rolling-back')
    play.must(release, { type: 'confirm-rolled-back', note: 'switched off' }, SIX.omar)
    expect(play.release(release).end?.kind).toBe('rolled-back')
    expect(play.live?.lastStable).toBeNull()
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it('leaves no further step, even when the hold of the version is lifted meanwhile', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    rollOut(play, release, play.people, 0)
    play.must(release, { type: 'roll-back', reason: 'errors' }, SIX.omar)
    if (play.live) play.live = { ...play.live, held: [] }
    for (const command of [{ type: 'advance' }, { type: 'end-soak', reason: 'x' }, { type: 'stand-down', reason: 'x' }] as const) expect([command.type, refusal(play, release, command, SIX.olga)]).toEqual([command.type, 'closed'])
  })

  it('moves the last stable version of the releases that were to follow', () => {
    const play = new Play()
    const first = open(play, 1, SIX.pia)
    prepare(play, first); rollOut(play, first); makeStable(play, first)
    const second = open(play, 2, SIX.pia)
    prepare(play, second); rollOut(play, second); makeStable(play, second)
    const third = open(play, 3, SIX.pia)
    expect(play.release(third).lastStable?.label).toBe('4.2.0')
    play.must(second, { type: 'roll-back', reason: 'errors' }, SIX.omar)
    play.must(second, { type: 'confirm-rolled-back', note: 'seen' }, SIX.omar)
    expect(play.live?.lastStable?.label).toBe('4.1.0')
    expect(play.release(third).lastStable?.label).toBe('4.1.0')
  })
})

describe('an inherited gate', () => {
  const inherit = (play: Play, release: string, from: string, gateId = 'quality'): string => refusal(play, release, { type: 'inherit-gate', gateId, fromReleaseId: from }, SIX.dana)

  it('is what was signed, not what the release became after', () => {
    const play = new Play()
    const first = open(play, 1, SIX.pia)
    prepare(play, first)
    play.must(first, { type: 'replace-candidate', versionId: version(2).id, reason: 'other' }, SIX.dana)
    play.must(first, { type: 'cancel', reason: 'no', as: 'cancelled' }, SIX.pia)
    const second = open(play, 2, SIX.pia)
    expect(inherit(play, second, first)).toBe('blocked')
  })

  it('falls when the candidate is replaced, and is not taken from a checklist that asked less', () => {
    const play = new Play()
    const first = open(play, 1, SIX.pia)
    prepare(play, first)
    play.must(first, { type: 'cancel', reason: 'no', as: 'cancelled' }, SIX.pia)
    const second = open(play, 1, SIX.pia)
    expect(inherit(play, second, first)).toBe('accepted')
    play.must(second, { type: 'replace-candidate', versionId: version(2).id, reason: 'other' }, SIX.dana)
    expect(play.release(second).gates['quality']?.inherited).toBeNull()
    expect(play.gate(second, 'quality').unsettled.length).toBeGreaterThan(0)
    const third = open(play, 1, SIX.pia, { risk: 'high' })
    expect(inherit(play, third, first)).toBe('blocked')
  })

  it('does not carry a waiver past its end', () => {
    const play = new Play()
    const first = open(play, 1, SIX.pia)
    settle(play, first, 'scope', SIX.pia)
    sign(play, first, 'scope', play.people)
    settle(play, first, 'data', SIX.dana)
    sign(play, first, 'data', play.people)
    const itemId = evidenceItem(play, first, 'quality')
    play.must(first, { type: 'request-waiver', itemId, reason: 'later', until: '2026-03-09T00:00:00.000Z' }, SIX.dana)
    play.must(first, { type: 'approve-waiver', itemId }, SIX.omar)
    prepare(play, first)
    play.must(first, { type: 'cancel', reason: 'no', as: 'cancelled' }, SIX.pia)
    const second = open(play, 1, SIX.pia)
    expect(inherit(play, second, first)).toBe('blocked')
  })
})

describe('names that every object has', () => {
  it('are no items and no gates', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(() => { choose(play, release, name, SIX.pia) }).toThrow(/no item/)
      expect(refusal(play, release, { type: 'tick', itemId: name, isDone: true }, SIX.pia)).toBe('not-found')
      expect(refusal(play, release, { type: 'comment', commentId: id(8000), gateId: name, itemId: null, text: 'x', mentions: [] }, SIX.pia)).toBe('not-found')
      expect(refusal(play, release, { type: 'attach-document', documentId: id(8001), title: 'x', url: 'https://example.org', kind: 'other', provider: '', ownerTeam: 'ops', pinnedRevision: null, gateId: name, itemId: null }, SIX.pia)).toBe('not-found')
    }
  })
})

/** What stands before the next step is a list of different things: each item, and each matter, once. */
import { describe, expect, it } from 'vitest'
import { nextStepBlockers } from './probes'
import { rulingOn } from './ruling'
import { EVALUATOR, Play, SIX } from './testing/play'
import { open, prepare, rollOut, verdict } from './testing/story'

function blockers(play: Play, release: string) {
  const world = play.world(release, { type: 'settle' })
  return nextStepBlockers(rulingOn(world, play.release(release), SIX.omar, play.now))
}

/** At the step before full traffic, where the canary gate is asked as well. */
function beforeFull() {
  const play = new Play()
  const release = open(play, 1, SIX.pia, { steps: [{ share: 25, soakMinutes: 30, minimumRequests: 0 }, { share: 100, soakMinutes: 60, minimumRequests: 0 }] })
  prepare(play, release)
  play.must(release, { type: 'start-rollout' }, SIX.omar)
  return { play, release }
}

describe('before the next step', () => {
  it.each(['no-data', 'idle', 'error', 'inconclusive', 'fail'] as const)('an item that says %s stands once, although its gate waits for it too', (said) => {
    const { play, release } = beforeFull()
    play.must(release, verdict('9.2', said, play.now), EVALUATOR)
    const items = blockers(play, release).flatMap((one) => one.itemId ?? [])
    expect(items).toContain('9.2')
    expect(items).toEqual([...new Set(items)])
    expect(blockers(play, release).find((one) => one.itemId === '9.2')?.code).toBe(said === 'fail' ? 'at-risk' : 'not-measured')
  })

  it('the step that soaks is said by the soak, not again as the line that all steps have soaked', () => {
    const { play, release } = beforeFull()
    expect(blockers(play, release).map((one) => one.code)).toContain('not-live')
    expect(blockers(play, release).some((one) => one.itemId === '9.1')).toBe(false)
    play.must(release, { type: 'observe', share: 25, requests: 0 }, EVALUATOR)
    expect(blockers(play, release).map((one) => one.code)).toContain('soak')
    expect(blockers(play, release).some((one) => one.itemId === '9.1')).toBe(false)
  })

  it('open lines of people and a gate that only waits for its sign-off are still said', () => {
    const { play, release } = beforeFull()
    expect(blockers(play, release).some((one) => one.itemId === '9.7')).toBe(true)
    const other = new Play()
    const second = open(other, 1, SIX.pia)
    prepare(other, second)
    rollOut(other, second, other.people, 1)
    expect(blockers(other, second)).toEqual([])
    const signOff = other.release(second).gates['canary']?.signOffs[0]
    other.must(second, { type: 'withdraw-sign-off', gateId: 'canary', signOffId: signOff?.id ?? '', reason: 'look again' }, other.people.find((one) => one.personId === signOff?.by) ?? SIX.omar)
    expect(blockers(other, second).map((one) => [one.code, one.gateId])).toEqual([['gate-waiting', 'canary']])
  })
})

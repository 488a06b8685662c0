/** Why an item is measured or rests: always the answer of the evaluator's own rule, with a reason that fits the state. */
import { describe, expect, it } from 'vitest'
import { metricItemsDue } from './measured'
import { measuringOf } from './measuring'
import { EVALUATOR, Play, SIX } from './testing/play'
import { open, settle, sign, verdict } from './testing/story'

function words(play: Play, releaseId: string, itemId: string): string {
  const state = play.release(releaseId)
  const due = new Set(metricItemsDue(state, play.now).map((one) => one.itemId))
  for (const item of Object.values(state.items)) expect([item.id, measuringOf(state, item, play.now).isDue]).toEqual([item.id, due.has(item.id)])
  return measuringOf(state, state.items[itemId] ?? expect.fail(`no item ${itemId}`), play.now).words
}

describe('whether an item is measured', () => {
  it('says what it waits for, from opening to sign-off', () => {
    const play = new Play()
    const releaseId = open(play, 1, SIX.pia)
    expect(words(play, releaseId, '2.8')).toBe('Measured as soon as its gate opens: 1 Scope and intent first.')
    expect(words(play, releaseId, '9.3')).toBe('Measured from the start of the rollout on.')
    expect(words(play, releaseId, '11.1')).toBe('Measured 14 days after the release is stable, when the labels are in.')
    settle(play, releaseId, 'scope', SIX.pia)
    sign(play, releaseId, 'scope', [SIX.paul])
    expect(words(play, releaseId, '2.8')).toBe('Measured now.')
    settle(play, releaseId, 'data', SIX.dana)
    sign(play, releaseId, 'data', [SIX.dirk])
    expect(words(play, releaseId, '2.8')).toMatch(/^Frozen by the sign-off of its gate/)
    play.must(releaseId, verdict('2.8', 'fail', play.now), EVALUATOR)
    play.must(releaseId, { type: 'cancel', as: 'cancelled', reason: 'no' }, SIX.pia)
    expect(words(play, releaseId, '2.8')).toBe('Not measured any more: the release is cancelled.')
  })
})

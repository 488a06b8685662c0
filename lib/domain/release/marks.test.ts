import { expect, it } from 'vitest'
import { marksOf } from './marks'
import { EVALUATOR, Play, SIX } from './testing/play'
import { makeStable, open, prepare, rollOut, secondOnItsWay } from './testing/story'

it('tells the way of a release in the order of time, without a name or a free text', () => {
  const play = new Play()
  const id = open(play, 2, SIX.pia)
  prepare(play, id)
  rollOut(play, id)
  makeStable(play, id)
  const state = play.release(id)
  const marks = marksOf(state)
  expect(marks.map((mark) => mark.at)).toEqual(marks.map((mark) => mark.at).toSorted((a, b) => a - b))
  const kinds = (kind: string) => marks.filter((mark) => mark.kind === kind)
  expect(kinds('sign-off')).toHaveLength(Object.values(state.gates).flatMap((gate) => gate.signOffs.filter((one) => !one.withdrawn)).length)
  expect(kinds('sign-off')[0]?.label).toMatch(/^gate \d+ \S.*, (signed for|counter-signed)/)
  expect(kinds('rollout')).toHaveLength(1)
  expect(kinds('stable')).toHaveLength(1)
  expect(kinds('step').map((mark) => mark.label)).toEqual(state.steps.map((step) => `${step.share} % live`))
  expect(kinds('decision').map((mark) => mark.label)).toContain('D-2 go')
  expect(JSON.stringify(marks)).not.toMatch(/Pia|Omar/)
})

it('tells holds and the way back', () => {
  const play = new Play()
  const id = secondOnItsWay(play)
  play.pass(1).must(id, { type: 'hold', reason: 'look at Pia', checkInId: null }, SIX.pia)
  play.pass(1).must(id, { type: 'roll-back', reason: 'errors doubled' }, SIX.omar)
  play.pass(3).must(id, { type: 'observe', share: 0, requests: null }, EVALUATOR)
  const marks = marksOf(play.release(id))
  expect(marks.filter((mark) => mark.kind === 'hold' || mark.kind === 'roll-back').map((mark) => mark.label.replace(/^D-\d+ /, ''))).toEqual(['hold', 'roll-back', 'rolled back'])
})

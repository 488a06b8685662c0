/** What has ended grows old no more: its gates are told as they stood then, however long ago that was. */
import { expect, it } from 'vitest'
import { gateStandings } from './gate-standing'
import { Play, SIX } from './testing/play'
import { open, prepare } from './testing/story'

it('a release that has ended shows its gates as they stood then, one in flight goes stale', () => {
  const play = new Play()
  const release = open(play, 1, SIX.pia)
  prepare(play, release)
  const told = () => gateStandings(play.release(release), play.now).map(({ gate, status }) => `${gate.number} ${status}`)
  const then = told()
  const before = play.release(release)
  play.must(release, { type: 'cancel', reason: 'no longer wanted', as: 'cancelled' }, SIX.pia)
  play.pass(400 * 1440)
  expect(told()).toEqual(then)
  expect(gateStandings(before, play.now).map(({ gate, status }) => `${gate.number} ${status}`)).not.toEqual(then)
})

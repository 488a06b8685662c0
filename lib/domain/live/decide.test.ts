/** The standing watch of a live version: only turns are recorded, and a turn to failing asks somebody to answer (PRODUCT rule 23). */
import { describe, expect, it } from 'vitest'
import type { LiveCommand } from './commands'
import { decideLive, type LiveWorld } from './decide'
import { EVALUATOR, MODEL, Play, SIX, TARGET } from '@/lib/domain/release/testing/play'
import { makeStable, open, prepare, rollOut } from '@/lib/domain/release/testing/story'

function watchedWorld(): { readonly play: Play; readonly world: () => LiveWorld; readonly release: string } {
  const play = new Play()
  const release = open(play, 1, SIX.pia)
  prepare(play, release)
  rollOut(play, release)
  makeStable(play, release)
  const world = (): LiveWorld => ({
    id: `${MODEL}:${TARGET}`, modelId: MODEL, environmentId: TARGET, live: play.live, version: null, environmentExists: true, watched: play.release(release), siblings: [],
  })
  return { play, world, release }
}

const turn = (verdict: 'pass' | 'fail' | 'no-data', at: Date): LiveCommand => ({
  type: 'record-verdict', itemId: '9.2', title: 'Error ratio', verdict, value: 0.02, samples: 500, reason: '2 %, limit 1 %.', query: 'up', at: at.toISOString(), series: [],
})

describe('the watch of a live version', () => {
  it('opens one action for ops on the release when an item turns to failing, and none for other turns', () => {
    const { play, world, release } = watchedWorld()
    const outcome = decideLive(world(), turn('fail', play.now), EVALUATOR, play.now)
    if (!outcome.ok) throw new Error(outcome.refusal.message)
    expect(outcome.changes.map((change) => [change.kind, change.id, change.events.map((event) => event.type)])).toEqual([
      ['live', `${MODEL}:${TARGET}`, ['watch-turned']], ['release', release, ['action-added']],
    ])
    expect(JSON.stringify(outcome.changes[1])).toContain('Answer the watch: Error ratio, 2 %, limit 1 %')
    const blind = decideLive(world(), turn('no-data', play.now), EVALUATOR, play.now)
    expect(blind.ok && blind.changes.map((change) => change.kind)).toEqual(['live'])
  })

  it('asks once while the action is open, however the metric flaps, and records no verdict that is no turn', () => {
    const { play, world } = watchedWorld()
    const open = { ...play.release([...play.releases.keys()][0] ?? '') }
    const asked: LiveWorld = {
      ...world(),
      watched: { ...open, actions: [{ id: 'a', source: 'watch', sourceId: '9.2', title: { text: 'x' }, ownerId: null, team: 'ops', dueAt: null, by: 'evaluator', at: play.now.toISOString(), done: null }] },
    }
    const again = decideLive(asked, turn('fail', play.now), EVALUATOR, play.now)
    expect(again.ok && again.changes.map((change) => change.kind)).toEqual(['live'])
    const same = decideLive(world(), turn('pass', play.now), EVALUATOR, play.now)
    expect(same.ok && same.changes).toEqual([])
  })

  it('is for the product alone: nobody writes a verdict by hand', () => {
    const { play, world } = watchedWorld()
    expect(decideLive(world(), turn('fail', play.now), SIX.olga, play.now)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
  })
})

/** A condition of a go that a watched line measures, from the rollout into life after stable: it says what the watch says now, and proposes a roll-back there too (PRODUCT rules 12 and 23). */
import { describe, expect, it } from 'vitest'
import { liveEventsOf } from '@/lib/domain/message/live-happenings'
import { nextTurn } from '@/lib/domain/release/card'
import { openProposals } from '@/lib/domain/release/roll-back-proposal'
import { EVALUATOR, MODEL, Play, SIX, TARGET, version } from '@/lib/domain/release/testing/play'
import { decision, makeStable, open, prepare, rollOut, verdict } from '@/lib/domain/release/testing/story'
import { buildReleaseView } from '@/lib/domain/release/view-build'
import { applyLive } from './apply'
import { decideLive, type LiveWorld } from './decide'
import { lineVerdict } from './line-verdict'
import type { LiveCommand } from './commands'
import type { ReleaseState } from '@/lib/domain/release/state'
import { applyRelease } from '@/lib/domain/release/apply'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import type { DomainEvent } from '@/lib/domain/aggregate'

const LINE = '9.3'
const DAY = 86_400_000

interface Fold { apply(state: ReleaseState | null, event: DomainEvent): ReleaseState }
const fold: Fold = { apply: (state: ReleaseState | null, event: ReleaseEvent) => applyRelease(state, event) }

/** A stable release whose go has a condition that a line measures, due in `days`. */
function stable(days: number) {
  const play = new Play()
  const release = open(play, 1, SIX.pia)
  prepare(play, release)
  play.must(release, decision('no-go'), SIX.pia)
  const { seen } = play.gate(release, 'decision')
  const dueAt = new Date(play.now.getTime() + days * DAY).toISOString()
  play.must(release, { ...decision('go'), kind: 'go-with-conditions', conditions: [{ title: 'Stays in its limit', ownerId: SIX.dirk.personId, team: null, dueAt, itemId: LINE }], seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, SIX.pia)
  rollOut(play, release)
  makeStable(play, release)
  expect(play.release(release).stableAt).not.toBeNull()
  return { play, release, dueAt }
}

function onLive(play: Play, release: string, command: LiveCommand): void {
  const world: LiveWorld = { id: `${MODEL}:${TARGET}`, modelId: MODEL, environmentId: TARGET, live: play.live, version: command.type === 'adopt' ? { versionId: version(2).id, label: '4.2.0', artefact: 'sha256:2' } : null, environmentExists: true, watched: play.live?.watch ? play.release(release) : null, siblings: [] }
  const outcome = decideLive(world, command, command.type === 'adopt' ? SIX.olga : EVALUATOR, play.now)
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  for (const event of liveEventsOf(outcome.changes, world.id)) play.live = applyLive(play.live, event)
  for (const change of outcome.changes) if (change.kind === 'release') play.releases.set(release, change.events.reduce<ReleaseState>((state, event) => fold.apply(state, event), play.release(release)))
}

const turn = (play: Play, says: 'pass' | 'fail' | 'no-data'): LiveCommand => ({ ...verdict(LINE, says, play.now), title: 'p95' })

function shown(play: Play, release: string) {
  const state = play.release(release)
  const view = buildReleaseView({ world: play.world(release, { type: 'settle' }), state, version: 1, actor: SIX.pia, now: play.now, names: new Map(), reveal: () => null, stable: { version: null, release: null }, teams: [], newestRevision: null })
  return view.actions.find((action) => action.measured)?.measured
}

const proposed = (play: Play, release: string) => openProposals(play.release(release)).map((one) => one.title.replace(/D-\d+/, 'the go'))

describe('a line after stable', () => {
  it('says what the standing watch says now, and nothing once another version is live', () => {
    const { play, release } = stable(30)
    expect(shown(play, release)).toMatchObject({ stands: 'met' })
    for (const [says, stands] of [['fail', 'not met'], ['no-data', 'not measured'], ['pass', 'met']] as const) {
      play.pass(60)
      onLive(play, release, turn(play, says))
      expect(play.release(release).items[LINE]?.verdict?.verdict).toBe('pass')
      expect(shown(play, release)).toMatchObject({ itemId: LINE, stands, at: play.now.toISOString() })
    }
    onLive(play, release, { type: 'adopt', versionId: version(2).id, since: play.now.toISOString(), note: 'seen in the cluster' })
    expect(shown(play, release)).toMatchObject({ stands: 'not measured', at: null })
  })

  it('of the follow-up stays the release’s own: the release measures it on', () => {
    const { play, release } = stable(30)
    const own = Object.values(play.release(release).items).find((item) => item.gateId === 'follow-up' && item.metric) ?? expect.fail('no follow-up metric')
    play.must(release, verdict(own.id, 'fail', play.now), EVALUATOR)
    expect(lineVerdict(play.release(release), play.live, own.id)?.verdict).toBe('fail')
  })
})

describe('a condition that is not met after stable', () => {
  it('proposes a roll-back once its day has passed, by the turn or by the clock, and takes it back when it is met or closed', () => {
    const { play, release, dueAt } = stable(30)
    onLive(play, release, turn(play, 'fail'))
    expect(proposed(play, release)).toEqual([])
    expect(nextTurn(play.release(release), play.now)?.getTime()).toBeLessThanOrEqual(Date.parse(dueAt))
    play.pass((Date.parse(dueAt) - play.now.getTime()) / 60_000 + 1)
    play.must(release, { type: 'settle' }, EVALUATOR)
    expect(proposed(play, release)).toEqual(['a condition of the go is not met'])
    play.must(release, { type: 'settle' }, EVALUATOR)
    expect(proposed(play, release)).toHaveLength(1)
    onLive(play, release, turn(play, 'pass'))
    expect(proposed(play, release)).toEqual([])
    play.pass(10)
    onLive(play, release, turn(play, 'fail'))
    expect(proposed(play, release)).toEqual(['a condition of the go is not met'])
    const actionId = play.release(release).actions.find((one) => one.itemId === LINE)?.id ?? ''
    play.must(release, { type: 'complete-action', actionId, note: 'The limit was wrong.' }, SIX.dirk)
    expect(proposed(play, release)).toEqual([])
  })
})

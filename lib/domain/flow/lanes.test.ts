import { describe, expect, it } from 'vitest'
import { EVALUATOR, Play, SIX, TARGET } from '@/lib/domain/release/testing/play'
import { makeStable, open, prepare, rollOut, secondOnItsWay, sign } from '@/lib/domain/release/testing/story'
import { ticksOf } from './axis'
import { forecastGo, precedentsOf } from './forecast'
import { finishedOf } from './finished'
import { drawLanes } from './lane-drawing'
import { laneEntries, lanesSentence } from './lane-words'
import { lanesOf, standingOf } from './lanes'
import { svgOf } from './svg'
import { finishedRow } from './testing/rows'

const OFFICE = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }
const TEAMS = [
  { id: 'product', name: 'Product', shape: 'diamond', workingHours: OFFICE }, { id: 'data-science', name: 'Data <science>', shape: 'disc', workingHours: OFFICE }, { id: 'ops', name: 'Ops', shape: 'square', workingHours: OFFICE },
] as const

describe('the lanes of a release that became stable', () => {
  const play = new Play()
  const id = open(play, 2, SIX.pia)
  const opened = play.now
  play.pass(60 * 6)
  prepare(play, id)
  play.freezes = [{ id: 'f', from: play.now.toISOString(), to: new Date(play.now.getTime() + 3_600_000).toISOString(), zone: 'UTC', reason: 'private words' }]
  play.pass(120).must(id, { type: 'hold', reason: 'private words', checkInId: null }, SIX.pia)
  play.pass(90).must(id, { type: 'resume', reason: 'private words' }, SIX.pia)
  rollOut(play, id)
  makeStable(play, id)
  play.pass(60 * 24 * 30)
  const state = play.release(id)
  const lanes = lanesOf(state, TEAMS, play.freezes, play.now)

  it('end when it is stable, whatever the follow-up takes', () => {
    expect([lanes.from, lanes.to, lanes.isMoving]).toEqual([opened.getTime(), Date.parse(state.stableAt ?? ''), false])
    for (const lane of lanes.lanes) for (const row of lane.rows) for (const one of row.segments) expect([one.from >= lanes.from, one.to <= lanes.to, one.to > one.from]).toEqual([true, true, true])
  })

  it('count what the record counts: every sign-off once in the lane of each team it stands for, every wait in its lane', () => {
    const signed = lanes.lanes.flatMap((lane) => lane.rows.flatMap((row) => row.signs.filter((one) => one.kind === 'signed')))
    expect(signed).toHaveLength(Object.values(state.gates).flatMap((gate) => gate.signOffs.flatMap((one) => (one.teams.length === 0 ? ['counter'] : one.teams))).length)
    const row = finishedOf(state)
    for (const { team, rows } of lanes.lanes) {
      const drawn = rows.flatMap((one) => one.segments).filter((one) => one.kind !== 'clock').reduce((sum, one) => sum + one.to - one.from, 0)
      expect([team.id, drawn]).toEqual([team.id, row?.body.waits.filter((wait) => wait[1] === team.id).reduce((sum, [, , from, to]) => sum + to - from, 0)])
    }
    for (const lane of lanes.lanes) expect(lane.workingMs).toBeLessThanOrEqual(lane.elapsedMs)
  })

  it('show the hold, the freeze, the steps and the milestones', () => {
    expect(lanes.bands.map((band) => [band.kind, Math.round((band.to - band.from) / 60_000)])).toEqual([['hold', 90], ['freeze', 60]])
    expect(lanes.traffic.map((one) => one.share)).toEqual(state.steps.map((step) => step.share))
    expect(lanes.milestones.map((one) => one.kind)).toEqual(['go', 'rollout', 'stable'])
  })

  it('are drawn within their frame at any width, and say no person and no free text', () => {
    for (const width of [300, 358, 960, 1_160, 2_000]) {
      const { shapes, height } = drawLanes(lanes, width, 'Europe/Berlin')
      for (const shape of shapes) if (shape.kind === 'rect') expect([shape.x >= 0, shape.x + shape.w <= width + 2.5, shape.y >= 0, shape.y + shape.h <= height]).toEqual([true, true, true, true])
    }
    const svg = svgOf(drawLanes(lanes, 1_160, 'UTC'), lanes.code, lanesSentence(lanes), 'dark')
    expect(svg).toMatch(/<text [^>]*>[^<]*in working hours for [^<]*<\/text>/)
    expect(svg).toContain('Data &#60;scien')
    expect(svg).not.toMatch(/private words|Pia|Omar|var\(--|undefined|NaN/)
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>$/s)
  })

  it('say in their legend what each mark is that lies in them, and nothing that does not', () => {
    const texts = (one: typeof lanes, forecast: Parameters<typeof drawLanes>[3] = null) => drawLanes(one, 960, 'UTC', forecast).shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
    expect(texts(lanes)).toEqual(expect.arrayContaining(['waiting for the team', 'signed', 'on hold', 'freeze']))
    for (const words of ['sign-off withdrawn', 'rejected', 'go by forecast: 50 %, 85 %']) expect(texts(lanes)).not.toContain(words)
    const marked = { ...lanes, isMoving: true, lanes: lanes.lanes.map((lane) => ({ ...lane, rows: lane.rows.map((row) => ({ ...row, signs: [{ at: lanes.from, kind: 'withdrawn' as const }, { at: lanes.to, kind: 'rejected' as const }] })) })) }
    const interval = (coverage: number) => ({ coverage, from: lanes.to + 1000, to: lanes.to + 9000 })
    expect(texts(marked, { median: lanes.to + 5000, intervals: [interval(0.5), interval(0.85)], n: 20, basis: 'same-share', isSameTemplate: true })).toEqual(expect.arrayContaining(['signed', 'sign-off withdrawn', 'rejected', 'go by forecast: 50 %, 85 %']))
  })

  it('say the same as a table, each wait and each sign-off a row', () => {
    const entries = laneEntries(lanes)
    const pieces = lanes.lanes.flatMap((lane) => lane.rows.flatMap((row) => [...row.segments, ...row.signs]))
    expect(entries).toHaveLength(pieces.length + lanes.bands.length + lanes.milestones.length + lanes.traffic.length)
    expect(entries.map((one) => one.from)).toEqual(entries.map((one) => one.from).toSorted((a, b) => a - b))
    expect(lanesSentence(lanes)).toMatch(/^It took .*; the release waited in working hours for .*Ops/)
  })

  it('leave one row for the time charts', () => {
    expect(finishedOf(state)).toMatchObject({ outcome: 'stable', environmentId: TARGET, goAt: lanes.milestones[0]?.at, stableAt: lanes.to, finishedAt: lanes.to, restoreMs: null, body: { waivers: 0, notApplicable: 0 } })
    expect(finishedOf(state)?.body.progress.at(-1)?.[1]).toBe(1)
    expect(play.replay(id)).toEqual(state)
  })
})

it('a gate that went stale is drawn as stale until it is affirmed, and counted once; so is the decision, which rests on everything', () => {
  const play = new Play()
  const id = open(play, 2, SIX.pia)
  prepare(play, id)
  expect(standingOf(play.release(id), play.now)).toBeNull()
  const { claim } = play.release(id)
  play.pass(30).must(id, { type: 'change', change: { part: 'claim', value: { ...claim, memoryGiB: claim.memoryGiB * 2 } }, reason: 'more at peak' }, SIX.omar)
  const from = play.now.getTime()
  play.pass(45)
  const moving = lanesOf(play.release(id), TEAMS, [], play.now)
  const ops = moving.lanes.find((lane) => lane.team.id === 'ops')?.rows.find((row) => row.gateId === 'environment')
  expect(ops?.segments.at(-1)).toMatchObject({ kind: 'stale', from, to: play.now.getTime(), isOn: true })
  sign(play, id, 'environment', [SIX.olga, SIX.omar])
  play.pass(10).must(id, { type: 'cancel', reason: 'enough', as: 'cancelled' }, SIX.pia)
  expect(finishedOf(play.release(id))?.body.gates.filter((gate) => gate.stale > 0)).toMatchObject([{ id: 'environment', stale: 1, reopened: 0, rejected: 0 }, { id: 'decision', stale: 1 }])
})

it('a roll-back is a change failure with the time it took, also while nothing else is', () => {
  const play = new Play()
  const id = secondOnItsWay(play)
  play.pass(1).must(id, { type: 'roll-back', reason: 'errors doubled' }, SIX.omar)
  expect(finishedOf(play.release(id))).toBeNull()
  play.pass(3).must(id, { type: 'observe', share: 0, requests: null }, EVALUATOR)
  expect(finishedOf(play.release(id))).toMatchObject({ outcome: 'rolled-back', restoreMs: 180_000, stableAt: null })
  expect(lanesOf(play.release(id), TEAMS, [], play.now).traffic.at(-1)).toMatchObject({ isWayBack: true })
})

it('a forecast is drawn after now, and does not squeeze what was', () => {
  const play = new Play()
  const id = open(play, 2, SIX.pia)
  play.pass(60 * 24)
  const state = play.release(id)
  const standing = standingOf(state, play.now)
  const forecast = standing && forecastGo(precedentsOf(Array.from({ length: 25 }, (_, i) => finishedRow(i, { go: 5 + i, days: 60 }))), standing, play.now.getTime())
  const drawing = drawLanes(lanesOf(state, TEAMS, [], play.now), 960, 'UTC', forecast)
  expect(drawing.axis.to - drawing.axis.from).toBe(1.6 * 86_400_000)
  expect(drawing.shapes.some((shape) => shape.kind === 'text' && shape.text === 'now')).toBe(true)
})

it.each<[string, string, string, number, readonly string[]]>([
  ['two hours', '2026-11-22T08:10:00Z', '2026-11-22T10:10:00Z', 6, ['10:00', '11:00']],
  ['a week over the end of summer time', '2026-10-22T10:00:00Z', '2026-10-28T10:00:00Z', 6, ['23 Oct', '24 Oct', '25 Oct', '26 Oct', '27 Oct', '28 Oct']],
  ['a quarter, by Mondays', '2026-02-25T00:00:00Z', '2026-05-24T00:00:00Z', 8, ['2 Mar', '16 Mar', '30 Mar', '13 Apr', '27 Apr', '11 May']],
])('an axis of %s', (_name, from, to, most, labels) => {
  expect(ticksOf(Date.parse(from), Date.parse(to), 'Europe/Berlin', most).map((tick) => tick.label)).toEqual(labels)
})

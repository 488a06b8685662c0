/** What the public gets of releases played by commands: nothing by default, then exactly the fields that were chosen. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_STATUS_PAGE } from '@/lib/domain/installation/status-page'
import { recordOf } from '@/lib/domain/live/day'
import { PUBLIC_FIELDS, type PublicField, type Publication } from '@/lib/domain/model/publication'
import { EVALUATOR, MODEL, Play, SIX, TARGET } from '@/lib/domain/release/testing/play'
import { makeStable, open, prepare, rollOut, verdict } from '@/lib/domain/release/testing/story'
import { publicStatus } from './build'
import type { StatusFacts } from './facts'
import { statuspageDocuments } from './statuspage'

const teams = [{ id: 'product', name: 'Product', shape: 'diamond' }, { id: 'data-science', name: 'Data science', shape: 'disc' }, { id: 'ops', name: 'Ops', shape: 'square' }]
const publication = (...fields: readonly PublicField[]): Publication => ({ name: 'Fraud check', fields, environments: [{ environmentId: TARGET, name: 'Europe' }] })

function facts(play: Play, published: Publication | null): StatusFacts {
  return {
    settings: DEFAULT_STATUS_PAGE, teams,
    models: published ? [{ id: MODEL, publication: published }] : [],
    lives: play.live ? [play.live] : [],
    releases: [...play.releases.values()].filter((state) => state.end === null || state.end.kind === 'rolled-back').map((state) => ({ state, reading: play.reading(state.id) })),
    records: new Map([[`${MODEL}:${TARGET}`, recordOf([{ day: play.now.toISOString().slice(0, 10), goodMinutes: 500, badMinutes: 7, unknownMinutes: 3 }], play.now)]]),
    publicId: (key) => `p${[...key].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_000_007, 7)}`,
  }
}
const status = (play: Play, ...fields: readonly PublicField[]) => publicStatus(facts(play, publication(...fields)))

/** One release stable, a second in its canary and at risk, a third in preparation and on hold: every word inside is recognisable. */
function busy(): Play {
  const play = new Play()
  const first = open(play, 1, SIX.pia)
  prepare(play, first); rollOut(play, first); makeStable(play, first)
  const second = open(play, 2, SIX.pia, { targetAt: '2026-03-20T00:00:00.000Z' })
  prepare(play, second); rollOut(play, second, play.people, 0)
  play.must(second, verdict('9.2', 'fail', play.now), EVALUATOR)
  const third = open(play, 3, SIX.pia)
  play.must(third, { type: 'hold', reason: 'waits for the lawyers', checkInId: null }, SIX.pia)
  play.must(third, { type: 'comment', commentId: '01980000-0000-7000-8000-000000000777', gateId: null, itemId: null, text: 'secret plan', mentions: [] }, SIX.dana)
  return play
}

/** Everything that stands anywhere inside and is not public by the widest choice of fields. */
const PRIVATE = /fraud-scorer|production-eu|staging|FRAUD-|Pia|Dana|Dirk|Olga|Omar|Paul|lawyers|secret plan|sha256|commit-|dvc-1|example\.org|serve:1|triton|it says|p95|error ratio|drift|01980000|Scope and intent|Model quality|Reproducible/i

describe('the public picture', () => {
  const play = busy()

  test('nothing is public by default', () => {
    const picture = publicStatus(facts(play, null))
    expect(picture).toMatchObject({ components: [], moving: [], incidents: [], headline: 'Nothing is published here yet', indicator: 'none' })
    expect(status(play)).toMatchObject({ components: [], moving: [], incidents: [] })
    const elsewhere = publicStatus(facts(play, { name: 'Fraud check', fields: [...PUBLIC_FIELDS], environments: [] }))
    expect(elsewhere).toMatchObject({ components: [], moving: [], incidents: [] })
  })

  test('with every field chosen, no private word is in it', () => {
    const picture = status(play, ...PUBLIC_FIELDS)
    const documents = statuspageDocuments(picture, { url: 'https://gate.example/status', pageId: 'p', updatedAt: play.now.toISOString() })
    expect(JSON.stringify([picture, documents])).not.toMatch(PRIVATE)
    expect(picture.components).toMatchObject([{ name: 'Fraud check', environment: 'Europe', version: '4.1.0', state: 'at-risk' }])
    expect(picture.moving.map((one) => one.name)).toEqual(expect.arrayContaining(['Fraud check 4.2.0', 'Fraud check 4.3.0']))
    expect(picture.incidents.map((one) => one.kind)).toEqual(expect.arrayContaining(['at-risk', 'hold']))
    expect(picture).toMatchObject({ indicator: 'minor', headline: 'One model runs at risk' })
  })

  test.each(PUBLIC_FIELDS)('without %s, what it stands for is not there', (field) => {
    const picture = JSON.stringify(status(play, ...PUBLIC_FIELDS.filter((one) => one !== field)))
    const marks: Readonly<Record<PublicField, RegExp>> = {
      'version': /4\.[123]\.0/, 'state': /at-risk/, 'releases': /"progress"/, 'phase': /rolling out|preparing/, 'team': /Product|Ops|Data science/,
      'target': /2026-03-20/, 'rail': /"gates"/, 'holds': /on hold|"held"/, 'roll-backs': /roll-back/, 'record': /goodShare/,
    }
    expect(picture).not.toMatch(marks[field])
  })

  test('an environment without a public name is not named', () => {
    const picture = publicStatus(facts(play, { ...publication('version', 'state'), environments: [{ environmentId: TARGET, name: null }] }))
    expect(picture.components).toMatchObject([{ name: 'Fraud check', environment: null }])
  })

  test('a roll-back is told from its start to its end, and stays', () => {
    const [second] = [...play.releases.values()].filter((one) => one.candidate.label === '4.2.0')
    play.must(second?.id ?? '', { type: 'roll-back', reason: 'errors doubled' }, SIX.omar)
    const during = status(play, ...PUBLIC_FIELDS)
    expect(during).toMatchObject({ indicator: 'major', headline: 'One model is being rolled back' })
    expect(during.incidents.find((one) => one.kind === 'roll-back')).toMatchObject({ status: 'identified', resolvedAt: null })
    play.pass(3).must(second?.id ?? '', { type: 'observe', share: 0, requests: null }, EVALUATOR)
    const after = status(play, ...PUBLIC_FIELDS)
    const incident = after.incidents.find((one) => one.kind === 'roll-back')
    expect(incident).toMatchObject({ status: 'resolved', name: 'Fraud check 4.2.0 was rolled back' })
    expect(incident?.updates.map((one) => one.status)).toEqual(['resolved', 'identified'])
    expect(after).toMatchObject({ indicator: 'none', headline: 'All models run as they should' })
    expect(after.components).toMatchObject([{ version: '4.1.0', state: 'stable' }])
    expect(JSON.stringify(after)).not.toMatch(/errors doubled|Omar/)
  })

  test('an id of the outside stays the same, and is none of the inside', () => {
    const [a, b] = [status(play, ...PUBLIC_FIELDS), status(play, 'version', 'state')]
    expect(a.components[0]?.id).toBe(b.components[0]?.id)
    expect(a.components[0]?.id).not.toContain(MODEL)
  })
})

test('the Statuspage documents have every key that its clients read', () => {
  const play = busy()
  const documents = statuspageDocuments(status(play, ...PUBLIC_FIELDS), { url: 'https://gate.example/status', pageId: 'p1', updatedAt: play.now.toISOString() })
  expect(Object.keys(documents)).toEqual([
    '/api/v2/summary.json', '/api/v2/status.json', '/api/v2/components.json', '/api/v2/incidents.json', '/api/v2/incidents/unresolved.json',
    '/api/v2/scheduled-maintenances.json', '/api/v2/scheduled-maintenances/upcoming.json', '/api/v2/scheduled-maintenances/active.json',
  ])
  const page = { id: 'p1', name: 'Model status', url: 'https://gate.example/status', time_zone: 'UTC', updated_at: play.now.toISOString() }
  expect(documents['/api/v2/status.json']).toEqual({ page, status: { indicator: 'minor', description: 'Minor Service Outage' } })
  const summary = JSON.parse(JSON.stringify(documents['/api/v2/summary.json']))
  expect(Object.keys(summary)).toEqual(['page', 'components', 'incidents', 'scheduled_maintenances', 'status'])
  expect(Object.keys(summary.components[0]).toSorted()).toEqual([
    'created_at', 'description', 'group', 'group_id', 'id', 'name', 'only_show_if_degraded', 'page_id', 'position', 'showcase', 'start_date', 'status', 'updated_at',
  ])
  expect(summary.components[0]).toMatchObject({ name: 'Fraud check, Europe', status: 'degraded_performance', description: 'Version 4.1.0' })
  expect(Object.keys(summary.incidents[0]).toSorted()).toEqual([
    'components', 'created_at', 'id', 'impact', 'incident_updates', 'monitoring_at', 'name', 'page_id', 'reminder_intervals', 'resolved_at', 'shortlink', 'started_at', 'status', 'updated_at',
  ])
  expect(Object.keys(summary.incidents[0].incident_updates[0]).toSorted()).toEqual([
    'affected_components', 'body', 'created_at', 'custom_tweet', 'deliver_notifications', 'display_at', 'id', 'incident_id', 'status', 'tweet_id', 'updated_at',
  ])
})

/** Rows of the release list that an older version wrote are made anew at the start, and a change of their shape is noticed. */
import { afterAll, expect, it } from 'vitest'
import { advanceWrite } from '@/db/aggregate'
import { cardWrite } from '@/db/projections/release'
import { briefsInFlight, cardsOf } from '@/db/release-list'
import { reprojectReleases } from '@/db/reproject'
import { leaveCard } from '@/db/testing/older-rows'
import { freshMemory } from '@/db/testing/stores'
import { briefOf, CARD_SHAPE, cardOf } from '@/lib/domain/release/card'
import { Play, SIX } from '@/lib/domain/release/testing/play'
import { open, prepare, rollOut } from '@/lib/domain/release/testing/story'

const store = await freshMemory()
afterAll(() => store.close())

const play = new Play()
const id = open(play, 1, SIX.pia)
prepare(play, id)
rollOut(play, id)
const state = play.release(id)

it('makes rows of another shape anew from the state, those in flight and those of the past each in their turn', async () => {
  await store.commit({ writes: [advanceWrite('release', id, 0, { version: 7, state, at: play.now }), cardWrite(state, play.now)] })
  expect((await briefsInFlight(store, null)).briefs).toEqual([briefOf(cardOf(state, play.now))])

  await leaveCard(store, id, state.code, true)
  // A row that this version cannot read is no card; nobody is answered with an error.
  expect([(await briefsInFlight(store, null)).briefs, await cardsOf(store, [id])]).toEqual([[], []])
  expect(await reprojectReleases(store, false, play.now)).toBe(0)
  expect(await reprojectReleases(store, true, play.now)).toBe(1)
  expect(await reprojectReleases(store, true, play.now)).toBe(0)
  expect(await cardsOf(store, [id])).toEqual([cardOf(state, play.now)])

  await leaveCard(store, id, state.code, false)
  expect(await cardsOf(store, [id])).toEqual([])
  expect(await reprojectReleases(store, false, play.now)).toBe(1)
  expect((await briefsInFlight(store, null)).briefs).toHaveLength(1)
})

/** The names of everything in a value, without what it says. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Map(value.map((one) => [JSON.stringify(outline(one)), outline(one)])).values()]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, outline(one)]))
}

it('says to raise CARD_SHAPE when what a card holds has changed', () => {
  const { waits: _waits, sentence: _sentence, ...card } = cardOf(state, play.now)
  expect({ shape: CARD_SHAPE, card: outline(card), brief: Object.keys(briefOf(cardOf(state, play.now))) }).toMatchInlineSnapshot(`
    {
      "brief": [
        "id",
        "code",
        "modelId",
        "modelName",
        "environmentId",
        "environmentName",
        "phase",
        "atRisk",
        "label",
        "balls",
        "waited",
        "targetAt",
        "overdueAt",
      ],
      "card": {
        "atRisk": "boolean",
        "balls": [
          {
            "gateId": "string",
            "on": "string",
            "since": "string",
          },
        ],
        "code": "string",
        "computedAt": "string",
        "environmentId": "string",
        "environmentName": "string",
        "freezeExceptions": [],
        "gates": [
          {
            "hasBall": "boolean",
            "id": "string",
            "isPassed": "boolean",
            "lanes": [
              {
                "state": "string",
                "team": "string",
              },
            ],
            "name": "string",
            "number": "number",
            "shortName": "string",
          },
        ],
        "headline": {
          "itemId": "string",
          "limit": "number",
          "title": "string",
          "unit": "string",
        },
        "id": "string",
        "isInFlight": "boolean",
        "isOnHold": "boolean",
        "isStale": "boolean",
        "lastEventAt": "string",
        "modelId": "string",
        "modelName": "string",
        "openSignOffs": [],
        "orchestrator": "string",
        "overdueAt": "object",
        "phase": "string",
        "pill": {
          "label": "string",
          "state": "string",
        },
        "risk": "string",
        "share": "number",
        "targetAt": "object",
        "versionLabel": "string",
      },
      "shape": 2,
    }
  `)
})

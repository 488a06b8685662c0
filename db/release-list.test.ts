/** The reads of the board answer the same on every database of the contract, also when they remember what they read before. */
import { afterAll, describe, expect, it } from 'vitest'
import { cardWrite } from '@/db/projections/release'
import { briefsInFlight, cardsOf } from '@/db/release-list'
import { openStore as openSqlite } from '@/db/store'
import { dialects } from '@/db/testing/stores'
import { briefOf, CARD_SHAPE, cardOf } from '@/lib/domain/release/card'
import { Play, SIX } from '@/lib/domain/release/testing/play'
import { open, prepare, rollOut } from '@/lib/domain/release/testing/story'

const play = new Play()
const id = open(play, 1, SIX.pia)
const opened = play.release(id)
prepare(play, id)
rollOut(play, id)
const rolling = play.release(id)
const copy = { ...opened, id: `${id.slice(0, -1)}f`, code: 'COPY-1' }

describe.each(dialects)('the release list on %s', async (_name, openStore) => {
  const store = await openStore()
  afterAll(() => store.close())

  it('reads what stands there now, however often it was read before', async () => {
    await store.commit({ writes: [cardWrite(opened, play.now), cardWrite(copy, play.now)] })
    const [first, second] = [cardOf(opened, play.now), cardOf(copy, play.now)]
    for (const _again of [1, 2]) {
      expect(new Set((await briefsInFlight(store, null)).briefs)).toEqual(new Set([briefOf(first), briefOf(second)]))
      expect(new Set(await cardsOf(store, [id, copy.id, 'never']))).toEqual(new Set([first, second]))
    }
    await store.commit({ writes: [cardWrite(rolling, play.now)] })
    const moved = cardOf(rolling, play.now)
    expect(new Set((await briefsInFlight(store, null)).briefs)).toEqual(new Set([briefOf(moved), briefOf(second)]))
    expect(await cardsOf(store, [id])).toEqual([moved])
    expect(await cardsOf(store, [])).toEqual([])
  })

  it('sees what another connection wrote, which does not tell', async () => {
    if (!store.sqlite || store.sqlite.memory) return
    const beside = await openSqlite(`file:${store.sqlite.name}`, { readOnly: true })
    const before = cardOf(rolling, play.now)
    expect([(await briefsInFlight(beside, null)).briefs.length, await cardsOf(beside, [id])]).toEqual([2, [before]])
    // not by a write of this process's own
    store.sqlite.prepare('update release_card set is_in_flight = 0, shape = null where release_id = ?').run(id)
    expect([(await briefsInFlight(beside, null)).briefs.length, await cardsOf(beside, [id])]).toEqual([1, []])
    store.sqlite.prepare('update release_card set is_in_flight = 1, shape = ? where release_id = ?').run(CARD_SHAPE, id)
    expect([(await briefsInFlight(beside, null)).briefs.length, await cardsOf(beside, [id])]).toEqual([2, [before]])
    await beside.close()
  })

  it('names a person only in the releases that name them', async () => {
    expect([...(await briefsInFlight(store, opened.openedBy)).naming].toSorted()).toEqual([id, copy.id].toSorted())
    expect((await briefsInFlight(store, 'somebody')).naming.size).toBe(0)
  })
})

/** The rows of a release's actions say when a condition is set free, though nothing of the condition itself changed. */
import { afterAll, expect, it } from 'vitest'
import { releaseProjection } from '@/db/projections/release'
import { freshMemory } from '@/db/testing/stores'
import { actionsFor } from '@/db/work-list'
import { Play, SIX } from '@/lib/domain/release/testing/play'
import { decision, open, prepare } from '@/lib/domain/release/testing/story'

const store = await freshMemory()
afterAll(() => store.close())

it('a condition is bound while its go stands, and free from the decision that supersedes it', async () => {
  const play = new Play()
  const id = open(play, 1, SIX.pia)
  prepare(play, id)
  play.must(id, decision('no-go'), SIX.pia)
  const { seen } = play.gate(id, 'decision')
  const dueAt = new Date(play.now.getTime() + 86_400_000).toISOString()
  play.must(id, { ...decision('go'), kind: 'go-with-conditions', conditions: [{ title: 'Add the slice', ownerId: SIX.dirk.personId, team: null, dueAt, itemId: null }], seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, SIX.pia)
  const bound = play.release(id)
  await store.commit({ writes: releaseProjection.project(id, bound, null, play.now) })
  const body = async () => (await actionsFor(store, SIX.dirk.personId, [])).map((row) => row.body)
  expect(await body()).toEqual([expect.objectContaining({ source: 'condition' })])
  expect(await body()).not.toEqual([expect.objectContaining({ isReleased: true })])
  play.must(id, { ...decision('no-go'), supersedes: bound.decisions.at(-1)?.number ?? 0 }, SIX.pia)
  expect(play.release(id).actions).toEqual(bound.actions)
  await store.commit({ writes: releaseProjection.project(id, play.release(id), bound, play.now) })
  expect(await body()).toEqual([expect.objectContaining({ source: 'condition', isReleased: true })])
})

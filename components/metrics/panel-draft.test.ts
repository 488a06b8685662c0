import { expect, it } from 'vitest'
import { added, asOwnQuery, asPreset, changed, draftOf, labelsOf, moved, ownPanel, presetPanel, removed, takenBack } from './panel-draft'
import type { Panel } from '@/lib/domain/release/panel'

const panel = (id: string): Panel => ({ id, title: id, presetId: null, query: 'up', unit: '1', threshold: null })
const ids = (draft: { readonly panels: readonly Panel[] }) => draft.panels.map((one) => one.id).join('')
const start = draftOf(['a', 'b', 'c'].map(panel))

it('moves, removes and adds panels, and takes every step back in turn', () => {
  const up = moved(start, 'c', -1)
  expect(ids(up)).toBe('acb')
  expect(moved(start, 'a', -1)).toBe(start)
  expect(moved(start, 'c', 1)).toBe(start)
  const less = removed(up, 'a')
  expect([ids(less), less.chosen]).toEqual(['cb', 'c'])
  const more = added(less, panel('d'))
  expect([ids(more), more.chosen, more.past.map((one) => one.words)]).toEqual(['cbd', 'd', ['moved c', 'removed a', 'added d']])
  expect(ids(takenBack(more))).toBe('cb')
  expect(ids(takenBack(takenBack(takenBack(more))))).toBe('abc')
  expect(takenBack(start)).toBe(start)
  expect(removed(removed(removed(start, 'a'), 'b'), 'c')).toMatchObject({ panels: [], chosen: null })
})

it('keeps a title that somebody wrote, and begins an own query with that of the preset', () => {
  const latency = presetPanel('model.latency-p95', [])
  if (!latency) throw new Error('there is no such preset')
  expect(asPreset(latency, 'model.drift')).toMatchObject({ title: 'Score drift', unit: 'score', query: null })
  expect(asPreset({ ...latency, title: 'Checkout' }, 'model.drift')).not.toHaveProperty('title')
  expect(asOwnQuery(latency)).toMatchObject({ presetId: null, query: expect.stringContaining('histogram_quantile') })
  expect(presetPanel('model.drift', [{ ...latency, id: 'model.drift' }])?.id).toBe('model.drift-2')
  expect(ownPanel([{ ...latency, id: 'own' }, { ...latency, id: 'own-2' }]).id).toBe('own-3')
  expect(changed(start, 'b', { unit: 's' }).past).toEqual([])
})

it('reads labels line by line', () => {
  expect(labelsOf('a=1\n b = "x y" \n\n')).toEqual({ a: '1', b: 'x y' })
  expect(labelsOf('a')).toBeNull()
})

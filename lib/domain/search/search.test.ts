import { expect, it } from 'vitest'
import { SIX } from '@/lib/domain/release/testing/play'
import { Play } from '@/lib/domain/release/testing/play'
import { open } from '@/lib/domain/release/testing/story'
import { pathTo, placeInRelease } from './place'
import { excerptOf } from './view'

const said = (marks: ReturnType<typeof excerptOf>) => marks.map((mark) => (mark.isHit ? `[${mark.text}]` : mark.text)).join('')

it('marks the words that were asked, the last one as a beginning, whatever their accents', () => {
  expect(said(excerptOf('The load test at peak load', ['load', 'pea']))).toBe('The [load] test at [peak] [load]')
  expect(said(excerptOf('Prüfung der Straße', ['prufung']))).toBe('[Prüfung] der Straße')
  const long = `${'before '.repeat(40)}needle ${'after '.repeat(80)}`
  const cut = said(excerptOf(long, ['needle']))
  expect(cut.startsWith('… ')).toBe(true)
  expect(cut).toContain('[needle] after')
  expect(cut.endsWith(' …')).toBe(true)
  expect(cut.length).toBeLessThan(300)
  expect(excerptOf('', ['x'])).toEqual([])
})

it('says where in a release a text stands, and sends texts of the past to the timeline', () => {
  const play = new Play()
  const id = open(play, 1, SIX.pia)
  const before = play.world(id, { type: 'settle' }).release
  if (!before) throw new Error('there is no release')
  const seal = (letter: string) => ({ sealed: letter.repeat(64) })
  const [gate] = before.template.gates
  const item = Object.values(before.items).find((one) => one.gateId === gate?.id)
  if (!gate || !item) throw new Error('there is no gate')
  const state = {
    ...before, rollbackPlan: { ...before.rollbackPlan, triggers: seal('a') },
    items: { ...before.items, [item.id]: { ...item, note: { text: seal('b'), version: 1, by: 'p', at: '' } } },
    comments: [{ id: 'c', gateId: gate.id, itemId: null, text: seal('c'), mentions: [], by: 'p', name: seal('d'), at: '' }],
  }
  const base = `/releases/${state.code}`
  expect(placeInRelease(state, 'a'.repeat(64))).toEqual({ label: 'Roll-back plan', href: base })
  expect(placeInRelease(state, 'b'.repeat(64))).toEqual({ label: `Note on ${item.id} ${item.title}`, href: `${base}?gate=${gate.id}#item-${item.id}` })
  expect(placeInRelease(state, 'c'.repeat(64))).toEqual({ label: `Comment at gate 1 ${gate.name}`, href: `${base}?gate=${gate.id}` })
  expect(placeInRelease(state, 'e'.repeat(64))).toEqual({ label: 'Earlier text', href: `${base}/timeline` })
  expect(pathTo(state, 'c'.repeat(64))).toEqual(['comments', '0', 'text'])
})

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

it('marks words of scripts without spaces inside of their sentence, and never shows a run without end', () => {
  expect(said(excerptOf('我们决定推迟发布V2到下周，决定', ['决定', '发布v2']))).toBe('我们[决定]推迟[发布V2]到下周，[决定]')
  expect(said(excerptOf(`${'前'.repeat(500)}决定${'后'.repeat(500)}`, ['决定']))).toMatch(/^… 前{20,60}\[决定\]后{100,220} …$/u)
  expect(said(excerptOf(`${'a'.repeat(5000)} needle`, ['needle']))).toBe(`… ${'a'.repeat(40)} [needle]`)
  expect(said(excerptOf('x'.repeat(5000), ['xx'])).length).toBeLessThan(300)
  expect(said(excerptOf('决'.repeat(200_000), ['决'])).length).toBeLessThan(300)
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

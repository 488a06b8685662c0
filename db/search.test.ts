import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseTexts } from '@/db/aggregate'
import { searchTexts, wordsIn } from '@/db/search'
import { textRow } from '@/db/seal'
import type { Store } from '@/db/store'
import { SQLITE_SEARCH } from '@/db/search-index'
import { freshMemory, freshPglite } from '@/db/testing/stores'

describe.each([['SQLite', freshMemory], ['Postgres', freshPglite]] as const)('search in %s', (_name, open) => {
  let store: Store
  beforeAll(async () => { store = await open() }, 60_000)
  afterAll(() => store.close())
  it('finds words in any order, by their beginning, and whatever their accents; never names, never what was erased', async () => {
    const texts = ['The load test at peak shows p95 of 180 ms', 'Prüfung der Straße: peak hours', 'Load is fine'].map((text) => textRow(text, 'release', 'r1', null, 'p-mara'))
    const name = textRow('Loadina Peak', 'release', 'r1', 'p-load', 'p-load')
    const token = textRow('clock', 'release', 'r1', null, 'clock')
    await store.commit({ writes: [], texts: [...texts, name, token] })
    const found = async (query: string) => (await searchTexts(store, query, 10)).map((hit) => hit.text).sort()
    expect(await found('peak load')).toEqual([texts[0]?.text])
    expect(await found('loa')).toEqual([texts[2]?.text, texts[0]?.text])
    expect(await found('Loadina')).toEqual([])
    expect(await found('clock')).toEqual([])
    expect(await found('PEAK hours')).toEqual([texts[1]?.text])
    if (store.sqlite) expect(await found('prufung')).toEqual([texts[1]?.text])
    expect(await searchTexts(store, 'fine', 10)).toEqual([{ seal: texts[2]?.hash, ownerKind: 'release', ownerId: 'r1', text: 'Load is fine' }])
    await eraseTexts(store, { hashes: [texts[0]?.hash ?? ''] }, new Date())
    expect(await found('peak load')).toEqual([])
    expect(await found('load')).toEqual(['Load is fine'])
    store.sqlite?.exec(SQLITE_SEARCH)
    expect(await found('load')).toEqual(['Load is fine'])
  })

  it('finds words of scripts without spaces anywhere in a text, beside others, and not what was erased', async () => {
    const texts = ['我们决定推迟发布V2到下周', '本番環境のロールバックを決定した', 'Решение: откат версии', 'โมเดลผ่านการทดสอบ', '发布 checklist for ops'].map((text) => textRow(text, 'release', 'r3', null, 'p'))
    await store.commit({ writes: [], texts })
    const found = async (query: string) => (await searchTexts(store, query, 10)).map((hit) => texts.findIndex((one) => one.hash === hit.seal)).sort()
    expect(await found('推迟')).toEqual([0])
    expect(await found('决定 下周')).toEqual([0])
    expect(await found('发布v2')).toEqual([0])
    expect(await found('ロールバック')).toEqual([1])
    expect(await found('ทดสอบ')).toEqual([3])
    expect(await found('发布')).toEqual([0, 4])
    expect(await found('ops 发布')).toEqual([4])
    expect(await found('发布 check')).toEqual([4])
    expect(await found('решен ВЕРСИИ')).toEqual([])
    expect(await found('решение верс')).toEqual([2])
    expect(await found('%')).toEqual([])
    await eraseTexts(store, { hashes: [texts[0]?.hash ?? ''] }, new Date())
    expect(await found('推迟')).toEqual([])
  })

  it('takes whatever is typed for words, also the operators of the index', async () => {
    await store.commit({ writes: [], texts: [textRow('NEAR the "gate" OR not* (col:umn) ^x', 'release', 'r2', null, 'p')] })
    const operators = fc.constantFrom('"', "'", '*', 'AND', 'OR', 'NOT', 'NEAR(', ')', ':', '^', '-', '{', 'text:', '\\', '%', '&', '|', '!', '<->', '\u0000', '\ud800', 'ß', '決定', 'gate')
    await fc.assert(fc.asyncProperty(fc.array(operators, { maxLength: 8 }), async (parts) => {
      const hits = await searchTexts(store, parts.join(' '), 5)
      expect(hits.length).toBeLessThanOrEqual(1)
    }), { numRuns: 100 })
    expect(await searchTexts(store, 'OR "gate" AND', 5)).toHaveLength(0)
    expect(await searchTexts(store, 'NEAR("gate" OR)', 5)).toHaveLength(1)
    expect(await searchTexts(store, ' "*" ', 5)).toEqual([])
    expect(wordsIn('a'.repeat(10) + ' b'.repeat(50))).toHaveLength(12)
  })
})

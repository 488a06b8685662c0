import { afterAll, describe, expect, it } from 'vitest'
import { advanceWrite, eraseTexts, loadAggregate, revealTexts } from '@/db/aggregate'
import { counterPlace, mara } from '@/lib/server/testing/counter'
import { dialects } from '@/db/testing/stores'
import { listen } from '@/lib/server/bus'
import { executeIn } from '@/lib/server/execute'

describe.each(dialects)('execute on %s', async (_name, open) => {
  const store = await open()
  const place = counterPlace(store)
  afterAll(() => store.close())
  const count = (id: string, key: string, more: object = {}) =>
    executeIn(place, { kind: 'token', id, key, actor: mara, command: { type: 'count', by: 1, note: 'hello', ...more } })

  it('commits a command, its log entries, its words and its deliveries together and announces it', async () => {
    const heard: unknown[] = []
    const stop = listen((announcement) => heard.push(announcement))
    const result = await count('a', 'k1', { times: 2 })
    stop()
    expect(result).toMatchObject({ ok: true, version: 2, answer: { before: 0 } })
    expect(heard).toEqual([{ kind: 'token', id: 'a', version: 2, seq: result.ok ? result.seq : -1 }])
    const loaded = await loadAggregate(store, 'token', 'a')
    expect(loaded).toMatchObject({ version: 2, state: { count: 2 } })
    const words = await revealTexts(store, ['a'])
    expect([...words.values()].sort()).toEqual(['Mara Okafor', 'hello', 'hello'])
    expect(JSON.stringify(loaded)).not.toContain('hello')
    const rows = (await store.db.select().from(store.t.logEntry)).filter((row) => row.aggregateId === 'a')
    expect(rows.map((row) => row.aggregateVersion)).toEqual([1, 2])
    expect(rows[0]?.body).not.toMatch(/hello|Mara/)
    expect((await store.db.select().from(store.t.outbox)).filter((row) => row.orderingKey === 'a')).toHaveLength(1)
  })

  it('answers a repeated key with the first result, fifty at once', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => count('same', 'one-key')))
    expect(results.every((result) => result.ok && result.version === 1)).toBe(true)
    expect(await loadAggregate(store, 'token', 'same')).toMatchObject({ version: 1, state: { count: 1 } })
  })

  it('lets fifty racing commands through one after the other, each once and never past a limit', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, (_, index) => count('race', `r${index}`, { limit: 7 })))
    expect(results.filter((result) => result.ok).map((result) => result.ok && result.version)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(results.filter((result) => !result.ok && result.refusal.code === 'blocked')).toHaveLength(43)
    expect(await loadAggregate(store, 'token', 'race')).toMatchObject({ version: 7, state: { count: 7 } })
  })

  it('decides again when another process was first, and gives up politely when that never ends', async () => {
    let meddling = 2
    const rival = (now: Date): Promise<unknown> =>
      store.commit({ writes: [advanceWrite('token', 'twice', meddling === 2 ? 0 : 1, { version: 3 - meddling, state: { count: 3 - meddling, notes: [] }, at: now })] })
    const own = place.contexts.token
    if (!own) throw new Error('no counter')
    const load: typeof own.load = async (...input) => {
      const loaded = await own.load(...input)
      if (meddling > 0) {
        await rival(new Date())
        meddling -= 1
      }
      return loaded
    }
    const meddled = { ...place, contexts: { token: { ...own, load } } }
    const call = (key: string) => executeIn(meddled, { kind: 'token', id: 'twice', key, actor: mara, command: { type: 'count', by: 1, note: 'x' } })
    expect(await call('t1')).toMatchObject({ ok: true, version: 3 })
    const stale = { ...place, contexts: { token: { ...own, load: async () => ({ context: { id: 'twice', state: null }, versions: [{ kind: 'token' as const, id: 'twice', version: 1 }] }) } } }
    expect(await executeIn(stale, { kind: 'token', id: 'twice', key: 't2', actor: mara, command: { type: 'count', by: 1, note: 'x' } })).toMatchObject({ ok: false, refusal: { code: 'conflict' } })
  })

  it('refuses what does not parse, and text that cannot be stored', async () => {
    expect(await count('bad', 'b1', { by: 'x' })).toMatchObject({ ok: false, refusal: { code: 'invalid', blockers: [{ code: 'by' }] } })
    expect(await count('bad', 'b2', { note: 'a\u0000b' })).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
    expect(await count('bad', 'b3', { surplus: 1 })).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
    expect(await loadAggregate(store, 'token', 'bad')).toBeNull()
  })

  it('erases words about a person and keeps the entries', async () => {
    await count('erase', 'e1')
    const erased = await eraseTexts(store, { subjectId: 'p-mara' }, new Date())
    expect(erased.length).toBeGreaterThan(0)
    const words = await revealTexts(store, ['erase'])
    expect([...words.values()].sort()).toEqual(['hello', null].sort())
  })
})

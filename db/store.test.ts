import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { advanceWrite, eraseTexts, holdWrite, loadAggregate, loadAggregates } from '@/db/aggregate'
import { type Entry, GENESIS } from '@/db/chain'
import { firstAnswer } from '@/db/idempotency'
import { verifyChain } from '@/db/log'
import { sealEvents, textRow } from '@/db/seal'
import { dialects } from '@/db/testing/stores'
import { AggregateConflict, IdempotencyConflict, write } from '@/db/write'

const at = new Date('2026-01-02T03:04:05.678Z')

function entry(id: string, version: number, actorName = 'a'.repeat(64)): Entry {
  const actor = { kind: 'person', id: 'p1', name: { sealed: actorName }, teams: ['ops'], roles: ['ops:lead'] } as const
  return { kind: 'model', aggregateId: id, aggregateVersion: version, at, actor, event: { type: 'made', v: 1 } }
}

describe.each(dialects)('the store on %s', async (_name, open) => {
  const store = await open()
  afterAll(() => store.close())
  const { db, t } = store

  it('brings instants, flags, numbers and JSON back as they were', async () => {
    const card = { z: 1, a: [1.5, null, { deep: 'ü' }], empty: {} }
    const row = {
      releaseId: 'types', code: 'T-1', modelId: 'm', environmentId: 'e', phase: 'preparing', isInFlight: true, risk: 'low', targetAt: at, overdueAt: null,
      teamsWaiting: ',ops,', people: '', card, brief: null, shape: 1, turnAt: null, openedAt: at, closedAt: null,
    }
    await store.commit({ writes: [write((tx) => tx.insert(t.releaseCard).values(row).returning({ id: t.releaseCard.releaseId }))] })
    const [back] = await db.select().from(t.releaseCard).where(eq(t.releaseCard.isInFlight, true))
    expect(back).toEqual(row)
    const evaluation = { id: 'v', ownerId: 'o', itemId: 'i', sourceId: null, at, verdict: 'pass' as const, value: 0.1 + 0.2, samples: 3, body: [] }
    await store.commit({ writes: [write((tx) => tx.insert(t.evaluation).values(evaluation).returning({ id: t.evaluation.id }))] })
    expect(await db.select().from(t.evaluation)).toEqual([evaluation])
  })

  it('lets one of several rivals win and leaves nothing of the others', async () => {
    await store.commit({ writes: [advanceWrite('model', 'rival', 0, { version: 1, state: { by: 'start' }, at })] })
    const tries = Array.from({ length: 8 }, (_, rival) =>
      store.commit({
        writes: [
          advanceWrite('model', 'rival', 1, { version: 2, state: { by: rival }, at }),
          write((tx) => tx.insert(t.modelRow).values({ id: `rival-${rival}`, slug: `rival-${rival}`, ownerTeam: null, isArchived: false, body: {} }).returning({ id: t.modelRow.id })),
        ],
      }),
    )
    const ended = await Promise.allSettled(tries)
    expect(ended.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
    expect(ended.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])).every((reason) => reason instanceof AggregateConflict)).toBe(true)
    expect(await db.select().from(t.modelRow)).toHaveLength(1)
    expect((await loadAggregate(store, 'model', 'rival'))?.version).toBe(2)
  })

  it('rolls back what came before a missed guard, a held version that moved on, and a taken unique value', async () => {
    const insert = (id: string, slug: string) =>
      write((tx) => tx.insert(t.modelRow).values({ id, slug, ownerTeam: null, isArchived: false, body: {} }).returning({ id: t.modelRow.id }))
    await expect(store.commit({ writes: [insert('x1', 'x1'), holdWrite('model', 'rival', 1)] })).rejects.toBeInstanceOf(AggregateConflict)
    await expect(store.commit({ writes: [holdWrite('model', 'rival', 2), insert('x2', 'x2')], entries: [entry('x2', 1), entry('x2', 1)] })).rejects.toBeInstanceOf(AggregateConflict)
    await store.commit({ writes: [insert('x3', 'taken')] })
    await expect(store.commit({ writes: [insert('x4', 'taken')] })).rejects.toBeInstanceOf(AggregateConflict)
    expect((await db.select().from(t.modelRow)).map((row) => row.id).filter((id) => id.startsWith('x'))).toEqual(['x3'])
  })

  it('never forks the chain, whatever races', async () => {
    const before = await verifyChain(store)
    await Promise.all(Array.from({ length: 60 }, (_, index) => store.commit({ writes: [], entries: [entry(`fork-${index}`, 1), entry(`fork-${index}`, 2)] })))
    const after = await verifyChain(store)
    const start = before.verdict === 'sound' ? before.head : GENESIS
    expect(after).toMatchObject({ verdict: 'sound', head: { seq: start.seq + 120 } })
  })

  it('takes an idempotency key once', async () => {
    const use = (answer: number) => store.commit({ writes: [], idempotency: { actorId: 'p', key: 'k', answer, at } })
    const ended = await Promise.allSettled([use(1), use(2)])
    expect(ended.map((end) => (end.status === 'rejected' ? end.reason instanceof IdempotencyConflict : 'won'))).toEqual(['won', true])
    expect(await firstAnswer(store, 'p', 'k')).toEqual({ answer: 1 })
    expect(await firstAnswer(store, 'other', 'k')).toBeNull()
  })

  it('refuses to change or drop entries, and to edit words', async () => {
    await expect(Promise.resolve(db.update(t.logEntry).set({ body: '{}' }).returning())).rejects.toThrow()
    await expect(Promise.resolve(db.delete(t.logEntry).returning())).rejects.toThrow()
    await expect(Promise.resolve(db.update(t.logHead).set({ seq: 0 }).returning())).rejects.toThrow()
    const row = textRow('as it was said', 'model', 'm', null, 'p')
    await store.commit({ writes: [], texts: [row] })
    await expect(Promise.resolve(db.update(t.freeText).set({ text: 'as it suits' }).returning())).rejects.toThrow()
    await expect(Promise.resolve(db.delete(t.freeText).returning())).rejects.toThrow()
    expect((await verifyChain(store)).verdict).toBe('sound')
    expect(await eraseTexts(store, { hashes: [row.hash] }, at)).toEqual([row.hash])
    expect((await verifyChain(store)).verdict).toBe('sound')
  })

  it('loads more aggregates than one statement takes', async () => {
    const ids = Array.from({ length: 1100 }, (_, index) => `many-${index}`)
    await store.commit({ writes: ids.map((id) => advanceWrite('template', id, 0, { version: 1, state: { id }, at })) })
    expect((await loadAggregates(store, 'template', ids)).size).toBe(1100)
    expect((await loadAggregates(store, 'template', 'all')).size).toBe(1100)
    expect((await loadAggregates(store, 'template', [])).size).toBe(0)
  })
})

describe('sealing', () => {
  it('replaces texts at any depth, keeps everything else, and never gives two texts one seal', () => {
    const event = { type: 'made', v: 1, title: { text: 'same' }, list: [{ note: { text: 'same' }, n: 1, gone: undefined }], already: { sealed: 'abc' }, text: 'machine word', pair: { text: 'a', other: 1 } }
    const { changes, texts } = sealEvents([{ kind: 'person', id: 'p9', events: [event] }], 'p1')
    const [first, second] = texts
    expect(texts).toHaveLength(2)
    expect(first?.hash).not.toBe(second?.hash)
    expect(first).toMatchObject({ text: 'same', ownerKind: 'person', ownerId: 'p9', subjectId: 'p9', authorId: 'p1' })
    expect(changes[0]?.events[0]).toEqual({
      type: 'made', v: 1, title: { sealed: first?.hash }, list: [{ note: { sealed: second?.hash }, n: 1 }], already: { sealed: 'abc' }, text: 'machine word', pair: { text: 'a', other: 1 },
    })
  })
})

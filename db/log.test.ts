import { afterAll, describe, expect, it } from 'vitest'
import type { Entry, Head } from '@/db/chain'
import { link, bodyOf } from '@/db/chain'
import { advanceWrite } from '@/db/aggregate'
import { verifyChain, verifyStates } from '@/db/log'
import { textRow } from '@/db/seal'
import type { Store } from '@/db/store'
import type { DomainEvent } from '@/lib/domain/aggregate'
import { freshMemory } from '@/db/testing/stores'

const at = new Date('2026-01-02T03:04:05.678Z')

function entry(version: number, by = 1): Entry {
  const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const
  return { kind: 'model', aggregateId: 'm', aggregateVersion: version, at, actor, event: Object.assign({ type: 'made', v: 1 }, { by }) }
}

/** Ten entries, then whatever a meddler with the file does once the triggers are gone. */
async function meddledWith(sql: (store: Store) => void): Promise<Store> {
  const store = await freshMemory()
  await store.commit({ writes: [], texts: [textRow('said', 'model', 'm', null, 'p')], entries: Array.from({ length: 10 }, (_, index) => entry(index + 1)) })
  for (const name of ['log_entry_no_update', 'log_entry_no_delete', 'log_head_forward', 'free_text_only_erase']) store.sqlite?.exec(`drop trigger ${name}`)
  sql(store)
  return store
}

describe('verifyChain', () => {
  const cases: readonly [string, string, object][] = [
    ['nothing', 'select 1', { verdict: 'sound' }],
    ['an altered body', `update log_entry set body = replace(body, '"by":1', '"by":2') where seq = 4`, { verdict: 'altered', seq: 4 }],
    ['an altered column', `update log_entry set actor_id = 'somebody' where seq = 4`, { verdict: 'altered', seq: 4 }],
    ['a middle that is gone', 'delete from log_entry where seq in (5, 6)', { verdict: 'missing', seq: 5, next: 7 }],
    ['a tail that is gone', 'delete from log_entry where seq > 8', { verdict: 'truncated', seq: 8, expected: 10 }],
    ['a head set back', 'update log_head set seq = 3', { verdict: 'head', seq: 3 }],
    ['altered words', `update free_text set text = 'meant'`, { verdict: 'words' }],
  ]
  it.each(cases)('finds %s', async (_name, sql, expected) => {
    const store = await meddledWith((open) => open.sqlite?.exec(sql))
    expect(await verifyChain(store)).toMatchObject(expected)
    await store.close()
  })

  it('finds a tail that is gone together with its head, and a chain that was written anew, by a checkpoint', async () => {
    const checkpoint: Head = await headOf(await meddledWith(() => undefined))
    const cut = await meddledWith((store) => store.sqlite?.exec('delete from log_entry where seq > 8; update log_head set seq = 8, hash = (select hash from log_entry where seq = 8)'))
    expect((await verifyChain(cut)).verdict).toBe('sound')
    expect(await verifyChain(cut, checkpoint)).toEqual({ verdict: 'truncated', seq: 8, expected: 10 })
    const anew = await meddledWith((store) => rewrite(store))
    expect((await verifyChain(anew)).verdict).toBe('sound')
    expect(await verifyChain(anew, checkpoint)).toEqual({ verdict: 'rewritten', seq: 10 })
  })

  it('finds an entry that follows another predecessor', async () => {
    const store = await meddledWith((open) => {
      const other = link({ seq: 4, hash: 'e'.repeat(64) }, [entry(5)], [bodyOf(entry(5))]).rows[0]
      open.sqlite?.prepare('update log_entry set prev_hash = ?, hash = ?, body = ? where seq = 5').run(other?.prevHash, other?.hash, other?.body)
    })
    expect(await verifyChain(store)).toEqual({ verdict: 'forked', seq: 5 })
  })
})

describe('verifyStates', async () => {
  const store = await freshMemory()
  afterAll(() => store.close())
  const foldings = {
    model: { apply: (state: { n: number } | null, event: DomainEvent & { by: number }) => ({ n: (state?.n ?? 0) + event.by }) },
  }
  const advance = (id: string, seen: number, version: number, n: number) => advanceWrite('model', id, seen, { version, state: { n }, at })

  it('agrees while states are what the log says, and names those that are not', async () => {
    await store.commit({ writes: [advance('m', 0, 2, 7)], entries: [entry(1, 3), entry(2, 4)] })
    expect(await verifyStates(store, foldings)).toEqual([])
    store.sqlite?.exec(`update aggregate set state = '{"n":8}' where id = 'm'`)
    expect(await verifyStates(store, foldings)).toEqual([{ kind: 'model', id: 'm', fault: 'state' }])
    store.sqlite?.exec(`update aggregate set version = 3 where id = 'm'`)
    expect(await verifyStates(store, foldings)).toEqual([{ kind: 'model', id: 'm', fault: 'version' }])
    await store.commit({ writes: [advance('ghost', 0, 1, 1)] })
    store.sqlite?.exec(`delete from aggregate where id = 'm'`)
    expect(await verifyStates(store, foldings)).toEqual([{ kind: 'model', id: 'm', fault: 'unstored' }, { kind: 'model', id: 'ghost', fault: 'unlogged' }])
  })
})

async function headOf(store: Store): Promise<Head> {
  const verdict = await verifyChain(store)
  if (verdict.verdict !== 'sound') throw new Error('not sound')
  return verdict.head
}

function rewrite(store: Store): void {
  const entries = Array.from({ length: 10 }, (_, index) => entry(index + 1, 9))
  const { rows, head } = link({ seq: 0, hash: String(store.sqlite?.prepare('select prev_hash from log_entry where seq = 1').pluck().get()) }, entries, entries.map(bodyOf))
  for (const row of rows) store.sqlite?.prepare('update log_entry set body = ?, prev_hash = ?, hash = ? where seq = ?').run(row.body, row.prevHash, row.hash, row.seq)
  store.sqlite?.prepare('update log_head set hash = ?').run(head.hash)
}

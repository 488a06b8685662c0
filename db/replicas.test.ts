import { expect, it } from 'vitest'
import { advanceWrite, loadAggregate } from '@/db/aggregate'
import type { Entry } from '@/db/chain'
import { logHead, verifyChain } from '@/db/log'
import { openStore, type Store } from '@/db/store'
import { hasPostgres, startPostgres } from '@/db/testing/postgres-server'
import { migrationsFolder } from '@/db/testing/stores'
import { AggregateConflict } from '@/db/write'

const at = new Date('2026-01-02T03:04:05.678Z')

function entry(id: string, version: number): Entry {
  const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const
  return { kind: 'model', aggregateId: id, aggregateVersion: version, at, actor, event: { type: 'made', v: 1 } }
}

/** Raises a shared counter once, deciding again on each conflict, as `execute` does. */
async function raise(store: Store): Promise<void> {
  for (;;) {
    const seen = (await loadAggregate(store, 'model', 'shared'))?.version ?? 0
    try {
      await store.commit({ writes: [advanceWrite('model', 'shared', seen, { version: seen + 1, state: {}, at })], entries: [entry('shared', seen + 1)] })
      return
    } catch (error) {
      if (!(error instanceof AggregateConflict)) throw error
    }
  }
}

it.skipIf(!hasPostgres())('several replicas on one Postgres keep one chain and lose no command', { timeout: 60_000 }, async () => {
  const server = await startPostgres()
  const open = () => openStore(server.url, { migrate: true, migrations: migrationsFolder })
  // all at once: they wait for each other with the migrations, too
  const replicas = await Promise.all([open(), open(), open()])
  try {
    await Promise.all(
      replicas.flatMap((store, replica) =>
        Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? raise(store) : store.commit({ writes: [], entries: [entry(`own-${replica}-${index}`, 1)] }))),
      ),
    )
    const [first, second] = replicas
    if (!first || !second) throw new Error('no replica')
    const heard = new Promise((resolve) => void second.relay?.hear(resolve).then(() => first.relay?.say('a word')))
    expect(await heard).toBe('a word')
    expect(await logHead(first)).toMatchObject({ seq: 90 })
    expect((await verifyChain(first)).verdict).toBe('sound')
    expect((await loadAggregate(first, 'model', 'shared'))?.version).toBe(30)
    const [row] = await first.db.select().from(first.t.logHead)
    expect(row?.seq).toBe(90)
  } finally {
    for (const store of replicas) await store.close()
    await server.stop()
  }
})

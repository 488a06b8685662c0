import { afterAll, expect, it } from 'vitest'
import { advanceWrite, loadAggregate } from '@/db/aggregate'
import type { Entry } from '@/db/chain'
import { rebuild } from '@/db/rebuild'
import { verifyStates } from '@/db/log'
import { freshMemory } from '@/db/testing/stores'
import { write } from '@/db/write'
import type { DomainEvent } from '@/lib/domain/aggregate'

const store = await freshMemory()
afterAll(() => store.close())
const at = new Date('2026-01-02T03:04:05.678Z')
const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const
const entry = (aggregateVersion: number): Entry => ({ kind: 'model', aggregateId: 'm', aggregateVersion, at, actor, event: { type: 'made', v: 1 } })

it('writes states and lists anew from the log', async () => {
  await store.commit({ writes: [advanceWrite('model', 'm', 0, { version: 2, state: { old: true }, at })], entries: [entry(1), entry(2)] })
  const rules = {
    foldings: { model: { apply: (state: { n: number } | null, _event: DomainEvent) => ({ n: (state?.n ?? 0) + 1 }) } },
    projections: {
      model: {
        project: (id: string, state: { n: number }) => [
          write(
            (tx, { modelRow }) =>
              tx
                .insert(modelRow)
                .values({ id, slug: `s${state.n}`, ownerTeam: null, isArchived: false, body: {} })
                .onConflictDoUpdate({ target: modelRow.id, set: { slug: `s${state.n}` } })
                .returning({ id: modelRow.id }),
          ),
        ],
      },
    },
  }
  expect(await rebuild(store, rules)).toBe(1)
  expect(await rebuild(store, rules)).toBe(1)
  expect(await loadAggregate(store, 'model', 'm')).toEqual({ version: 2, state: { n: 2 } })
  expect((await store.db.select().from(store.t.modelRow)).map((row) => row.slug)).toEqual(['s2'])
  expect(await verifyStates(store, rules.foldings)).toEqual([])
})

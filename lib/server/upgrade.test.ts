/** Databases as earlier versions left them (db/testing/upgrades): each is migrated, verifies, folds to what today's rules say, and goes on working. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { v7 as uuid } from 'uuid'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { verifyChain, verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import { openStore } from '@/db/store'
import { migrationsFolder } from '@/db/testing/stores'
import { registry } from '@/lib/domain/registry'
import { cardOf } from '@/lib/domain/release/card'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import { renewStates } from './renew-states'

const folder = join(migrationsFolder, '..', 'testing', 'upgrades')

it.each(readdirSync(folder))('%s', { timeout: 60_000 }, async (name) => {
  const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-upgrade-'))
  try {
    const file = join(scratch, 'old.db')
    writeFileSync(file, brotliDecompressSync(readFileSync(join(folder, name))))
    const store = await openStore(`file:${file}`, { migrate: true, migrations: migrationsFolder })
    expect(await renewStates(store, 'the rules of today')).toBeGreaterThan(30)
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    expect(await verifyStates(store)).toEqual([])

    const now = new Date('2026-11-22T16:00:00.000Z')
    const releases = [...(await loadAggregates(store, 'release', 'all')).values()].map(({ state }) => state)
    expect(releases.map((state) => cardOf(state, now).pill.label).toSorted()).toEqual(['At risk', 'Rolled back', 'Stable'])
    const [destination] = (await loadAggregates(store, 'destination', 'all')).values()
    expect(destination?.state).toMatchObject({ kind: 'slack', signedSince: null })

    // The old chain is continued by the new links.
    const atRisk = releases.find((state) => cardOf(state, now).pill.label === 'At risk')
    if (!atRisk) throw new Error('nothing is at risk')
    const person = [...(await loadAggregates(store, 'person', 'all')).values()].find(({ state }) => state.memberships.some((one) => one.team === 'product' && one.role === 'lead'))
    if (!person) throw new Error('nobody leads')
    const actor = { kind: 'person' as const, personId: person.state.id, name: 'Lead', memberships: [...person.state.memberships], isAdmin: false, delegatedBy: [] }
    const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind: 'release', id: atRisk.id, command: { type: 'hold', reason: 'after the upgrade', checkInId: null }, actor, key: uuid() })
    expect(result).toMatchObject({ ok: true })
    expect((await loadAggregate(store, 'release', atRisk.id))?.state.hold).not.toBeNull()
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    await store.close()
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
})

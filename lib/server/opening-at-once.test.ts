/** Many releases of one model opened at the same moment: each is opened, or refused for a reason that is true. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAggregates } from '@/db/aggregate'
import { verifyChain, verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call, type Result } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { openingOf } from '@/lib/server/testing/opening'

const setup: Actor = { kind: 'system', name: 'setup' }
const evaluator: Actor = { kind: 'system', name: 'evaluator' }
const MODEL = id(100)
const TARGET = id(200)
const MANY = 20

let store: Store
let count = 0
const order = (kind: Call['kind'], target: string, command: unknown, actor: Actor, turns?: Map<string, Promise<unknown>>) =>
  executeIn({ store, contexts, foldings: registry, projections, ...(turns ? { turns } : {}) }, { kind, id: target, command, actor, key: `k${(count += 1)}` })

async function must(kind: Call['kind'], target: string, command: unknown, actor: Actor): Promise<void> {
  const result = await order(kind, target, command, actor)
  if (!result.ok) throw new Error(result.refusal.message)
}

const openCommand = (versionId: string) => openingOf(MODEL, versionId, TARGET)

const codes = (results: readonly Result[]) => results.map((one) => (one.ok ? 'opened' : one.refusal.code))

beforeAll(async () => {
  store = await freshMemory()
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: SIX.pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: SIX.pia.memberships } }, setup)
  await seedTemplates(new Date(), (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call))
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'fraud', purpose: 'Stops card fraud', ownerTeam: 'data-science', codePrefix: 'FRAUD' }, SIX.pia)
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  for (let n = 1; n <= 2 * MANY + 1; n += 1) await must('model', MODEL, { type: 'add-version', versionId: id(300 + n), label: `4.${n}.0`, artefact: `models:/fraud/${n}`, digest: null, codeCommit: null, data: null, behaviour }, SIX.pia)
  await must('environment', TARGET, { type: 'add-environment', slug: 'prod-eu', name: 'production-eu', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' }, SIX.pia)
}, 60_000)
afterAll(() => store.close())

describe('openings at the same moment', () => {
  it('of twenty versions in one process are all opened, each with its own code', async () => {
    const results = await Promise.all(Array.from({ length: MANY }, (_, i) => order('release', id(1000 + i), openCommand(id(301 + i)), SIX.pia)))
    expect(codes(results)).toEqual(Array.from({ length: MANY }, () => 'opened'))
    const releases = [...(await loadAggregates(store, 'release', 'all')).values()].map(({ state }) => state.code)
    expect(new Set(releases).size).toBe(MANY)
  })

  it('of one version are opened once, and the others told that it is taken', async () => {
    const results = await Promise.all(Array.from({ length: MANY }, (_, i) => order('release', id(2000 + i), openCommand(id(301 + MANY)), SIX.pia)))
    expect(codes(results).filter((code) => code === 'opened')).toHaveLength(1)
    expect(codes(results).filter((code) => code === 'exists')).toHaveLength(MANY - 1)
  })

  it('on several replicas, while verdicts turn on their siblings, are all opened', async () => {
    const replicas = Array.from({ length: 3 }, () => new Map<string, Promise<unknown>>())
    const stream = new Map<string, Promise<unknown>>()
    let isOver = false
    const verdicts = (async () => {
      for (let n = 0; !isOver; n += 1) {
        const verdict = n % 2 === 0 ? 'pass' : 'fail'
        await order('release', id(1000), { type: 'record-verdict', itemId: '5.6', verdict, value: 1, samples: 100, reason: '', query: 'up', at: new Date().toISOString(), series: [] }, evaluator, stream)
        await new Promise((resolve) => { setImmediate(resolve) })
      }
    })()
    const results = await Promise.all(Array.from({ length: MANY - 1 }, (_, i) => order('release', id(3000 + i), openCommand(id(302 + MANY + i)), SIX.pia, replicas[i % 3])))
    isOver = true
    await verdicts
    expect(codes(results).every((code) => code === 'opened'), codes(results).join()).toBe(true)
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    expect(await verifyStates(store)).toEqual([])
  })
})

/** What the log says would have been sent is what was sent: told again by the same functions, with and without a rule. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { EVENT_KINDS } from '@/lib/domain/message/event-kind'
import { messageSchema } from '@/lib/domain/message/message'
import { EVERYTHING } from '@/lib/domain/notice/routing'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { openingOf } from '@/lib/server/testing/opening'
import { wouldHaveSent } from './would-have'

const setup: Actor = { kind: 'system', name: 'setup' }
const { pia, dana, olga } = SIX
const [MODEL, TARGET, RELEASE, PLACE] = [id(100), id(200), id(400), id(500)]
const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

let store: Store
let count = 0
const began = Date.now() - 3_600_000
async function must(kind: Call['kind'], target: string, command: unknown, actor: Actor): Promise<void> {
  count += 1
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor, key: `k${count}`, now: new Date(began + count * 1_000) })
  if (!result.ok) throw new Error(result.refusal.message)
}

beforeAll(async () => {
  store = await freshMemory()
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: pia.memberships } }, setup)
  await seedTemplates(new Date(began), (call) => executeIn({ store, contexts, foldings: registry, projections }, call))
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'fraud-scorer', purpose: 'Stops card fraud', ownerTeam: 'data-science', codePrefix: 'FRAUD' }, dana)
  await must('model', MODEL, { type: 'add-version', versionId: id(301), label: '4.1.0', artefact: 'models:/fraud/1', digest: null, codeCommit: null, data: null, behaviour }, dana)
  await must('environment', TARGET, { type: 'add-environment', slug: 'prod-eu', name: 'production-eu', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' }, olga)
  await must('destination', PLACE, { type: 'add-destination', kind: 'slack', name: 'all', team: null, eventKinds: EVENT_KINDS, secretId: id(501), hint: 'hint' }, setup).catch(() => must('destination', PLACE, { type: 'add-destination', kind: 'slack', name: 'all', team: null, eventKinds: EVENT_KINDS, secretId: id(501), hint: 'hint' }, { ...pia, isAdmin: true }))
  await must('release', RELEASE, openingOf(MODEL, id(301), TARGET), pia)
  await must('release', RELEASE, { type: 'hold', reason: 'The upstream schema changes on Monday.', checkInId: null }, olga)
  await must('release', RELEASE, { type: 'resume', reason: 'It did not.' }, olga)
  await must('release', RELEASE, { type: 'comment', commentId: id(600), text: 'Look at this', gateId: null, itemId: null, mentions: [dana.personId] }, olga).catch(() => undefined)
})
afterAll(() => store.close())

it('tells from the log what was told then', async () => {
  const sent = (await listDeliveries(store, { destinationId: PLACE, limit: 100 })).map((one) => messageSchema.parse(one.payload)).map(({ happenedAt, title, whatChanged, path }) => ({ at: happenedAt, title, changed: whatChanged, path }))
  const would = await wouldHaveSent(store, { id: '', team: null, eventKinds: EVENT_KINDS }, new Date())
  expect(sent.length).toBeGreaterThan(2)
  expect(would.messages.map(({ at, title, changed, path }) => ({ at, title, changed, path }))).toEqual(sent)
  expect(would.count).toBe(sent.length)
  expect(would.messages.filter((one) => one.isUrgent).map((one) => one.eventKind)).toContain('hold')
})

it('keeps to the rule, to the days, and writes nothing', async () => {
  const none = await wouldHaveSent(store, { id: '', team: null, eventKinds: EVENT_KINDS, routing: { ...EVERYTHING, models: { anyOf: [], noneOf: [MODEL] } } }, new Date())
  expect(none).toEqual({ days: 7, count: 0, messages: [] })
  expect((await wouldHaveSent(store, { id: '', team: null, eventKinds: ['hold'] }, new Date())).messages.map((one) => one.eventKind)).toEqual(['hold'])
  expect((await wouldHaveSent(store, { id: '', team: null, eventKinds: EVENT_KINDS }, new Date(began + 10 * 86_400_000))).count).toBe(0)
})

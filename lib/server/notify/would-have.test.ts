/** What the log says would have been sent is what was sent: told again by the same functions, with and without a rule. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { entriesOf } from '@/db/log'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { EVENT_KINDS } from '@/lib/domain/message/event-kind'
import { messageSchema } from '@/lib/domain/message/message'
import type { LoggedEvent } from '@/lib/domain/message/past'
import { pastSteps } from '@/lib/domain/message/release-step'
import { EVERYTHING } from '@/lib/domain/notice/routing'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { openingOf } from '@/lib/server/testing/opening'
import { turnCheckIns } from '@/lib/server/check-in/turn'
import { wouldHaveSent } from './would-have'

const setup: Actor = { kind: 'system', name: 'setup' }
const { pia, dana, olga } = SIX
const [MODEL, TARGET, RELEASE, PLACE, MEETING, WRITTEN] = [id(100), id(200), id(400), id(500), id(700), id(701)]
const LIVE = `${MODEL}:${TARGET}`
const alertmanager: Actor = { kind: 'token', tokenId: id(9), name: 'alertmanager', scopes: ['alert'], modelIds: [] }
const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

let store: Store
let count = 0
const began = Date.now() - 2 * 86_400_000
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
  // What a command on one thing does to another is told by the first alone: the release's baseline moves, and nobody hears of the release.
  await must('model', MODEL, { type: 'add-version', versionId: id(302), label: '4.0.0', artefact: 'models:/fraud/0', digest: null, codeCommit: null, data: null, behaviour }, dana)
  await must('live', LIVE, { type: 'adopt', versionId: id(302), since: '2026-01-01T00:00:00Z', note: 'It serves.' }, dana)
  const alerted = { type: 'record-alert', fingerprint: 'a1', startsAt: '2026-03-02T10:00:00.000Z', endsAt: null, name: 'ModelErrors', severity: 'critical', summary: 'Errors at 4 %', labels: { model: 'fraud', version: '4.0.0' }, sourceUrl: null }
  await must('live', LIVE, alerted, alertmanager)
  await must('live', LIVE, { ...alerted, endsAt: '2026-03-02T11:00:00.000Z' }, alertmanager)
  const plan = { title: 'Weekly', zone: 'UTC', durationMinutes: 30, teams: ['product', 'ops'], releaseIds: [RELEASE], previousId: null }
  await must('check-in', MEETING, { type: 'schedule', ...plan, startsAt: new Date(began).toISOString() }, pia)
  await must('check-in', MEETING, { type: 'add-topic', topicId: id(710), title: 'The data contract', releaseId: null, gateId: null }, olga)
  await must('check-in', MEETING, { type: 'start' }, pia)
  await must('check-in', MEETING, { type: 'add-action', actionId: id(711), topicId: null, title: 'Ask legal again', ownerId: pia.personId, team: null, dueAt: null }, pia)
  await must('check-in', MEETING, { type: 'close' }, pia)
  const startsAt = new Date(began + count * 1_000)
  await must('check-in', WRITTEN, { type: 'schedule', ...plan, startsAt: startsAt.toISOString(), answerBy: new Date(startsAt.getTime() + 8 * 3_600_000).toISOString() }, pia)
  const run = (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call)
  for (const hours of [0, 7, 7.5, 9]) await turnCheckIns(store, new Date(startsAt.getTime() + hours * 3_600_000), run)
})
afterAll(() => store.close())

const byTime = (a: { readonly at: string; readonly title: string }, b: typeof a): number => (`${b.at} ${b.title}` < `${a.at} ${a.title}` ? -1 : 1)

it('tells from the log what was told then', async () => {
  const sent = (await listDeliveries(store, { destinationId: PLACE, limit: 100 })).map((one) => messageSchema.parse(one.payload)).map(({ happenedAt, title, whatChanged, path }) => ({ at: happenedAt, title, changed: whatChanged, path })).toSorted(byTime)
  const would = await wouldHaveSent(store, { id: '', team: null, eventKinds: EVENT_KINDS }, new Date())
  expect(sent.length).toBeGreaterThan(2)
  expect(would.messages.map(({ at, title, changed, path }) => ({ at, title, changed, path })).toSorted(byTime)).toEqual(sent)
  const kinds = would.messages.map((one) => one.eventKind)
  for (const kind of ['gate-waiting', 'hold', 'alert', 'minutes'] as const) expect(kinds).toContain(kind)
  expect(would.messages.filter((one) => one.title.includes('answers are due'))).toHaveLength(1)
  expect(would.count).toBe(sent.length)
  expect(would.messages.filter((one) => one.isUrgent).map((one) => one.eventKind)).toContain('hold')
})

it('keeps to the rule, to the days, and writes nothing', async () => {
  const none = await wouldHaveSent(store, { id: '', team: null, eventKinds: EVENT_KINDS, routing: { ...EVERYTHING, models: { anyOf: [], noneOf: [MODEL] } } }, new Date())
  // Check-ins are about no single model.
  expect(new Set(none.messages.map((one) => one.eventKind))).toEqual(new Set(['minutes']))
  const ofTeam = await wouldHaveSent(store, { id: '', team: null, eventKinds: ['minutes'], routing: { ...EVERYTHING, teams: { anyOf: ['data-science'], noneOf: [] } } }, new Date())
  expect(ofTeam).toEqual({ days: 7, count: 0, messages: [] })
  expect((await wouldHaveSent(store, { id: '', team: null, eventKinds: ['hold'] }, new Date())).messages.map((one) => one.eventKind)).toEqual(['hold'])
  expect((await wouldHaveSent(store, { id: '', team: null, eventKinds: EVENT_KINDS }, new Date(began + 10 * 86_400_000))).count).toBe(0)
})

it('leaves to others what their commands did to a release, and goes on from the state that they left', async () => {
  const entries = (await entriesOf(store, 'release', RELEASE, { limit: 100 })).toReversed()
  const logged = entries.map(({ at, actor, event }): LoggedEvent => ({ at, event, actorName: 'Olga', isSystem: false, command: actor.name.sealed, isOwn: event.type !== 'held' && !entries.some((one) => one.event.type === 'held' && one.actor.name.sealed === actor.name.sealed) }))
  const words = { teamName: (team: string) => team, reveal: () => null }
  const told = (all: readonly LoggedEvent[]) => pastSteps(all, new Date(0), [], words).steps.flatMap((step) => step.events.map((event) => event.type))
  expect(told(logged.map((one) => ({ ...one, isOwn: true })))).toContain('held')
  expect(told(logged)).not.toContain('held')
  expect(told(logged)).toContain('resumed')
  expect(pastSteps(logged, new Date(0), [], words).steps.find((step) => step.events.some((event) => event.type === 'resumed'))?.before?.state.hold).not.toBeNull()
})

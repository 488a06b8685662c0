/** What time alone tells, from a real release in a real store to the bytes of Slack and of an e-mail: once each, to whom it concerns, as they wish. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import { keyRing, putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { STANDARD } from '@/lib/domain/notice/preferences'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { openingOf } from '@/lib/server/testing/opening'
import type { Mail } from './mail'
import { secretKey } from './secret-key'
import { startWorker } from './worker'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
const { tellNotices } = await import('./notices')

const setup: Actor = { kind: 'system', name: 'setup' }
const { pia, paul, dana, olga, omar } = SIX
const [MODEL, TARGET, RELEASE, PLACE] = [id(100), id(200), id(400), id(500)]
const DAY = 86_400_000
/** A Monday, eight in the morning. */
const MONDAY = Date.parse('2026-11-23T08:00:00Z')
const at = (days: number): Date => new Date(MONDAY + days * DAY)

let store: Store
let count = 0
let mails: Mail[] = []
let posts: string[] = []
async function must(kind: Call['kind'], target: string, command: unknown, actor: Actor, now = at(0)): Promise<void> {
  count += 1
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor, key: `k${count}`, now: new Date(now.getTime() + count) })
  if (!result.ok) throw new Error(result.refusal.message)
}
const tell = (now: Date): Promise<number> => tellNotices(store, now, { withReleases: true, hasMail: true })

/** Lets everything out that is due by then. */
async function deliver(now: Date): Promise<void> {
  const worker = startWorker({
    store, ring: keyRing('a secret of at least thirty-two characters'), publicUrl: 'https://gate.example', allowedHosts: [], gapMs: 0, now: () => new Date(now.getTime() + 120_000), disable: async () => {},
    post: (_url, { body }) => { posts.push(body); return Promise.resolve({ kind: 'answered', status: 200, body: 'ok', retryAfter: null }) },
    mail: (mail) => { mails.push(mail); return Promise.resolve({ kind: 'answered', status: 250, body: '250 ok', retryAfter: null }) },
  })
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(10)) {
    worker.wake()
    if ((await listDeliveries(store, { states: ['pending', 'leased'], limit: 50 })).length === 0) break
  }
  await worker.stop(500)
}

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  const admin: Actor = { ...pia, isAdmin: true }
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: pia.memberships } }, setup)
  await seedTemplates(at(0), (call) => executeIn({ store, contexts, foldings: registry, projections }, call))
  for (const one of [paul, dana, olga, omar]) await must('person', one.personId, { type: 'register', name: one.name, email: `${one.name.toLowerCase()}@acme.example`, memberships: one.memberships, isAdmin: false }, setup)
  await must('person', omar.personId, { type: 'set-preferences', timeZone: null, theme: 'system', slackMemberId: 'U0MAR4711' }, omar)
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'fraud-scorer', purpose: 'Stops card fraud', ownerTeam: 'data-science', codePrefix: 'FRAUD' }, dana)
  await must('model', MODEL, { type: 'add-version', versionId: id(301), label: '4.1.0', artefact: 'models:/fraud/1', digest: null, codeCommit: null, data: null, behaviour: { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null } }, dana)
  await must('environment', TARGET, { type: 'add-environment', slug: 'prod-eu', name: 'production-eu', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' }, olga)
  await putSecret(store, keyRing('a secret of at least thirty-two characters'), secretKey(id(501)), 'https://hooks.slack.com/services/T0/B0/aaaaaaaaaaaa')
  await must('destination', PLACE, { type: 'add-destination', kind: 'slack', name: 'ops', team: 'ops', eventKinds: ['reminder', 'digest', 'mention'], secretId: id(501), hint: 'hint' }, admin)
  await must('release', RELEASE, { ...openingOf(MODEL, id(301), TARGET), targetAt: at(20).toISOString() }, pia)
  await must('release', RELEASE, { type: 'add-action', actionId: id(601), title: 'Repeat the load test <!channel>', ownerId: omar.personId, team: 'ops', dueAt: at(2).toISOString(), checkInId: null }, olga)
})
beforeEach(() => { mails = []; posts = [] })
afterAll(() => store.close())

it('reminds of an action before, at and long after its date, its owner by name and at the end the leads, once each', async () => {
  await tell(at(0.9))
  expect(await tell(at(1.2))).toBeGreaterThan(0)
  expect(await tell(at(1.3))).toBe(0)
  await deliver(at(1.3))
  const before = posts.filter((text) => text.includes('is due on 2026-11-25'))
  expect(before).toHaveLength(1)
  expect(before[0]).toContain('For <@U0MAR4711>')
  expect(before[0]).not.toContain('<!channel>')
  expect(before[0]).toContain('https://gate.example/releases/FRAUD-1#actions')
  expect(mails.filter((mail) => mail.text.includes('is due on 2026-11-25')).map((mail) => mail.to)).toEqual([`${omar.name.toLowerCase()}@acme.example`])
  expect(mails[0]?.headers?.['List-Unsubscribe']).toBe('<https://gate.example/settings/account#notices>')

  posts = []
  mails = []
  // Both look at once, after a clock that jumped over two stages: only how it stands is told, and once.
  const [one, two] = await Promise.all([tell(at(6)), tell(at(6))])
  expect(one + two).toBeGreaterThan(0)
  await deliver(at(6))
  expect(posts.filter((text) => text.includes('the leads are told'))).toHaveLength(1)
  expect(posts.filter((text) => text.includes('was due on'))).toHaveLength(0)
  const late = mails.filter((mail) => mail.text.includes('the leads are told')).map((mail) => mail.to).sort()
  const leads = [pia, paul, dana, olga, omar].filter((person) => person.memberships.some((own) => own.team === 'ops' && own.role === 'lead')).map((person) => `${person.name.toLowerCase()}@acme.example`)
  expect(late).toEqual([...new Set([...leads, `${omar.name.toLowerCase()}@acme.example`])].sort())
})

it('reminds of the target date of a release', async () => {
  await putSecret(store, keyRing('a secret of at least thirty-two characters'), secretKey(id(503)), 'https://hooks.slack.com/services/T0/B0/bbbbbbbbbbbb')
  await must('destination', id(502), { type: 'add-destination', kind: 'slack', name: 'product', team: 'product', eventKinds: ['reminder'], secretId: id(503), hint: 'hint' }, { ...pia, isAdmin: true }, at(6.5))
  await tell(at(19.5))
  await tell(at(19.6))
  await deliver(at(19.7))
  expect(posts.filter((text) => text.includes('Target date is due on 2026-12-13'))).toHaveLength(1)
})

it('e-mails a mention once, unless the person does not want it or muted the release', async () => {
  const mention = (comment: number, to: string, now: Date) => must('release', RELEASE, { type: 'comment', commentId: id(comment), gateId: null, itemId: null, text: `Look ${comment}`, mentions: [to] }, olga, now)
  await mention(700, paul.personId, at(7))
  await mention(701, dana.personId, at(7))
  await must('person', dana.personId, { type: 'set-notices', ways: { ...STANDARD.ways, mention: { mail: false, channel: true } }, digest: null, muted: [] }, dana, at(7))
  await tell(at(7.01))
  await tell(at(7.02))
  await deliver(at(7.03))
  expect(mails.filter((mail) => mail.text.includes('Look 70')).map((mail) => mail.to)).toEqual([`${paul.name.toLowerCase()}@acme.example`])
  expect(posts.filter((text) => text.includes('Look 701') && text.includes(`For ${dana.name}`))).toHaveLength(1)
  await must('person', paul.personId, { type: 'set-notices', ways: STANDARD.ways, digest: null, muted: ['FRAUD-1'] }, paul, at(8))
  await mention(702, paul.personId, at(8))
  await tell(at(8.01))
  expect((await listDeliveries(store, { limit: 200 })).some((one) => one.topic === 'person' && JSON.stringify(one.payload).includes('Look 702'))).toBe(false)
})

it('sends a digest to the person who asked for one, and to the channel of a team when its day begins, once a day', async () => {
  await must('person', omar.personId, { type: 'set-notices', ways: STANDARD.ways, digest: { at: '08:30', zone: 'UTC' }, muted: [] }, omar, at(8))
  await must('release', RELEASE, { type: 'add-action', actionId: id(602), title: 'Order a GPU', ownerId: null, team: 'ops', dueAt: null, checkInId: null }, olga, at(8))
  await must('release', RELEASE, { type: 'add-action', actionId: id(603), title: 'Label the last week', ownerId: null, team: 'data-science', dueAt: null, checkInId: null }, olga, at(8))
  const none = { anyOf: [], noneOf: [] }
  const several = { models: none, environments: none, risks: none, severities: none, teams: { anyOf: ['ops', 'data-science', 'product'], noneOf: ['product'] } }
  await must('destination', id(504), { type: 'add-destination', kind: 'slack', name: 'two teams', team: null, eventKinds: ['digest'], routing: several, secretId: id(503), hint: 'hint' }, { ...pia, isAdmin: true }, at(8))
  await tell(new Date('2026-12-02T09:05:00Z'))
  await tell(new Date('2026-12-02T10:05:00Z'))
  const toSeveral = (await listDeliveries(store, { destinationId: id(504), limit: 10 })).map((one) => JSON.stringify(one.payload))
  expect(toSeveral.map((text) => /for (Ops|Product|Data science)/.exec(text)?.[1]).sort()).toEqual(['Data science', 'Ops'])
  await deliver(new Date('2026-12-02T10:05:00Z'))
  expect(mails.filter((mail) => mail.to === `${omar.name.toLowerCase()}@acme.example` && mail.subject.startsWith('Gatehouse:') && mail.text.includes('Repeat the load test'))).toHaveLength(1)
  expect(posts.filter((text) => text.includes('for Ops') && text.includes('Order a GPU'))).toHaveLength(2)
})

/** Subscriptions from the wish to the last message: two steps, one click to end it, no way to learn who subscribed, bounded asking. */
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keyRing } from '@/db/secret'
import { countSubscribers } from '@/db/status-subscriber'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { DEFAULT_TEAMS, INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import type { PublicStatus } from '@/lib/domain/status/status'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import type { Attempt } from '@/lib/server/notify/answer'
import type { Mail } from '@/lib/server/notify/mail'
import { keysFrom } from './keys'
import { askToSubscribe, confirmSubscription, endSubscription, type Subscribing } from './subscribers'
import { noteIncidents, sendDue, type Sending } from './tell'

vi.mock('@/lib/server/status/channels', () => ({ offeredChannels: () => ['email', 'slack', 'webhook'] }))

const secret = 'a secret of at least thirty-two characters'
const [keys, ring] = [keysFrom(secret), keyRing(secret)]
const SLACK = 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx'
const [personId, NOW] = [uuid(), new Date('2026-11-22T10:00:00.000Z')]
const after = (ms: number) => new Date(NOW.getTime() + ms)
const status = (at: string, text = 'We look into it.'): PublicStatus => ({
  title: 'Model status', zone: 'UTC', isIndexed: false, indicator: 'minor', headline: 'Slow', detail: '', components: [], moving: [],
  incidents: [{ id: 'abc', name: 'Slow <!channel>', kind: 'written', impact: 'minor', status: 'investigating', componentIds: [], startedAt: at, resolvedAt: null, updates: [{ status: 'investigating', at, text }] }],
})

let store: Store
let mails: Mail[] = []
let posts: { url: string; body: string; headers: Readonly<Record<string, string>> }[] = []
let answer: (url: string, body: string) => Attempt = () => ({ kind: 'answered', status: 200, body: 'ok', retryAfter: null })
const wish = (now = NOW): Subscribing => ({ store, keys, ring, webhookHosts: ['hooks.example'], now })
const sending = (): Sending => ({
  store, keys, ring, publicUrl: 'https://gate.example',
  mail: async (mail) => { mails.push(mail); return answer(mail.to, mail.text) },
  post: async (url, { body, headers }) => { posts.push({ url, body, headers }); return answer(url, body) },
})
const ask = (channel: string, address: string, client = '192.0.2.1', now = NOW) => askToSubscribe(wish(now), channel, address, client)
const codeIn = (text: string, kind: 'confirm' | 'unsubscribe') => new RegExp(`${kind === 'confirm' ? 'subscribe/confirm' : 'unsubscribe'}/([\\w-]{43})`).exec(text)?.[1] ?? ''
async function subscribed(address = 'reader@example.org'): Promise<void> {
  await ask('email', address)
  await sendDue(sending(), NOW)
  expect(await confirmSubscription(store, codeIn(mails.at(-1)?.text ?? '', 'confirm'), NOW)).toBe(true)
  mails = []
}

beforeEach(async () => {
  store = await freshMemory()
  mails = []
  posts = []
  answer = () => ({ kind: 'answered', status: 200, body: 'ok', retryAfter: null })
  const order = (command: unknown, actor: Parameters<typeof executeIn>[1]['actor']) => executeIn({ store, contexts, foldings: registry, projections }, { kind: 'installation', id: INSTALLATION_ID, command, actor, key: uuid() })
  await order({ type: 'set-up', name: 'Acme', admin: { id: personId, name: 'Mara', email: 'mara@example.org', memberships: [] } }, { kind: 'system', name: 'setup' })
  const admin = { kind: 'person' as const, personId, name: 'Mara', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' as const })) }
  const done = await order({ type: 'configure-status', title: 'Model status', zone: 'UTC', isIndexed: false, subscriptions: ['email', 'slack', 'webhook'] }, admin)
  expect(done.ok).toBe(true)
})
afterEach(() => store.close())

describe('by e-mail', () => {
  test('nothing is told before the address confirmed it; then each update once, with one click to end it', async () => {
    expect(await ask('email', ' reader@example.org ')).toBe('asked')
    await noteIncidents(store, status(NOW.toISOString()), NOW)
    await sendDue(sending(), NOW)
    expect(mails.map((mail) => mail.subject)).toEqual(['Confirm that you want to hear of incidents'])
    const code = codeIn(mails[0]?.text ?? '', 'confirm')
    expect(await confirmSubscription(store, code, after(1000))).toBe(true)
    expect(await confirmSubscription(store, code, after(2000))).toBe(false)
    expect(await countSubscribers(store)).toEqual({ email: 1, slack: 0, webhook: 0 })
    for (let turn = 0; turn < 3; turn += 1) {
      await noteIncidents(store, status(after(5000).toISOString()), after(6000))
      await sendDue(sending(), after(7000))
    }
    expect(mails).toHaveLength(2)
    expect(mails[1]?.subject).toBe('Investigating: Slow <!channel>')
    const end = codeIn(mails[1]?.headers?.['List-Unsubscribe'] ?? '', 'unsubscribe')
    expect(mails[1]?.headers).toEqual({ 'List-Unsubscribe': `<https://gate.example/status/unsubscribe/${end}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
    await endSubscription(store, end)
    expect(await countSubscribers(store)).toEqual({ email: 0, slack: 0, webhook: 0 })
    await noteIncidents(store, status(after(9000).toISOString()), after(9000))
    expect(await sendDue(sending(), after(9000))).toBe(0)
  })

  test('the answer is the same for every address, and an address gets only so many messages', async () => {
    await subscribed()
    expect(await ask('email', 'reader@example.org')).toBe('asked') // known already: silence
    for (let turn = 0; turn < 6; turn += 1) expect(await ask('email', 'victim@example.org', `192.0.2.${turn}`)).toBe('asked')
    for (let turn = 0; turn < 6; turn += 1) await sendDue(sending(), NOW)
    expect(mails.filter((mail) => mail.to === 'victim@example.org').length).toBeLessThanOrEqual(3)
    expect(mails.some((mail) => mail.to === 'reader@example.org')).toBe(false)
  })

  test('one machine can ask only so often', async () => {
    const came = []
    for (let turn = 0; turn < 12; turn += 1) came.push(await ask('email', `a${turn}@example.org`))
    expect(came.slice(0, 10).every((one) => one === 'asked')).toBe(true)
    expect(came.slice(10)).toEqual(['refused', 'refused'])
    expect(await ask('email', 'b@example.org', '192.0.2.9')).toBe('asked')
  })

  test('a wish that nobody confirmed in a day is void, and nothing of the address can be read in the database', async () => {
    await ask('email', 'reader@example.org')
    await sendDue(sending(), NOW)
    expect(await confirmSubscription(store, codeIn(mails[0]?.text ?? '', 'confirm'), after(86_400_001))).toBe(false)
    const stored = JSON.stringify(await Promise.all([store.db.select().from(store.t.statusSubscriber), store.db.select().from(store.t.statusNotice), store.db.select().from(store.t.loginAttempt)]))
    expect(stored).not.toContain('reader')
    expect(stored).not.toContain(codeIn(mails[0]?.text ?? '', 'confirm'))
  })

  test('what does not arrive is sent again, ever later, and then given up; an address that is gone is forgotten', async () => {
    await subscribed()
    answer = () => ({ kind: 'unreachable', reason: 'down' })
    await noteIncidents(store, status(after(1000).toISOString()), after(1000))
    for (const ms of [1000, 5000, 11_000, 71_000, 671_000, 4_271_000, 26_000_000, 90_000_000]) await sendDue(sending(), after(ms))
    expect(mails).toHaveLength(6)
    answer = () => ({ kind: 'answered', status: 550, body: 'no such user', retryAfter: null })
    await noteIncidents(store, status(after(100_000_000).toISOString()), after(100_000_000))
    await sendDue(sending(), after(100_000_000))
    expect(await countSubscribers(store)).toMatchObject({ email: 0 })
  })

  test('what is old when it is first seen is not told', async () => {
    await subscribed()
    await noteIncidents(store, status(NOW.toISOString()), after(3_700_000))
    expect(await sendDue(sending(), after(3_700_000))).toBe(0)
  })
})

test('a Slack channel confirms by its link, and what people wrote mentions nobody', async () => {
  expect(await ask('slack', SLACK)).toBe('asked')
  await sendDue(sending(), NOW)
  expect(await confirmSubscription(store, codeIn(posts[0]?.body ?? '', 'confirm'), NOW)).toBe(true)
  await noteIncidents(store, status(after(1000).toISOString(), 'see <https://evil.example|here> & <@U1>'), after(1000))
  await sendDue(sending(), after(1000))
  expect(posts[1]?.body).not.toMatch(/<!channel>|<@U1>|<https:\/\/evil/)
})

test('an endpoint confirms itself by its challenge, and only on hosts that the operator named', async () => {
  for (const url of ['https://other.example/x', 'http://127.0.0.1/x', 'http://169.254.169.254/', 'file:///etc/passwd', 'https://user:pw@hooks.example/x', 'https://hooks.example.evil.example/']) expect(await ask('webhook', url)).toBe('refused')
  expect(await ask('webhook', 'https://hooks.example/a')).toBe('asked')
  await sendDue(sending(), NOW)
  expect(await countSubscribers(store)).toMatchObject({ webhook: 0 }) // it answered "ok", which anything would
  answer = (_url, body) => ({ kind: 'answered', status: 200, body: JSON.stringify({ challenge: JSON.parse(body).challenge }), retryAfter: null })
  expect(await ask('webhook', 'https://hooks.example/b')).toBe('asked')
  await sendDue(sending(), NOW)
  expect(await countSubscribers(store)).toMatchObject({ webhook: 1 })
  await noteIncidents(store, status(after(1000).toISOString()), after(1000))
  await sendDue(sending(), after(1000))
  expect(JSON.parse(posts.at(-1)?.body ?? '{}')).toMatchObject({ type: 'status.incident', incident: { id: 'abc', url: 'https://gate.example/status/incidents/abc' } })
  const signing = posts.map(({ body }) => String(JSON.parse(body).signing_secret ?? ''))
  expect(new Set(signing).size).toBe(3) // two endpoints, and none in what is told
})

test('a way that nobody allowed is closed', async () => {
  for (const [channel, address] of [['fax', '123'], ['email', 'not an address'], ['email', 'a@b.example, c@d.example'], ['slack', 'https://evil.example/services/T0/B0/x'], ['', '']] as const) expect(await ask(channel, address)).toBe('refused')
})

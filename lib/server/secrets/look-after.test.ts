/** A change of GATEHOUSE_SECRET over a real store: with the earlier one given everything goes on; without it everything that is lost is said, and nothing else stands still. */
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkpointKeys } from '@/db/checkpoint'
import { projections } from '@/db/projections'
import { box, keyRing, putSecret, readSecret, UnreadableSecret } from '@/db/secret'
import { addNotices, confirmWish, countSubscribers, keepWish } from '@/db/status-subscriber'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { DEFAULT_TEAMS, INSTALLATION_ID } from '@/lib/domain/installation/state'
import { unreadableText } from '@/lib/domain/installation/unreadable'
import { registry } from '@/lib/domain/registry'
import { makeCheckpoint } from '@/lib/server/checkpoint/checkpoint'
import { rotateKey } from '@/lib/server/checkpoint/keys'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import { parcelOf } from '@/lib/server/notify/parcel'
import { secretKey } from '@/lib/server/notify/secret-key'
import { makeSigningSecret, signingSecrets } from '@/lib/server/notify/sign'
import { rowOf } from '@/lib/server/prometheus/secret'
import { statusKeys } from '@/lib/server/status/keys'
import { boxIdOf, codeOf, endSubscription } from '@/lib/server/status/subscribers'
import { sendDue } from '@/lib/server/status/tell'
import { forgetUnreadable, renewBoxes, unreadable } from './look-after'

vi.mock('@/lib/server/status/channels', () => ({ offeredChannels: () => ['email', 'slack', 'webhook'] }))

const [BEFORE, AFTER] = ['the secret of yesterday, of enough characters', 'the secret of today, of enough characters too']
const [old, lost, rotated] = [keyRing(BEFORE), keyRing(AFTER), keyRing(AFTER, [BEFORE])]
const NOW = new Date('2026-11-22T10:00:00.000Z')
const [personId, slackId, hookId, sourceId] = [uuid(), uuid(), uuid(), uuid()]
const admin = { kind: 'person' as const, personId, name: 'Mara', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' as const })) }
const [slackSecret, hookSecret, sourceSecret] = [uuid(), uuid(), uuid()]
const VALUES: Readonly<Record<string, string>> = {
  [secretKey(slackSecret)]: 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx',
  [secretKey(hookSecret)]: 'https://hooks.example/in', [rowOf(sourceSecret)]: '{"password":"p","headers":{}}', [`oidc ${personId}`]: '{"token":"t","checkedAt":1}',
}

let store: Store
let subscriberId = ''
const order = async (kind: 'installation' | 'destination' | 'source', id: string, command: unknown) => {
  const actor = kind === 'installation' ? { kind: 'system' as const, name: 'setup' as const } : admin
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id, command, actor, key: uuid() })
  if (!result.ok) throw new Error(result.refusal.message)
}
async function subscribe(ring: typeof old, secret: string, address: string): Promise<string> {
  const [id, keys] = [uuid(), await statusKeys(store, { secret })]
  const hash = (kind: 'confirm' | 'end') => createHash('sha256').update(codeOf(keys, kind, id)).digest('hex')
  await keepWish(store, { id, channel: 'email', addressHash: id, boxed: box(ring, boxIdOf(id), address), createdAt: NOW, confirmBy: new Date(NOW.getTime() + 1000), confirmHash: hash('confirm'), endHash: hash('end') })
  await confirmWish(store, hash('confirm'), NOW)
  const payload = { kind: 'incident', id: 'abc', name: 'Slow', status: 'investigating', impact: 'minor', at: NOW.toISOString(), text: 'We look.', isPostMortem: false, title: 'Status' }
  await addNotices(store, [{ id: uuid(), subscriberId: id, subject: 'abc', payload, at: NOW }])
  return id
}
/** Addresses that are told, with the code by which each ends it. */
async function told(ring: typeof old, config: Parameters<typeof statusKeys>[1]): Promise<readonly { to: string; code: string }[]> {
  const mails: { to: string; code: string }[] = []
  await sendDue({
    store, keys: await statusKeys(store, config), ring, publicUrl: 'https://gate.example', post: async () => ({ kind: 'answered', status: 200, body: '', retryAfter: null }),
    mail: async ({ to, headers }) => { mails.push({ to, code: /unsubscribe\/([\w-]+)/.exec(headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '' }); return { kind: 'answered', status: 250, body: '', retryAfter: null } },
  }, NOW)
  return mails
}

beforeEach(async () => {
  store = await freshMemory()
  await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: personId, name: 'Mara', email: 'mara@example.org', memberships: admin.memberships } })
  for (const [id, value] of Object.entries(VALUES)) await putSecret(store, old, id, value)
  const wishes = { team: null, eventKinds: ['opened'], hint: 'hint' }
  await order('destination', slackId, { type: 'add-destination', kind: 'slack', name: '#ml-releases', secretId: slackSecret, ...wishes })
  await order('destination', hookId, { type: 'add-destination', kind: 'webhook', name: 'archive', secretId: hookSecret, ...wishes })
  await makeSigningSecret(store, old, hookId, NOW)
  await order('source', sourceId, { type: 'add-source', name: 'Prometheus', url: 'https://prometheus.example', auth: 'basic', headerNames: [], scrapeIntervalSeconds: 15, secretId: sourceSecret })
  await makeCheckpoint({ store, ring: old, now: NOW }, 'asked')
  subscriberId = await subscribe(old, BEFORE, 'reader@example.org')
})
afterEach(() => store.close())

describe('with the earlier secret given', () => {
  test('everything is encrypted anew once, opens with the new secret alone, and public ids and links stay', async () => {
    const before = await statusKeys(store, { secret: BEFORE })
    const rows = (await store.db.select().from(store.t.secret)).length
    expect(await unreadable(store, rotated, NOW)).toEqual([])
    expect(await renewBoxes(store, rotated)).toBe(rows + 1)
    expect(await renewBoxes(store, rotated)).toBe(0)
    for (const [id, value] of Object.entries(VALUES)) expect(await readSecret(store, lost, id)).toBe(value)
    expect(await signingSecrets(store, lost, hookId, NOW)).toHaveLength(1)
    expect(await unreadable(store, lost, NOW)).toEqual([])
    expect(await makeCheckpoint({ store, ring: lost, now: NOW }, 'asked')).toHaveLength(1)
    expect(await statusKeys(store, { secret: AFTER })).toEqual(before)
    const [mail] = await told(lost, { secret: AFTER })
    expect(mail?.to).toBe('reader@example.org')
    await endSubscription(store, mail?.code ?? '')
    expect(await countSubscribers(store)).toMatchObject({ email: 0 })
  })

  test('an installation that kept no keys of its status page yet makes them of the earlier secret', async () => {
    await store.db.delete(store.t.secret).returning({ id: store.t.secret.id })
    expect(await statusKeys(store, { secret: AFTER, previousSecrets: [BEFORE] })).toEqual(await statusKeys(store, { secret: AFTER }))
    expect(await readSecret(store, lost, 'status page keys')).toContain((await statusKeys(store, { secret: AFTER })).ids)
  })
})

describe('without the earlier secret', () => {
  test('what is lost is said by kind and name, with what to do', async () => {
    expect(await renewBoxes(store, lost)).toBe(0)
    const found = await unreadable(store, lost, NOW)
    expect(found.map(({ kind }) => kind)).toEqual(['destination', 'signing', 'source', 'subscriber', 'checkpoint-key', 'links'])
    const text = unreadableText(found)
    for (const words of ['2 destinations of notifications (#ml-releases, archive)', '1 metrics source (Prometheus)', '1 subscriber of the status page', 'GATEHOUSE_SECRET_PREVIOUS']) expect(text).toContain(words)
    expect(text).not.toContain('reader@example.org')
  })

  test('a message is put aside with the reason, and a new address, secret and key are taken', async () => {
    const options = { store, ring: lost, post: async () => { throw new Error('nothing may be sent') }, publicUrl: 'https://gate.example', allowedHosts: ['hooks.example'], disable: async () => undefined }
    for (const id of [slackId, hookId]) {
      await order('destination', id, { type: 'send-test' })
      const delivery = (await store.db.select().from(store.t.outbox)).find((one) => one.destinationId === id)
      if (!delivery) throw new Error('nothing waits')
      expect(await parcelOf(options, delivery)).toMatchObject({ refused: expect.stringContaining('another GATEHOUSE_SECRET') })
      expect(await parcelOf({ ...options, ring: rotated }, delivery)).not.toHaveProperty('refused')
    }
    expect(await makeSigningSecret(store, lost, hookId, NOW)).toMatch(/^whsec_/)
    await expect(makeCheckpoint({ store, ring: lost, now: NOW }, 'asked')).rejects.toThrow(UnreadableSecret)
    expect((await rotateKey(store, lost, NOW)).endorsement).toBeNull()
    expect(await makeCheckpoint({ store, ring: lost, now: NOW }, 'asked')).toHaveLength(1)
    expect(await checkpointKeys(store)).toHaveLength(2)
    for (const id of [secretKey(slackSecret), secretKey(hookSecret), rowOf(sourceSecret)]) await putSecret(store, lost, id, 'entered again')
    expect((await unreadable(store, lost, NOW)).map(({ kind }) => kind)).toEqual(['subscriber', 'links'])
  })

  test('a subscriber who cannot be read keeps nobody else from hearing, comes back with the secret, or is forgotten', async () => {
    await subscribe(lost, AFTER, 'new@example.org')
    expect((await told(lost, { secret: AFTER })).map(({ to }) => to)).toEqual(['new@example.org'])
    expect(await told(lost, { secret: AFTER })).toEqual([])
    expect(await countSubscribers(store)).toMatchObject({ email: 2 })
    const again = keyRing(BEFORE, [AFTER])
    expect(await unreadable(store, again, NOW)).toEqual([])
    expect(await forgetUnreadable(store, lost)).toBe(1)
    expect(await countSubscribers(store)).toMatchObject({ email: 1 })
    expect((await store.db.select().from(store.t.statusSubscriber)).some(({ id }) => id === subscriberId)).toBe(false)
    expect((await unreadable(store, lost, NOW)).map(({ kind }) => kind)).not.toContain('links')
  })
})

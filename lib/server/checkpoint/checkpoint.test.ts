import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createPublicKey, verify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, firstHashOf, GENESIS, type Entry } from '@/db/chain'
import { allCheckpoints, checkpointKeys } from '@/db/checkpoint'
import { verifyChain } from '@/db/log'
import { keyRing } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { DomainEvent } from '@/lib/domain/aggregate'
import { extractOf } from '@/lib/server/evidence-pack/extract'
import { checkpointFor, headCheckpoint } from './checkpoint'
import { rotateKey, signingKeys } from './keys'
import { fileCheckpoints } from './outside'
import { dueReason, turnCheckpoints } from './start'

const ring = keyRing('a secret for the tests of checkpoints')
const at = new Date('2026-03-01T10:00:00.000Z')
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)

let store: Store
let version = 0
beforeEach(async () => { store = await freshMemory(); version = 0 })
afterEach(() => store.close())

function entry(event: object = {}, id = 'r'): Entry {
  version += 1
  const made: DomainEvent = Object.assign({ type: 'commented', v: 1 }, event)
  return { kind: 'release', aggregateId: id, aggregateVersion: version, at, actor: { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] }, event: made }
}
const record = (event: object = {}) => store.commit({ writes: [], entries: [entry(event)] })
const go = { type: 'decided', decision: { kind: 'go', number: 1 } }

describe('checkpoints', () => {
  it('are made at a go, once a day when something happened, and once after a time in which nobody looked', async () => {
    expect(await turnCheckpoints({ store, ring, now: at })).toBeNull()
    await record()
    expect(await turnCheckpoints({ store, ring, now: at })).toBe('daily')
    await record()
    expect(await dueReason(store, later(23))).toBeNull()
    await record(go)
    expect(await dueReason(store, later(1))).toBe('go')
    await record()
    expect(await turnCheckpoints({ store, ring, now: later(1) })).toBe('go')
    expect(await turnCheckpoints({ store, ring, now: later(1) })).toBeNull()
    expect(await turnCheckpoints({ store, ring, now: later(1000) })).toBeNull()
    await record({ type: 'decided', decision: { kind: 'no-go' } })
    expect(await turnCheckpoints({ store, ring, now: later(1001) })).toBe('daily')
    expect((await allCheckpoints(store)).map(({ seq, reason }) => [seq, reason])).toEqual([[1, 'daily'], [4, 'go'], [5, 'daily']])
  })

  it('are statements that anybody can check with the public key alone', async () => {
    await record()
    const made = await headCheckpoint({ store, ring, now: at }, 'asked')
    const [key] = await checkpointKeys(store)
    const publicKey = createPublicKey({ key: Buffer.from(key?.publicKey ?? '', 'base64'), format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(made?.statement ?? ''), publicKey, Buffer.from(made?.signature ?? '', 'hex'))).toBe(true)
    const head = await verifyChain(store)
    expect(JSON.parse(made?.statement ?? '')).toEqual({ at: at.toISOString(), form: 'gatehouse-checkpoint/1', hash: head.verdict === 'sound' && head.head.hash, installation: head.verdict === 'sound' && head.head.hash, key: key?.id, seq: 1 })
    expect(JSON.stringify(await store.db.select().from(store.t.secret))).not.toContain('PRIVATE KEY')
    expect((await headCheckpoint({ store, ring, now: later(5) }, 'pack'))?.id).toBe(made?.id)
  })

  it('are signed by both keys while one replaces the other, and by the new one alone afterwards', async () => {
    await record()
    expect(await Promise.all([signingKeys(store, ring, at), signingKeys(store, ring, at)])).toHaveLength(2)
    expect(await checkpointKeys(store)).toHaveLength(1)
    const fresh = await rotateKey(store, ring, later(1))
    expect(fresh.endorsement?.by).toBe((await checkpointKeys(store))[0]?.id)
    await turnCheckpoints({ store, ring, now: later(2) })
    expect(await allCheckpoints(store)).toHaveLength(2)
    await record(go)
    await turnCheckpoints({ store, ring, now: later(24 * 40) })
    expect((await allCheckpoints(store)).map((one) => one.keyId).slice(2)).toEqual([fresh.id])
  })

  it('leave the machine by file and by post; a file is never written twice', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-checkpoints-'))
    const outside = { dir, webhook: 'https://archive.example.org/checkpoints' }
    await record(go)
    await turnCheckpoints({ store, ring, now: at, outside })
    const [name = ''] = readdirSync(dir)
    expect(JSON.parse(readFileSync(path.join(dir, name), 'utf8'))).toMatchObject({ reason: 'go', publicKey: expect.any(String), statement: expect.stringContaining('"seq":1') })
    expect(await fileCheckpoints(store, dir)).toBe(0)
    rmSync(path.join(dir, name))
    expect(await fileCheckpoints(store, dir)).toBe(1)
    const [sent] = await store.db.select().from(store.t.outbox)
    expect(sent).toMatchObject({ topic: 'checkpoint', destinationId: null, payload: { type: 'gatehouse.checkpoint', statement: expect.any(String) } })
    rmSync(dir, { recursive: true })
  })

  it('give the message about a go the first checkpoint since, however often it is asked', async () => {
    await record(go)
    const first = await checkpointFor({ store, ring, now: later(0.01) }, at)
    await record()
    await turnCheckpoints({ store, ring, now: later(30) })
    expect((await checkpointFor({ store, ring, now: later(31) }, at))?.id).toBe(first?.id)
  })
})

it('a log that began in the first form is shown whole up to there, because its links rest on the bodies', async () => {
  const old = entry({}, 'other')
  const body = bodyOf(old)
  const hash = firstHashOf(1, GENESIS.hash, body)
  store.sqlite?.prepare('insert into log_entry (seq, kind, aggregate_id, aggregate_version, type, v, at, actor_id, body, prev_hash, hash) values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run('release', 'other', old.aggregateVersion, 'commented', 1, at.getTime(), 'clock', body, GENESIS.hash, hash)
  store.sqlite?.prepare('update log_head set seq = 1, hash = ?').run(hash)
  await record()
  await store.commit({ writes: [], entries: [entry({}, 'other')] })
  expect((await verifyChain(store)).verdict).toBe('sound')
  const { entries, shown } = await extractOf(store, 3, (row) => row.aggregateId === 'r')
  const lines: readonly { body?: string; digest?: string }[] = entries.toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line))
  expect(lines.map((line) => (line.body === undefined ? 'digest' : 'body'))).toEqual(['body', 'body', 'digest'])
  expect(shown.map((row) => row.seq)).toEqual([2])
})

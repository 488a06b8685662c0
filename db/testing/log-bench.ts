/** Makes a log of many entries by the product's own links, and times its whole verification beside a bare SHA-256 of every body; prints both in milliseconds of this process's work. */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { bodyOf, GENESIS, link, type Entry } from '@/db/chain'
import { verifyChain } from '@/db/log'
import { openStore } from '@/db/store'

const ROUNDS = 5
const [file = '', words = '200000'] = process.argv.slice(2)
const count = Number(words)
const at = new Date('2026-01-02T03:04:05.678Z')
const seal = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Like what a gate's work leaves: who, an item, a sealed note, the parts that it rests on. */
function entryOf(index: number): Entry {
  const person = `01980000-0000-7000-8000-${String(index % 40).padStart(12, '0')}`
  const event = Object.assign({ type: 'note-set', v: 1 }, { at: at.toISOString(), by: person, itemId: `5.${index % 9}`, note: { sealed: seal(`note ${index}`) }, parts: { artefact: `sha256:${seal(`artefact ${index % 50}`)}`, code: seal('code').slice(0, 40) } })
  const actor = { kind: 'person', id: person, name: { sealed: seal(`name ${index}`) }, teams: ['ops'], roles: ['ops:lead'] } as const
  return { kind: 'release', aggregateId: `01980000-0000-7000-8001-${String(index % 500).padStart(12, '0')}`, aggregateVersion: Math.floor(index / 500) + 1, at, actor, event }
}

async function make(): Promise<void> {
  const store = await openStore(`file:${file}`, { migrate: true })
  const raw = store.sqlite
  if (!raw) throw new Error('the bench of the log wants the embedded database')
  const insert = raw.prepare('insert into log_entry (seq, kind, aggregate_id, aggregate_version, type, v, at, actor_id, body, prev_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  raw.exec('begin')
  let head = GENESIS
  for (let index = 0; index < count; index += 1) {
    const entry = entryOf(index)
    const linked = link(head, [entry], [bodyOf(entry)])
    head = linked.head
    for (const row of linked.rows) insert.run(row.seq, row.kind, row.aggregateId, row.aggregateVersion, row.type, row.v, row.at.getTime(), row.actorId, row.body, row.prevHash, row.hash)
  }
  raw.prepare('update log_head set seq = ?, hash = ?').run(head.seq, head.hash)
  raw.exec('commit')
  await store.close()
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Milliseconds of processor time that this process has used for some work. */
async function work(run: () => Promise<unknown> | void): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

await make()
const store = await openStore(`file:${file}`, { readOnly: true })
const raw = new Database(file, { readonly: true })
const bodies = raw.prepare<[], [string]>('select body from log_entry order by seq').raw()
let bytes = 0
const bare = (): void => {
  bytes = 0
  for (const [body] of bodies.iterate()) {
    bytes += body.length
    createHash('sha256').update(body, 'utf8').digest('hex')
  }
}
const whole = async (): Promise<void> => {
  const { verdict } = await verifyChain(store)
  if (verdict !== 'sound') throw new Error(`the log of the bench is ${verdict}`)
}
const found: { bare: number[]; whole: number[] } = { bare: [], whole: [] }
await whole()
for (let round = 0; round < ROUNDS; round += 1) {
  found.bare.push(await work(bare))
  found.whole.push(await work(whole))
}
console.log(JSON.stringify({ count, bytes, bare: median(found.bare), whole: median(found.whole) }))
await store.close()

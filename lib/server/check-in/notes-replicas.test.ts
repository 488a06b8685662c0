/** Two replicas on one Postgres write one note: both directions arrive, and closing on the one takes exactly what the other was told is stored. */
import * as Y from 'yjs'
import { expect, it, vi } from 'vitest'
import { hasPostgres, startPostgres } from '@/db/testing/postgres-server'
import { migrationsFolder } from '@/db/testing/stores'
import { NOTE_FIELD, type NoteNews } from '@/lib/domain/check-in/note'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { id, SIX } from '@/lib/domain/release/testing/play'

const { pia, olga } = SIX
const CHECK_IN = id(500)
const TOPIC = id(510)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** A replica: its own instance of every module, what it keeps per process, and its own connections. */
async function replica(url: string) {
  vi.resetModules()
  const kept = new Map<string, unknown>()
  vi.doMock('@/lib/public/process-wide', () => ({ processWide: (key: string, make: () => unknown) => {
    if (!kept.has(key)) kept.set(key, make())
    return kept.get(key)
  } }))
  const { openStore } = await import('@/db/store')
  const store = await openStore(url, { migrate: true, migrations: migrationsFolder })
  vi.doMock('@/lib/server/raw-store', () => ({ rawStore: async () => store, closeStore: async () => undefined }))
  const { executeIn } = await import('@/lib/server/execute')
  const { contexts } = await import('@/lib/server/context')
  const { registry } = await import('@/lib/domain/registry')
  const { projections } = await import('@/db/projections')
  const { joinReplicas } = await import('@/lib/server/bus')
  const { syncNotes } = await import('./notes')
  const { listenToNotes } = await import('./note-news')
  const { noteWords } = await import('@/db/note-draft')
  const { checkInView } = await import('@/lib/server/view/check-in')
  if (store.relay) await joinReplicas(store.relay)
  const news: NoteNews[] = []
  listenToNotes((one) => news.push(one))
  let count = 0
  return {
    store, news, noteWords: () => noteWords(store, CHECK_IN), minutes: async () => (await checkInView(pia, CHECK_IN))?.minutes?.markdown ?? '',
    order: (command: unknown, actor: typeof pia = pia, kind: 'check-in' | 'installation' | 'person' = 'check-in', target = CHECK_IN) =>
      executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor: kind === 'check-in' ? actor : { kind: 'system', name: 'setup' }, key: `${actor.personId}${(count += 1)}` }),
    /** Adds words at the end of what a browser has, sends what it has, and takes what it lacks. Out: whether they are stored. */
    async write(doc: Y.Doc, words: string, actor: typeof pia): Promise<boolean> {
      const text = doc.getText(NOTE_FIELD)
      if (words !== '') text.insert(text.length, words)
      const synced = await syncNotes(store, actor, CHECK_IN, [{ topicId: TOPIC, vector: base64(Y.encodeStateVector(doc)), update: base64(Y.encodeStateAsUpdate(doc)) }])
      if (synced.ok) for (const note of synced.notes) if (note.update) Y.applyUpdate(doc, Buffer.from(note.update, 'base64'))
      return synced.ok
    },
  }
}

it.skipIf(!hasPostgres())('two replicas write one note, hear each other, and close it exactly as it is stored', { timeout: 120_000 }, async () => {
  const server = await startPostgres()
  const here = await replica(server.url)
  const there = await replica(server.url)
  try {
    await here.order({ type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: pia.memberships } }, pia, 'installation', INSTALLATION_ID)
    await here.order({ type: 'register', name: 'Olga', email: 'olga@acme.example', memberships: olga.memberships, isAdmin: false }, pia, 'person', olga.personId)
    for (const command of [
      { type: 'schedule', title: 'Weekly', startsAt: new Date().toISOString(), durationMinutes: 25, zone: 'UTC', releaseIds: 'all', teams: ['product', 'ops'], previousId: null },
      { type: 'add-topic', topicId: TOPIC, title: 'What we write', releaseId: null, gateId: null }, { type: 'start' },
    ]) expect(await here.order(command)).toMatchObject({ ok: true })

    // at the same moment, again and again: each round one of them meets the other's row
    const [hers, his] = [new Y.Doc(), new Y.Doc()]
    for (let round = 0; round < 6; round += 1) expect(await Promise.all([here.write(hers, `p${round} `, pia), there.write(his, `o${round} `, olga)])).toEqual([true, true])
    const [row, ...others] = await here.noteWords()
    expect(others).toEqual([])
    expect(row?.version).toBe(12)
    for (let round = 0; round < 6; round += 1) for (const who of ['p', 'o']) expect(row?.words).toContain(`${who}${round} `)
    // each heard of all twelve: of its own at once, of the other's over the database, with the words in it
    for (const one of [here, there]) await expect.poll(() => one.news.map((news) => news.version).toSorted((a, b) => a - b), { timeout: 20_000 }).toEqual(Array.from({ length: 12 }, (_, n) => n + 1))
    for (const one of [here, there]) {
      const listener = new Y.Doc()
      for (const news of one.news) if (news.update !== null) Y.applyUpdate(listener, Buffer.from(news.update, 'base64'))
      expect(listener.getText(NOTE_FIELD).toString()).toBe(row?.words)
    }

    // what is too long for the line between replicas is only announced, and asked for
    await here.write(hers, 'long '.repeat(1_500), pia)
    await expect.poll(() => there.news.find((news) => news.version === 13), { timeout: 20_000 }).toMatchObject({ update: null })
    await there.write(his, '', olga)
    expect(his.getText(NOTE_FIELD).toString()).toBe(hers.getText(NOTE_FIELD).toString())

    // one writes here while the other closes there: what was confirmed is in the minutes, what came later is in neither
    const stored: string[] = []
    let isRefused = false
    let begin = (): void => undefined
    const begun = new Promise<void>((resolve) => { begin = resolve })
    const writing = (async () => {
      for (let n = 0; n < 200 && !isRefused; n += 1) {
        if (await here.write(hers, `w${n}. `, pia)) stored.push(`w${n}. `)
        else isRefused = true
        if (n === 2) begin()
      }
    })()
    await begun
    expect(await there.order({ type: 'close' }, olga)).toMatchObject({ ok: true })
    await writing
    const minutes = await here.minutes()
    expect(minutes).toBe(await there.minutes())
    expect([...minutes.matchAll(/w\d+\./g)].map(([word]) => `${word} `)).toEqual(stored)
    expect(isRefused).toBe(true)
    expect(await here.noteWords()).toEqual([])
  } finally {
    for (const one of [here, there]) await one.store.close()
    await server.stop()
    vi.doUnmock('@/lib/public/process-wide')
    vi.doUnmock('@/lib/server/raw-store')
  }
})

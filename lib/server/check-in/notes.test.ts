/** Notes that several people write: no order of arrival loses words, no hostile update breaks a note for others, and closing takes exactly what was stored. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { noteWords } from '@/db/note-draft'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { editBetween, MOST_NOTE, NOTE_FIELD, placeAfter } from '@/lib/domain/check-in/note'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { id, person, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import { documentOf, lackedBy, mergeNote, rewriteNote, seedNote, type NoteState } from './note-document'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
const { syncNotes } = await import('./notes')
const { listenToNotes } = await import('./note-news')
const { checkInView } = await import('@/lib/server/view/check-in')

const { pia, olga } = SIX
const CHECK_IN = id(500)

/** A browser: its document, and the updates that it has not sent. */
class Browser {
  readonly doc = new Y.Doc()
  readonly text = this.doc.getText(NOTE_FIELD)

  write(after: string): void {
    const edit = editBetween(this.text.toString(), after)
    if (!edit) return
    this.text.delete(edit.at, edit.removed)
    this.text.insert(edit.at, edit.inserted)
  }

  all(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc)
  }
}

function must(note: NoteState, update: Uint8Array, who = pia.personId): NoteState {
  const merged = mergeNote(note, update, who)
  if (!merged.ok) throw new Error(merged.why)
  return merged.note
}

describe('the edit between two texts', () => {
  it('makes the one into the other, and never cuts a character of two units', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const edit = editBetween(a, b)
      const made = edit ? a.slice(0, edit.at) + edit.inserted + a.slice(edit.at + edit.removed) : a
      return made === b && (edit?.inserted.isWellFormed() ?? true)
    }))
    expect(editBetween('a😀b', 'a😁b')).toEqual({ at: 1, removed: 2, inserted: '😁' })
  })

  it('says where a place lies afterwards', () => {
    const edit = { at: 3, removed: 2, inserted: 'four' }
    expect([0, 3, 4, 5, 9].map((place) => placeAfter(place, edit))).toEqual([0, 3, 7, 7, 11])
  })
})

describe('the document of a note', () => {
  it('comes to the same text for everybody, whatever each wrote meanwhile and in whatever order it arrives', () => {
    fc.assert(fc.property(fc.array(fc.record({ who: fc.constantFrom(0, 1, 2), words: fc.string({ maxLength: 12 }), sends: fc.boolean() }), { maxLength: 25 }), (steps) => {
      const browsers = [new Browser(), new Browser(), new Browser()]
      let note = seedNote('begun: ')
      const sync = (browser: Browser, index: number) => {
        note = must(note, browser.all(), `p${index}`)
        const lacked = lackedBy(documentOf(note.merged), Y.encodeStateVector(browser.doc)).update
        if (lacked) Y.applyUpdate(browser.doc, lacked)
      }
      browsers.forEach(sync)
      for (const { who, words, sends } of steps) {
        const browser = browsers[who]
        if (!browser) continue
        browser.write(`${browser.text.toString()}${words}`)
        if (sends) sync(browser, who)
      }
      browsers.forEach(sync)
      browsers.forEach(sync)
      return browsers.every((browser) => browser.text.toString() === note.words) && steps.every(({ words }) => note.words.includes(words))
    }), { numRuns: 60 })
  })

  it('takes a repeat without a change, and tells who has everything nothing', () => {
    const browser = new Browser()
    browser.write('once')
    const note = must(seedNote(''), browser.all())
    expect(mergeNote(note, browser.all(), pia.personId)).toMatchObject({ ok: true, isNew: false })
    expect(lackedBy(documentOf(note.merged), Y.encodeStateVector(browser.doc)).update).toBeNull()
    expect(rewriteNote(note, 'anew', olga.personId).words).toBe('anew')
  })

  it('refuses what is no honest change of its text, and stays whole', () => {
    const honest = new Browser()
    honest.write('honest')
    const note = must(seedNote(''), honest.all())
    const other = (make: (doc: Y.Doc) => void) => {
      const doc = new Y.Doc()
      make(doc)
      return Y.encodeStateAsUpdate(doc)
    }
    const later = new Browser()
    later.write('first')
    const before = Y.encodeStateVector(later.doc)
    later.write('first second')
    const long = new Browser()
    long.write('x'.repeat(MOST_NOTE + 1))
    const impostor = new Y.Doc()
    Y.applyUpdate(impostor, honest.all())
    impostor.clientID = honest.doc.clientID
    impostor.getText(NOTE_FIELD).insert(6, '!')
    const hostile: readonly (readonly [string, Uint8Array])[] = [
      ['another text', other((doc) => doc.getText('else').insert(0, 'x'))],
      ['a map', other((doc) => doc.getMap(NOTE_FIELD).set('a', 1))],
      ['a list', other((doc) => doc.getArray(NOTE_FIELD).push([1]))],
      ['an embed', other((doc) => doc.getText(NOTE_FIELD).insertEmbed(0, { image: 'x' }))],
      ['bold', other((doc) => doc.getText(NOTE_FIELD).insert(0, 'x', { bold: true }))],
      ['something inside of something', other((doc) => doc.getMap('m').set('t', new Y.Text('x')))],
      ['what rests on others', Y.encodeStateAsUpdate(later.doc, before)],
      ['too long', long.all()],
      ['a null character', other((doc) => doc.getText(NOTE_FIELD).insert(0, '\u0000'))],
      ['more parts than bytes', new Uint8Array([1, 255, 255, 255, 15, 1, 0, 4, 1])],
      ['nothing', new Uint8Array()],
    ]
    for (const [what, update] of hostile) expect([what, mergeNote(note, update, olga.personId).ok]).toEqual([what, false])
    expect(mergeNote(note, Y.encodeStateAsUpdate(impostor), olga.personId)).toMatchObject({ ok: false, why: expect.stringContaining('another person’s name') })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (garbage) => {
      const merged = mergeNote(note, garbage, olga.personId)
      return !merged.ok || merged.note.words === note.words || merged.note.words.length < note.words.length
    }), { numRuns: 300 })
    honest.write('honest words')
    expect(must(note, honest.all()).words).toBe('honest words')
  })
})

describe('the notes of a running check-in', () => {
  let store: Store
  let count = 0
  const order = (command: unknown, actor = pia, kind: 'check-in' | 'installation' | 'person' = 'check-in', target = CHECK_IN) =>
    executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor: kind === 'check-in' ? actor : { kind: 'system', name: 'setup' }, key: `n${(count += 1)}` })
  const TOPIC = id(510)
  const send = (actor: typeof pia, browser: Browser, topicId = TOPIC) => syncNotes(store, actor, CHECK_IN, [{ topicId, vector: Buffer.from(Y.encodeStateVector(browser.doc)).toString('base64'), update: Buffer.from(browser.all()).toString('base64') }])
  const take = (browser: Browser, synced: Awaited<ReturnType<typeof syncNotes>>) => {
    if (!synced.ok) throw new Error(synced.refusal.message)
    for (const note of synced.notes) if (note.update) Y.applyUpdate(browser.doc, Buffer.from(note.update, 'base64'))
  }

  beforeAll(async () => {
    store = await freshMemory()
    held.store = store
    await order({ type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: pia.memberships } }, pia, 'installation', INSTALLATION_ID)
    await order({ type: 'register', name: 'Olga', email: 'olga@acme.example', memberships: olga.memberships, isAdmin: false }, pia, 'person', olga.personId)
    for (const command of [
      { type: 'schedule', title: 'Weekly', startsAt: new Date().toISOString(), durationMinutes: 25, zone: 'UTC', releaseIds: 'all', teams: ['product', 'ops'], previousId: null },
      { type: 'add-topic', topicId: TOPIC, title: 'What we write', releaseId: null, gateId: null },
    ]) await order(command)
  })
  afterAll(() => store.close())

  it('are refused before the start, to viewers, and on topics that are not there', async () => {
    const browser = new Browser()
    browser.write('zebra')
    expect(await send(pia, browser)).toMatchObject({ ok: false, refusal: { code: 'blocked' } })
    await order({ type: 'start' })
    expect(await send(person(9, 'Vera', []), browser)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
    expect(await send(pia, browser, 'line-99')).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
    expect(await noteWords(store, CHECK_IN)).toEqual([])
  })

  it('meet although two write at the same moment, and are told', async () => {
    const [one, two] = [new Browser(), new Browser()]
    const heard: number[] = []
    const stop = listenToNotes((news) => heard.push(news.version))
    one.write('Pia writes. ')
    two.write('Olga writes. ')
    const [first, second] = await Promise.all([send(pia, one), send(olga, two)])
    take(one, first)
    take(two, second)
    take(one, await send(pia, one))
    stop()
    expect(one.text.toString()).toContain('Pia writes.')
    expect(one.text.toString()).toContain('Olga writes.')
    expect((await noteWords(store, CHECK_IN))[0]?.words).toBe(one.text.toString())
    expect(heard.toSorted()).toEqual([1, 2])
    expect((await checkInView(pia, CHECK_IN))?.topics[0]?.note?.text).toBe(one.text.toString())
    expect(JSON.stringify(await store.db.select().from(store.t.logEntry))).not.toContain('note-set')
  })

  it('enter the minutes exactly as they were stored, although somebody writes while they close; later words are refused with what there is', async () => {
    const browser = new Browser()
    take(browser, await syncNotes(store, pia, CHECK_IN, [{ topicId: TOPIC, vector: 'AA==', update: null }]))
    const sent: string[] = []
    const writing = (async () => {
      for (let n = 0; n < 20; n += 1) {
        browser.write(`${browser.text.toString()} w${n}`)
        if (!(await send(pia, browser)).ok) break
        sent.push(`w${n}`)
      }
    })()
    const closed = order({ type: 'close' }, olga)
    await Promise.all([writing, closed])
    expect((await closed).ok).toBe(true)
    const minutes = (await checkInView(pia, CHECK_IN))?.minutes?.markdown ?? ''
    for (const words of sent) expect(minutes).toMatch(new RegExp(`${words}\\b`))
    expect(await noteWords(store, CHECK_IN)).toEqual([])
    browser.write(`${browser.text.toString()} too late`)
    expect(await send(pia, browser)).toMatchObject({ ok: false, refusal: { code: 'closed', message: expect.stringContaining('addendum') } })
  })
})

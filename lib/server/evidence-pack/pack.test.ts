import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { eraseTexts } from '@/db/aggregate'
import { projections } from '@/db/projections'
import { keyRing } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { registry } from '@/lib/domain/registry'
import { filesOfZip, verifyPack } from '../../../bin/verify-pack.mjs'
import { chained, linesOf, ownKey, resealed, retold, statementOf, withFile, withLines, type Files, type Line } from './testing/forge'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))

const { FELIX, JONAS, MARA, SEARCH, TRANSCRIBE } = await import('@/lib/server/demo/cast')
const { planScene } = await import('@/lib/server/demo/scene')
const { Stage } = await import('@/lib/server/demo/stage')
const { transcribeStable } = await import('@/lib/server/demo/stories-past')
const { contexts } = await import('@/lib/server/context')
const { executeIn } = await import('@/lib/server/execute')
const { seedTemplates } = await import('@/lib/server/seed-templates')
const { putFile } = await import('@/lib/server/evidence/file-store')
const { rotateKey } = await import('@/lib/server/checkpoint/keys')
const { dueReason } = await import('@/lib/server/checkpoint/start')
const { buildPack } = await import('./build')
const { zipOf } = await import('./zip')

const start = new Date('2026-11-22T15:00:00.000Z')
const ring = keyRing('a secret for the tests of evidence packs')
const dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-pack-'))
const bytesOfReport = Buffer.from('{"passed": 3}\n')

/** Demo's stable release with the rest of its scene around it, a stored file and closed minutes; the other stories are left out for speed. */
async function play(store: Store): Promise<void> {
  const run = (call: Parameters<typeof executeIn>[1]) => executeIn({ store, contexts, foldings: registry, projections }, call)
  const stage = new Stage(store, start, run)
  planScene(stage, { prometheusUrl: 'http://127.0.0.1:19090', scrapeSeconds: 2, slackUrl: null }, (now) => seedTemplates(now, run))
  const release = transcribeStable(stage)
  stage.at('27d', async () => {
    const { hash, size } = await putFile(store, dataDir, bytesOfReport, { name: 'load <test>.json', mediaType: 'application/json', by: FELIX.personId, at: stage.now })
    await release.do({ type: 'add-evidence', itemId: '5.3', evidenceId: stage.freshId(), evidence: { kind: 'file', title: '<script>alert("report")</script>', hash, size, mediaType: 'application/json' } }, FELIX)
  })
  stage.at('5d', async () => {
    const id = stage.freshId()
    const say = (command: Parameters<typeof stage.order>[2]) => stage.order('check-in', id, command, MARA)
    await say({ type: 'schedule', title: 'Release check-in', durationMinutes: 45, zone: 'Europe/Berlin', teams: ['ops'], releaseIds: 'all', startsAt: stage.now.toISOString(), previousId: null })
    await say({ type: 'add-topic', topicId: stage.freshId(), title: 'Noise in transcripts', releaseId: release.id, gateId: null })
    await say({ type: 'start' })
    await say({ type: 'close' })
  })
  await stage.play()
}

const verdictOf = (files: Files, key: string | null = null, outside: readonly { file: string; entry: object }[] = []): ReturnType<typeof verifyPack> => verifyPack(files, key, outside)

function outcomeOf(zip: Buffer): string {
  try {
    return verdictOf(filesOfZip(zip)).verdict
  } catch (error) {
    return String(error)
  }
}

describe('an evidence pack of the demo’s stable release', async () => {
  const store = await freshMemory()
  const signing = { store, ring, now: start }
  const scope = { kind: 'release', code: 'TRANS-1' } as const
  let files: Files
  let zip: Buffer
  let lines: readonly Line[]
  let shown: number
  let due: string | null
  beforeAll(async () => {
    held.store = store
    await play(store)
    due = await dueReason(store, start)
    const pack = await buildPack({ signing, dataDir }, scope)
    if (!pack) throw new Error('there is no pack')
    files = pack.files
    zip = await buffer(zipOf(pack.files))
    lines = linesOf(files)
    // An entry in the middle that is shown, after which others follow.
    shown = lines.filter((line) => line.body !== undefined).at(-20)?.seq ?? 0
  }, 120_000)
  afterAll(async () => {
    await store.close()
    rmSync(dataDir, { recursive: true })
  })

  it('verifies from folder and zip with nothing but its own verifier, and is the same to the byte when it is made again', async () => {
    const folder = path.join(dataDir, 'unpacked')
    for (const [name, bytes] of filesOfZip(zip)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), bytes)
    }
    writeFileSync(path.join(dataDir, 'pack.zip'), zip)
    const own = path.join(folder, 'verify.mjs')
    expect(execFileSync(process.execPath, [own], { encoding: 'utf8', cwd: '/' })).toContain('Verdict: sound')
    expect(execFileSync(process.execPath, [own, path.join(dataDir, 'pack.zip')], { encoding: 'utf8', cwd: '/' })).toContain('Verdict: sound')
    writeFileSync(path.join(folder, 'index.html'), 'another page')
    expect(spawnSync(process.execPath, [own], { encoding: 'utf8' })).toMatchObject({ status: 17, stdout: expect.stringContaining('index.html is not the file') })
    const again = await buildPack({ signing: { ...signing, now: new Date('2026-11-23T08:00:00.000Z') }, dataDir }, scope)
    expect(again && (await buffer(zipOf(again.files))).equals(zip)).toBe(true)
  })

  it('is what a real go asks for', () => {
    expect(due).toBe('go')
  })

  it('holds what was judged and on what, and nothing of other models but digests', () => {
    const page = files.get('index.html')?.toString('utf8') ?? ''
    for (const words of ['TRANS-1 · transcribe 3.0.5', 'Gate 11', 'Word error rate 0.12 to 0.11', 'Fingerprint of what was seen', '<svg', 'Noise in transcripts', 'Art. 12', '&#60;script&#62;alert']) expect(page).toContain(words)
    expect(page).not.toContain('<script')
    const markdown = files.get('releases/TRANS-1.md')?.toString('utf8') ?? ''
    for (const words of ['Consulted: Lena Hoffmann. Informed: Pia Brandt.', 'For: p95 18 ms below the alternative; Access and audit are in place · Against: About 12 % dearer at peak.', 'Add the new noise slice to the nightly evaluation']) for (const text of [page, markdown]) expect(text).toContain(words)
    expect(markdown).toMatch(/Condition: Add the new noise slice to the nightly evaluation \(.*due \d{4}-/)
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toHaveLength(1)
    for (const name of ['log/entries.ndjson', 'log/words.ndjson', 'releases/TRANS-1.json']) expect([name, files.get(name)?.includes(SEARCH.slug)]).toEqual([name, false])
    expect(lines.filter((line) => line.body === undefined && line.digest !== undefined).length).toBeGreaterThan(50)
    expect(lines.some((line) => line.body?.includes(TRANSCRIBE.id))).toBe(true)
  })

  it('says by its name which file is lost, and is made all the same', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const pack = await buildPack({ signing, dataDir: path.join(dataDir, 'another disk') }, scope)
    expect(told.mock.calls.map(([words]) => String(words))).toEqual([expect.stringContaining('Restore it from a backup.')])
    told.mockRestore()
    expect([...(pack?.files.keys() ?? [])].filter((name) => name.startsWith('files/'))).toEqual([])
    expect(pack?.files.get('index.html')?.toString('utf8')).toContain('load test .json: the installation has it no longer, or not whole')
    expect(pack && verdictOf(pack.files).verdict).toBe('sound')
  })

  it('is never sound when one byte anywhere was changed, and what was changed is named', () => {
    const names = [...files.keys()]
    fc.assert(fc.property(fc.constantFrom(...names), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 1, max: 255 }), (name, place, mask) => {
      const bad = withFile(files, name, (bytes) => {
        const at = Math.floor(place * bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ mask
        return bytes
      })
      const { verdict, findings } = verdictOf(bad)
      expect(verdict).not.toBe('sound')
      expect(JSON.stringify(findings)).toContain(name.startsWith('manifest') ? 'manifest' : name)
    }), { numRuns: 500 })
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 1, max: 255 }), (place, mask) => {
      const bad = Buffer.from(zip)
      const at = Math.floor(place * bad.length)
      bad[at] = (bad[at] ?? 0) ^ mask
      const said = outcomeOf(bad)
      expect(said).not.toBe('sound')
    }), { numRuns: 60 })
  })

  const altered = (seq: number, change: (line: Line) => Line) => withLines(files, lines.map((line) => (line.seq === seq ? change(line) : line)))
  const without = (from: number, to: number) => lines.filter((line) => line.seq < from || line.seq > to)
  const anew = () => chained(lines.map((line) => (line.seq === shown ? { ...line, body: (line.body ?? '').replace('"at":"2026', '"at":"2025') } : line)))

  // Each with the manifest as it was, and with one that was brought in line by somebody who cannot sign.
  it.each([false, true])('names each kind of tampering (manifest brought in line: %s)', (isInLine) => {
    const cases: readonly (readonly [string, number, Files, object])[] = [
      ['altered-entry', 10, altered(shown, (line) => ({ ...line, body: (line.body ?? '').replace('"v":1', '"v":2') })), { seq: shown }],
      ['altered-entry', 10, altered(3, (line) => ({ ...line, digest: 'a'.repeat(64) })), { seq: 3 }],
      ['altered-entry', 10, altered(shown, (line) => ({ ...line, hash: 'b'.repeat(64) })), { seq: shown }],
      ['missing-middle', 11, withLines(files, without(40, 60)), { seq: 40, message: 'Entries 40 to 60 are missing from the middle.' }],
      ['truncated', 12, withLines(files, without(lines.length - 9, lines.length)), { seq: lines.length - 10 }],
      ['rewritten', 13, withLines(files, anew()), { seq: lines.length }],
      ['truncated', 12, withLines(files, chained(without(40, 60))), {}],
    ]
    for (const [verdict, code, bad, finding] of cases) {
      const result = verdictOf(isInLine ? resealed(bad) : bad)
      expect(result).toMatchObject({ verdict, code })
      expect(result.findings[0]).toMatchObject(finding)
    }
  })

  it('tells a pack that somebody sealed with a key of their own by the key that one trusts, or by a checkpoint from outside', () => {
    const key = ownKey()
    const forged = resealed(retold(withLines(files, anew()), lines, anew()), key)
    const { publicKey, fingerprint } = JSON.parse(files.get('keys.json')?.toString('utf8') ?? '').keys[0]
    const [good] = JSON.parse(files.get('log/checkpoints.json')?.toString('utf8') ?? '').checkpoints
    const outside = [{ file: 'checkpoint.json', entry: { ...good, publicKey } }]
    const believed = verdictOf(forged)
    expect(believed.verdict).toBe('sound')
    expect(believed.notes.join(' ')).toContain(`rests on the key in the pack itself, ${key.fingerprint}`)
    expect(verdictOf(forged, fingerprint)).toMatchObject({ verdict: 'unknown-key', code: 16 })
    expect(verdictOf(forged, null, outside)).toMatchObject({ verdict: 'rewritten', code: 13 })
    expect(verdictOf(files, fingerprint, outside).verdict).toBe('sound')
    expect(verdictOf(files, key.fingerprint).verdict).toBe('unknown-key')
    const later = { ...statementOf(lines, lines.length, key, '2027-01-01T00:00:00.000Z') }
    expect(verdictOf(files, null, [{ file: 'c', entry: later }]).verdict).toBe('sound')
  })

  it('says where the signed part ends, which signature does not fit, and which words were changed', () => {
    const key = ownKey()
    const beyond = verdictOf(resealed(files, key, 100))
    expect(beyond).toMatchObject({ verdict: 'beyond-last-checkpoint', code: 14 })
    expect(beyond.findings[0]?.message).toBe(`Sound up to entry 100; entries 101 to ${lines.length} lie beyond the last signed checkpoint.`)
    expect(verdictOf(resealed(withFile(files, 'cross-walk.md', () => Buffer.from('all is covered'))))).toMatchObject({ verdict: 'bad-signature', code: 15 })
    const words = withFile(files, 'log/words.ndjson', (bytes) => Buffer.from(bytes.toString('utf8').replace('Word error rate', 'Word success rate')))
    expect(verdictOf(words)).toMatchObject({ verdict: 'altered-words', code: 18 })
    expect(verdictOf(resealed(words, key))).toMatchObject({ verdict: 'altered-words', code: 18 })
    const hidden = withFile(files, 'log/words.ndjson', (bytes) => Buffer.from(bytes.toString('utf8').split('\n').slice(1).join('\n')))
    expect(verdictOf(resealed(hidden, key)).verdict).toBe('altered-words')
    const other = withFile(files, 'releases/TRANS-1.json', (bytes) => Buffer.from(bytes.toString('utf8').replace(/("seq": \d+,[^}]*"hash": ")[0-9a-f]{8}/, '$100000000')))
    expect(verdictOf(resealed(other, key))).toMatchObject({ verdict: 'altered-file', findings: [{ file: 'releases/TRANS-1.json' }] })
    expect(verdictOf(withFile(files, 'extra.html', () => Buffer.from('hi')))).toMatchObject({ verdict: 'altered-file', code: 17 })
    expect(verdictOf(withFile(files, 'index.html', () => null)).findings[0]).toMatchObject({ verdict: 'altered-file', file: 'index.html' })
  })

  it('says what happened to a pack on its way: line ends of Windows, a folder above it, a checkpoint that is not there, two packs at once', () => {
    const windows = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
    for (const name of files.keys()) {
      const { code, findings } = verdictOf(withFile(files, name, windows))
      if (name === 'manifest.sig.json') expect(code).toBe(15)
      else expect([name, code, JSON.stringify(findings)]).toEqual([name, name === 'manifest.json' ? 15 : 17, expect.stringContaining('Only its line ends differ')])
    }
    expect(JSON.stringify(verdictOf(withFile(files, 'index.html', (bytes) => windows(Buffer.concat([bytes, Buffer.from('<p>more')])))))).not.toContain('line ends')
    expect(verdictOf(new Map([...files].map(([name, bytes]) => [`evidence/${name}`, bytes]))).findings[0]?.message).toBe('manifest.json is missing. There is one in evidence: verify that folder.')
    const run = (...words: readonly string[]) => spawnSync(process.execPath, ['bin/verify-pack.mjs', ...words], { encoding: 'utf8' })
    const whole = path.join(dataDir, 'pack.zip')
    expect(run(whole, '--checkpoint', '/not/there.json')).toMatchObject({ status: 3, stdout: expect.stringContaining('/not/there.json, which you gave as a checkpoint, cannot be read.') })
    expect(run(whole, whole)).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') })
    const folder = path.join(dataDir, 'on a stick')
    for (const [name, bytes] of [...files, ['._README.md', Buffer.from('\0\u0005\u0016\u0007\0\u0002', 'latin1')] as const]) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), bytes)
    }
    expect(run(folder).status).toBe(0)
    writeFileSync(path.join(folder, '._README.md'), 'something else')
    expect(run(folder)).toMatchObject({ status: 17, stdout: expect.stringContaining('._README.md is not in the manifest.') })
  })

  it('does not stumble over hostile packs', () => {
    const deep = Buffer.from('['.repeat(200_000))
    const hostile: readonly Files[] = [
      new Map(), new Map([['manifest.json', deep], ['manifest.sig.json', deep]]),
      withFile(files, 'manifest.json', () => Buffer.from('null')), withFile(files, 'manifest.json', () => Buffer.from('{"form":"gatehouse-evidence-pack/1","seq":-1}')),
      withFile(files, 'keys.json', () => Buffer.from('{"keys":[{"__proto__":{"id":1}},7,null,{"id":"x","publicKey":"AAAA"}]}')),
      withFile(files, 'log/checkpoints.json', () => Buffer.from('{"checkpoints":[null,1,{"statement":"{","signature":7}]}')),
      withFile(files, 'log/entries.ndjson', () => deep), withFile(files, 'log/entries.ndjson', () => Buffer.alloc(70 * 2 ** 20, 97)),
      withFile(files, 'log/words.ndjson', () => Buffer.from('{"seal":{}}\n[]\n\u0000')),
      resealed(withFile(files, 'log/entries.ndjson', () => Buffer.from('{"seq":9007199254740993,"hash":"x","digest":"y"}'))),
    ]
    for (const pack of hostile) {
      const { verdict, code } = verdictOf(pack)
      expect(verdict).not.toBe('sound')
      expect(code).toBeGreaterThan(0)
    }
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(22), Buffer.concat([zip, Buffer.from('x')]), zip.subarray(1)]) expect(() => filesOfZip(bytes)).toThrow(/not as Gatehouse writes it/)
  })

  it('stands behind an older key after a rotation, and shows erased words as erased', async () => {
    const { fingerprint } = JSON.parse(files.get('keys.json')?.toString('utf8') ?? '').keys[0]
    await rotateKey(store, ring, new Date(start.getTime() + 60_000))
    await eraseTexts(store, { subjectId: JONAS.personId }, new Date(start.getTime() + 120_000))
    const pack = await buildPack({ signing: { ...signing, now: new Date(start.getTime() + 180_000) }, dataDir }, scope)
    if (!pack) throw new Error('there is no pack')
    expect(JSON.parse(pack.files.get('manifest.sig.json')?.toString('utf8') ?? '').key).not.toBe(fingerprint.slice(0, 16))
    const result = verdictOf(pack.files, fingerprint)
    expect(result).toMatchObject({ verdict: 'sound', findings: [] })
    expect(result.notes[0]).toMatch(/[1-9]\d* erased on request/)
    for (const [name, bytes] of pack.files) expect([name, bytes.includes(JONAS.name)]).toEqual([name, false])
    expect(pack.files.get('index.html')?.toString('utf8')).toContain('[erased]')
  })

  it('of a period holds each release that was touched, with a page of its own', async () => {
    const pack = await buildPack({ signing, dataDir }, { kind: 'period', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' })
    expect([...(pack?.files.keys() ?? [])]).toEqual(expect.arrayContaining(['index.html', 'releases/TRANS-1.html', 'releases/TRANS-1.json']))
    expect(verdictOf(pack?.files ?? new Map()).verdict).toBe('sound')
    expect(await buildPack({ signing, dataDir }, { kind: 'release', code: 'NONE-1' })).toBeNull()
  })
})

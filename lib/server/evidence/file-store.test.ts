/** Bytes that come back as they went in, once for the same content, under no name that could lead elsewhere. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '@/db/store'
import { getFile, putFile, safeName } from '@/lib/server/evidence/file-store'

const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-files-'))
let store: Store

beforeAll(async () => {
  store = await openStore(`file:${path.join(dir, 'test.db')}`, { migrate: true })
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

const about = (name: string) => ({ name, mediaType: 'text/plain', by: 'mara', at: new Date('2026-11-22T10:00:00Z') })

describe('stored files', () => {
  it('gives back what was stored, and stores the same bytes once', async () => {
    const bytes = new TextEncoder().encode('p95 163 ms')
    const first = await putFile(store, dir, bytes, about('load test.txt'))
    const again = await putFile(store, dir, bytes, about('copy.txt'))
    expect(again).toEqual(first)
    expect((await getFile(store, dir, first.hash))?.bytes).toEqual(bytes)
    expect(readdirSync(path.join(dir, 'files'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())).toHaveLength(1)
  })
  it('knows no other names', async () => {
    expect(await getFile(store, dir, '../../secret')).toBeNull()
    expect(await getFile(store, dir, 'a'.repeat(64))).toBeNull()
  })
  it('never hands out bytes that are not what the hash says', async () => {
    const row = await putFile(store, dir, new TextEncoder().encode('original'), about('a'))
    writeFileSync(path.join(dir, 'files', row.hash.slice(0, 2), row.hash), 'changed')
    await expect(getFile(store, dir, row.hash)).rejects.toThrow('damaged')
  })
  it.each([['../../etc/passwd', 'etc passwd'], ['a\u202egpj.exe', 'a gpj.exe'], ['  ', 'file'], ['"x\r\ny"', 'x y'], ['.env', 'env'], [`${'a'.repeat(159)}😀.pdf`, `${'a'.repeat(159)}😀`]])('names %j safely', (given, name) => expect(safeName(given)).toBe(name))
})

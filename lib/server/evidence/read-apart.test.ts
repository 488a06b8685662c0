/** A report that was made to hurt: it is refused at its bounds, and whoever else asks something meanwhile is answered. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '@/bin/bundle.mjs'
import { askReader } from '@/lib/server/evidence/read-apart'
import { readReport } from '@/lib/server/evidence/read-report'

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-reader-'))
const reader = path.join(process.cwd(), 'node_modules', '.cache', `read-report-${process.pid}.mjs`)
const restless = path.join(folder, 'restless.mjs')
const silent = path.join(folder, 'silent.mjs')
const never = new AbortController().signal
const ample = { timeMs: 60_000, heapMb: 384, waitMs: 60_000 }
const bytes = (text: string) => new TextEncoder().encode(text)
/** Every attribute has another name, which costs far more than honest reports of the same size. */
const costly = (attributes: number) => bytes(`<testsuite ${Array.from({ length: attributes }, (_, at) => `a${at}="1"`).join(' ')}></testsuite>`)

beforeAll(async () => {
  await bundle('bin/read-report.ts', reader)
  writeFileSync(restless, 'setInterval(() => {}, 1000)')
  writeFileSync(silent, '')
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(reader, { force: true })
})

describe('reading apart', () => {
  it.each(['<testsuite><testcase name="ä"/><testcase><failure/></testcase></testsuite>', '{"format":"gatehouse","passed":2,"failed":0}', 'no report'])('says of %j what reading here says', async (text) => {
    expect(await askReader(reader, bytes(text), never, ample)).toEqual(readReport(bytes(text)))
  })

  it('keeps nobody waiting while a hostile report is read', async () => {
    let longest = 0
    let last = performance.now()
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const begun = performance.now()
    const report = costly(80_000)
    const made = performance.now() - begun
    longest = 0
    last = performance.now()
    expect(await askReader(reader, report, never, ample)).toMatchObject({ ok: false, problem: expect.stringContaining('no checks') })
    clearInterval(pulse)
    expect(longest).toBeLessThan((performance.now() - begun - made) / 2)
  })

  it('refuses what needs more memory or more time than it may have, and reads the next', async () => {
    const spent = { ok: false, problem: expect.stringContaining('more time or memory') }
    expect(await askReader(reader, costly(80_000), never, { ...ample, heapMb: 16 })).toEqual(spent)
    expect(await askReader(restless, bytes('{}'), never, { ...ample, timeMs: 100 })).toEqual(spent)
    expect(await askReader(reader, bytes('<testsuite><testcase name="a"/></testsuite>'), never, ample)).toMatchObject({ ok: true })
  })

  it('lets one read at a time, and sends away who would wait too long', async () => {
    const gone = new AbortController()
    const first = askReader(restless, bytes('{}'), gone.signal, ample)
    expect(await askReader(reader, bytes('{}'), never, { ...ample, waitMs: 50 })).toBeNull()
    gone.abort()
    expect(await first).toBeNull()
    expect(await askReader(reader, bytes('{"format":"gatehouse","passed":1,"failed":0}'), never, ample)).toMatchObject({ ok: true })
  })

  it('says that the reader is broken instead of blaming the report', async () => {
    await expect(askReader(path.join(folder, 'nowhere.mjs'), bytes('{}'), never, ample)).rejects.toThrow()
    await expect(askReader(silent, bytes('{}'), never, ample)).rejects.toThrow()
  })
})

/** What the separate check of the record may say, every way in which it may fail to say it, and that it ends with the server. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stopParts } from '@/lib/public/lifecycle'
import { endAllStreams } from '@/lib/public/streams'
import { askApart } from '@/lib/server/record-apart'

/** Runs a line of JavaScript as the program that checks. */
const ask = (line: string) => askApart(process.execPath, ['-e', line])
const says = (findings: unknown, code: number) => ask(`process.stdout.write(${JSON.stringify(JSON.stringify(findings))}, () => process.exit(${code}))`)

const SOUND = { seq: 7, hash: 'ab', faults: [] }
const FAULTY = { seq: 7, hash: 'ab', faults: ['Entry 3 was altered.'] }

const warn = vi.fn()
beforeEach(() => {
  warn.mockReset()
  vi.spyOn(console, 'warn').mockImplementation(warn)
})
afterEach(() => { vi.restoreAllMocks() })

describe('the separate check', () => {
  it('is believed when what it says and how it ends agree', async () => {
    expect(await says(SOUND, 0)).toEqual(SOUND)
    expect(await says(FAULTY, 1)).toEqual(FAULTY)
    expect(warn).not.toHaveBeenCalled()
  })

  it.each([
    ['says nothing', 'process.exit(0)'],
    ['says something else', 'console.log("all good")'],
    ['says half of it', `process.stdout.write('{"seq":7,"hash":"ab","fau')`],
    ['says another shape', `console.log('{"seq":"7"}')`],
    ['finds nothing and ends as if it had', `console.log('${JSON.stringify(SOUND)}'); process.exitCode = 1`],
    ['finds a fault and ends as if it had not', `console.log('${JSON.stringify(FAULTY)}')`],
    ['breaks', 'throw new Error("the database is locked")'],
    ['is killed', 'process.kill(process.pid, "SIGKILL")'],
  ])('is not believed when it %s, and the console says so', async (_how, line) => {
    expect(await ask(line)).toBeNull()
    expect(warn).toHaveBeenCalledOnce()
  })

  it('tells why it broke', async () => {
    await ask('throw new Error("the database is locked")')
    expect(warn.mock.calls.flat().join(' ')).toContain('the database is locked')
  })

  it('is not believed when it cannot be started', async () => {
    expect(await askApart('/nowhere/at/all', [])).toBeNull()
    expect(warn.mock.calls.flat().join(' ')).toContain('ENOENT')
  })

  it('ends with the server, which waits for its end and examines nothing itself', async () => {
    const asked = ask('setInterval(() => {}, 1000)')
    const refused = expect(asked).rejects.toThrow('ended with the server')
    endAllStreams()
    const begun = Date.now()
    await stopParts()
    expect(Date.now() - begun).toBeLessThan(15_000)
    await refused
    expect(warn).not.toHaveBeenCalled()
  })
})

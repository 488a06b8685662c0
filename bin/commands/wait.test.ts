import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wait } from '@/bin/commands/wait'

type Answer = (response: ServerResponse) => void

const json = (status: number, body: unknown): Answer => (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

let server: Server
let answers: Answer[] = []
let asked: { url: string; token: string }[] = []
let printed: string[] = []

beforeEach(async () => {
  asked = []
  printed = []
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', token: request.headers.authorization ?? '' })
    // The last answer stays.
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  vi.stubEnv('GATEHOUSE_URL', `http://127.0.0.1:${address.port}`)
  vi.stubEnv('GATEHOUSE_TOKEN', 'ghp_x')
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => printed.push(line))
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  server.closeAllConnections()
  server.close()
})

const QUICKLY = ['--every', '0.02', '--timeout', '1']

describe('gatehouse wait', () => {
  it('asks again through restarts and refusals to proceed, says each reason once, and prints the digest', async () => {
    const blocked = json(200, { mayProceed: false, blockers: [{ message: 'Gate 5 waits for ops.' }] })
    answers = [blocked, blocked, json(503, {}), blocked, json(200, { mayProceed: true, digest: 'sha256:ab' })]
    expect(await wait.run(['FRAUD-12', '--step', '2', ...QUICKLY])).toBe(0)
    expect(asked).toHaveLength(5)
    expect(asked[0]).toEqual({ url: '/api/v1/releases/FRAUD-12/may-proceed?step=2', token: 'Bearer ghp_x' })
    expect(printed.at(-1)).toBe('sha256:ab')
    expect(printed.filter((line) => line.includes('Gate 5 waits for ops.'))).toHaveLength(2)
  })

  it('gives up with its own exit code when the time is over', async () => {
    answers = [json(200, { mayProceed: false, blockers: [{ message: 'On hold.' }] })]
    expect(await wait.run(['FRAUD-12', '--every', '0.02', '--timeout', '0.002'])).toBe(75)
  })

  it.each([
    ['the wrong token', json(401, { detail: 'This token is not known.' }), 'This token is not known.'],
    ['an unknown release', json(404, { detail: 'There is no such release.' }), 'There is no such release.'],
    ['a page of something else', json(200, ['hello']), 'The server answered something else than expected; is GATEHOUSE_URL right?'],
  ])('ends at once at %s', async (_name, answer, message) => {
    answers = [answer]
    await expect(wait.run(['FRAUD-12', ...QUICKLY])).rejects.toThrow(message)
    expect(asked).toHaveLength(1)
  })

  it('says which setting is missing', async () => {
    vi.stubEnv('GATEHOUSE_TOKEN', '')
    await expect(wait.run(['FRAUD-12'])).rejects.toThrow('Set GATEHOUSE_TOKEN first.')
  })
})

/** The short way answers as the long one would: whole bodies both ways, streams that end with either side, and only what was offered. */
import { createServer, request as ask, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { offerShortWay, shortWay, takeShortWay } from './short-way'

const seen: { url: string; path: readonly string[]; kind: string | null; body: string }[] = []
let server: Server
let origin = ''
let cancelled = 0
let opened = 0
const text = new TextEncoder()
let say = (words: string): void => void words
let end = () => {}
let arrived = () => {}
let left = () => {}

async function door(request: Request, path: readonly string[]): Promise<Response> {
  opened += 1
  if (path[0] === 'live') {
    let leave = () => {}
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        say = (words) => controller.enqueue(text.encode(words))
        leave = () => controller.close()
        end = leave
      },
      cancel: () => { cancelled += 1 },
    })
    request.signal.addEventListener('abort', () => { cancelled += 1 })
    return new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  }
  seen.push({ url: request.url, path, kind: request.headers.get('content-type'), body: await request.text() })
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  for (const cookie of ['a=1; Path=/', 'b=2; HttpOnly']) headers.append('set-cookie', cookie)
  return Response.json({ said: path }, { status: 409, headers })
}

beforeAll(async () => {
  offerShortWay([{ method: 'POST', path: '/check-ins/{id}/notes' }, { method: 'GET', path: '/live' }], door)
  server = createServer((request, response) => {
    arrived()
    response.once('close', () => left())
    const way = shortWay(request.method ?? 'GET', (request.url ?? '').split('?')[0] ?? '')
    if (way) void takeShortWay(way, request, response, 'http://gatehouse.test')
    else response.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => void server.close())

describe('what may take it', () => {
  it('is only what was offered, by its plain address', () => {
    expect(shortWay('POST', '/api/v1/check-ins/c1/notes')?.path).toEqual(['check-ins', 'c1', 'notes'])
    expect(shortWay('GET', '/api/v1/live')).not.toBeNull()
    for (const [method, path] of [
      ['GET', '/api/v1/check-ins/c1/notes'], ['HEAD', '/api/v1/live'], ['POST', '/api/v1/check-ins//notes'], ['POST', '/api/v1/check-ins/c%31/notes'],
      ['POST', '/api/v1/check-ins/c1/notes/'], ['POST', '/api/v1/check-ins/c1/commands'], ['GET', '/live'], ['GET', '/api/v2/live'],
    ] as const) expect(shortWay(method, path), `${method} ${path}`).toBeNull()
  })
})

describe('a request', () => {
  it('arrives whole, and its answer with status, headers and length', async () => {
    const body = JSON.stringify({ words: 'ä'.repeat(200_000) })
    const answer = await fetch(`${origin}/api/v1/check-ins/c1/notes?x=1`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; HttpOnly'])
    const words = await answer.text()
    expect(Number(answer.headers.get('content-length'))).toBe(words.length)
    expect(JSON.parse(words)).toEqual({ said: ['check-ins', 'c1', 'notes'] })
    expect(seen).toEqual([{ url: 'http://gatehouse.test/api/v1/check-ins/c1/notes?x=1', path: ['check-ins', 'c1', 'notes'], kind: 'application/json', body }])
  })

  it('that breaks off in the middle of its body reaches nobody', async () => {
    const before = opened
    const asked = ask(`${origin}/api/v1/check-ins/c1/notes`, { method: 'POST', headers: { 'content-length': '100' } })
    asked.on('error', () => undefined)
    await new Promise<void>((resolve) => {
      arrived = resolve
      asked.write('half')
    })
    await new Promise<void>((resolve) => {
      left = resolve
      asked.destroy()
    })
    expect((await fetch(`${origin}/elsewhere`)).status).toBe(418)
    expect(opened).toBe(before)
  })
})

describe('a stream', () => {
  it('says at once what is said, and ends when its source does', async () => {
    const answer = await fetch(`${origin}/api/v1/live`)
    const reader = answer.body?.getReader()
    say('event: a\n\n')
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('event: a\n\n')
    end()
    expect((await reader?.read())?.done).toBe(true)
  })

  it('tells its source when the listener leaves', async () => {
    const gone = new AbortController()
    const answer = await fetch(`${origin}/api/v1/live`, { signal: gone.signal })
    const before = cancelled
    say('event: b\n\n')
    await answer.body?.getReader().read()
    gone.abort()
    await expect.poll(() => cancelled, { timeout: 20_000 }).toBeGreaterThan(before)
  })
})

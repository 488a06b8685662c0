/** A stand-in for a metrics source in tests: answers as it is told, counts what it is asked, and can misbehave in every way we know. */
import 'server-only'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly params: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

export type Behaviour = (asked: Asked, response: ServerResponse) => void

export interface Double {
  readonly url: string
  readonly asked: Asked[]
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

/** Answers with a body of the given type and status. */
export function answering(status: number, contentType: string, body: string): Behaviour {
  return (_asked, response) => { response.writeHead(status, { 'content-type': contentType }).end(body) }
}

/** A vector with one series of this value, dated now. */
export function valued(value: string | ((query: string) => string)): Behaviour {
  return (asked, response) => {
    const at = Number(asked.params.get('time') ?? Date.now() / 1000)
    const text = typeof value === 'string' ? value : value(asked.params.get('query') ?? '')
    const isRange = asked.path.endsWith('query_range')
    const start = Number(asked.params.get('start'))
    const step = Number(asked.params.get('step'))
    const values = isRange ? Array.from({ length: Math.floor((Number(asked.params.get('end')) - start) / step) + 1 }, (_, k) => [start + k * step, text]) : []
    const result = isRange ? { resultType: 'matrix', result: [{ metric: {}, values }] } : { resultType: 'vector', result: [{ metric: {}, value: [at, text] }] }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'success', data: result }))
  }
}

/** Every way in which a source was seen or feared to misbehave. */
export const FAULTS: Readonly<Record<string, Behaviour>> = {
  html: answering(200, 'text/html', '<!doctype html><title>Sign in</title>'),
  empty: answering(200, 'application/json', '{"status":"success","data":{"resultType":"vector","result":[]}}'),
  half: answering(200, 'application/json', '{"status":"success","data":{"resultType":"vec'),
  cut: (_asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"status":"success"')
    setTimeout(() => response.destroy(), 20)
  },
  'five hundred megabytes': (_asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const chunk = Buffer.alloc(1_000_000, 0x20)
    let left = 500
    const pump = () => { while (left > 0 && !response.destroyed && response.write(chunk)) left -= 1; if (left > 0 && !response.destroyed) response.once('drain', pump); else response.end() }
    pump()
  },
  'gzip bomb': (_asked, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000_000, 0x20))) },
  'odd encoding': (_asked, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'zstd' }).end('x') },
  'no gzip': (_asked, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('not gzip at all') },
  redirect: (_asked, response) => { response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end() },
  slow: () => undefined,
  reset: (_asked, response) => { response.destroy() },
  'bad gateway': answering(502, 'text/html', '<html>502 Bad Gateway</html>'),
  'rate limit': answering(429, 'text/plain', 'too many'),
}

function readForm(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    request.on('data', (chunk: Buffer) => { text += chunk.toString() })
    request.on('end', () => resolve(text))
  })
}

/** Starts the stand-in on a free port of loopback. */
export async function startDouble(first: Behaviour = valued('1')): Promise<Double> {
  let behaviour = first
  const asked: Asked[] = []
  const server = http.createServer((request, response) => {
    void readForm(request).then((form) => {
      const url = new URL(request.url ?? '/', 'http://double')
      const params = new URLSearchParams([...url.searchParams, ...new URLSearchParams(form)])
      const one = { method: request.method ?? '', path: url.pathname, params, headers: request.headers }
      asked.push(one)
      behaviour(one, response)
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    behave: (next) => { behaviour = next },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve() }) }),
  }
}

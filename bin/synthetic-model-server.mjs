#!/usr/bin/env node
// A pretended model server for the demo and the tests: versions of models under load, controllable over HTTP, exported as real stacks export them.
//
//   node bin/synthetic-model-server.mjs --port 9300
//   curl -s localhost:9300/metrics
//   curl -s -X POST localhost:9300/control -H 'content-type: application/json' -d '{"model":"fraud-scorer","version":"4.2.0","mode":"slow","share":0.25}'
//   modes: healthy, slow, erroring, drifting, idle, gone

import http from 'node:http'
import { pathToFileURL } from 'node:url'
import { BOUNDS, Page, writeVersion } from './synthetic-metrics.mjs'

export const MODES = ['healthy', 'slow', 'erroring', 'drifting', 'idle', 'gone']

const BEHAVIOUR = {
  healthy: { slowness: 1, errorRatio: 0.002, drift: 0.08, accuracy: 0.93 },
  slow: { slowness: 4, errorRatio: 0.002, drift: 0.08, accuracy: 0.93 },
  erroring: { slowness: 1, errorRatio: 0.09, drift: 0.08, accuracy: 0.93 },
  drifting: { slowness: 1, errorRatio: 0.002, drift: 0.36, accuracy: 0.84 },
}

/** Share of a lognormal distribution below x (Abramowitz and Stegun 7.1.26). */
function below(x, median, sigma) {
  const z = (Math.log(x) - Math.log(median)) / (sigma * Math.SQRT2)
  const t = 1 / (1 + 0.3275911 * Math.abs(z))
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-z * z)
  return z >= 0 ? 1 - tail / 2 : tail / 2
}

const seeded = (n) => {
  const x = Math.sin(n * 127.1) * 43758.5453
  return (x - Math.floor(x)) * 2 - 1
}

/** Noise between -1 and 1 that is smooth over `period` seconds: unlike a quick wave it makes no pattern where it is looked at rarely. */
function noise(t, period, seed) {
  const step = Math.floor(t / period)
  const way = t / period - step
  const eased = way * way * (3 - 2 * way)
  return seeded(step + seed) * (1 - eased) + seeded(step + 1 + seed) * eased
}

const dashed = (text) => text.replace(/[^a-z0-9]+/gi, '-')

export class Version {
  mode = 'healthy'
  requests = 0
  errors = 0
  invalid = 0
  tokens = 0
  latencySum = 0
  tokenLatencySum = 0
  cpuSeconds = 0
  periods = 0
  throttled = 0
  latency = BOUNDS.seconds.map(() => 0)
  tokenLatency = BOUNDS.tokens.map(() => 0)

  constructor(model, { version, share = 0, speed = 1, mode = 'healthy', errors }, total, now) {
    this.version = version
    this.share = share
    this.speed = speed
    // Usual share of errors, in place of that of a healthy version.
    this.usualErrors = errors ?? BEHAVIOUR.healthy.errorRatio
    // One whose usual share is known has erred before: its errors are counted from the first look, and not only from the next error on.
    if (errors !== undefined) this.requests = this.errors = 1
    this.mode = mode
    this.total = total
    this.deployment = `${dashed(model)}-${dashed(version)}`
    this.pod = `${this.deployment}-0`
    this.now = now
    this.phase = [...this.pod].reduce((sum, char) => sum + char.charCodeAt(0), 0)
    // Of its own for every version, also where the digits of two add up to the same.
    this.seed = [...this.pod].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 99_991, 7)
    this.advance(now)
  }

  /** Lets the time from the last look until `now` (ms) pass under the present mode. */
  advance(now) {
    const seconds = Math.max(0, (now - this.now) / 1000)
    this.now = now
    const t = now / 1000 + this.phase
    // Slow waves that charts of hours show, in step for all versions as their load is, and small quick noise of their own that shows that it is live.
    const quick = (period, offset) => noise(now / 1000, period, this.seed + offset)
    const sway = 1 + 0.05 * Math.sin(t / 1900) + 0.03 * Math.sin(t / 540) + 0.012 * quick(40, 0) + 0.008 * quick(9, 1)
    const behaviour = BEHAVIOUR[this.mode] ?? BEHAVIOUR.healthy
    this.median = 0.075 * this.speed * behaviour.slowness * sway
    this.p95 = this.median * 2.1
    this.accuracy = behaviour.accuracy + 0.002 * Math.sin(t / 2300) + 0.002 * quick(420, 2)
    this.drift = behaviour.drift * (1 + 0.06 * Math.sin(t / 2700) + 0.06 * quick(600, 3))
    const isServing = this.mode !== 'idle' && this.mode !== 'gone'
    const rate = isServing ? this.total * this.share * (1 + 0.09 * Math.sin(t / 2600) + 0.02 * quick(45, 4)) : 0
    const made = rate * seconds
    this.inFlight = Math.round(rate * this.median)
    this.waiting = this.mode === 'slow' ? 9 : 1
    this.gpu = isServing ? Math.min(0.99, 0.35 + 0.45 * this.share * sway + (this.mode === 'slow' ? 0.15 : 0)) : 0.02
    this.gpuMemory = 0.79 + 0.01 * Math.sin(t / 3500) + 0.007 * quick(500, 5)
    this.memory = 5.6e9 + 0.9e8 * Math.sin(t / 3100) + 6e7 * quick(300, 6)
    this.requests += made
    this.errors += made * (this.mode === 'erroring' ? behaviour.errorRatio : this.usualErrors)
    this.tokens += made * 40
    this.latencySum += made * this.median * 1.13
    this.tokenLatencySum += made * 40 * 0.018
    BOUNDS.seconds.forEach((bound, at) => { this.latency[at] += made * below(bound, this.median, 0.45) })
    BOUNDS.tokens.forEach((bound, at) => { this.tokenLatency[at] += made * 40 * below(bound, 0.018 * behaviour.slowness, 0.4) })
    this.cpuSeconds += seconds * (isServing ? 1.4 * sway : 0.05)
    this.periods += seconds * 10
    this.throttled += seconds * (this.mode === 'slow' ? 2.4 : 0.12 + 0.03 * quick(240, 7))
  }
}

const DEFAULT_MODELS = [{ name: 'fraud-scorer', requestsPerSecond: 60, versions: [{ version: '4.1.3', share: 0.9 }, { version: '4.2.0', share: 0.1, speed: 1.04 }] }]

function readBody(request) {
  return new Promise((resolve, reject) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
      if (text.length > 100_000) reject(new Error('too large'))
    })
    request.on('end', () => resolve(text))
    request.on('error', reject)
  })
}

/**
 * Starts the server on loopback.
 * In: port (0 picks one), models `[{ name, requestsPerSecond, versions: [{ version, share, speed, mode }] }]`.
 * Out: `{ url, port, control(change), state(), close() }`; `control` takes `{ model?, version?, mode?, share?, hide? }`, as the HTTP body does.
 *
 * @param {{ port?: number, models?: { name: string, requestsPerSecond?: number, versions: { version: string, share?: number, speed?: number, mode?: string }[] }[] }} [options]
 */
export async function startModelServer({ port = 0, models = DEFAULT_MODELS } = {}) {
  const now = Date.now()
  const worlds = new Map(models.map((model) => [model.name, { total: model.requestsPerSecond ?? 60, versions: new Map(model.versions.map((one) => [one.version, new Version(model.name, one, model.requestsPerSecond ?? 60, now)])) }]))
  let hidden = []

  const advance = () => { for (const world of worlds.values()) for (const version of world.versions.values()) version.advance(Date.now()) }
  const state = () => ({
    hide: hidden,
    models: [...worlds].map(([name, world]) => ({ name, versions: [...world.versions.values()].map(({ version, mode, share }) => ({ version, mode, share })) })),
  })
  /** @param {{ model?: string, version?: string, mode?: string, share?: number, speed?: number, errors?: number, requestsPerSecond?: number, hide?: string[] }} change */
  const control = (change) => {
    advance()
    if (Array.isArray(change.hide)) hidden = change.hide
    if (change.mode !== undefined && !MODES.includes(change.mode)) throw new Error(`mode must be one of ${MODES.join(', ')}`)
    if (change.version === undefined) return state()
    const name = change.model ?? [...worlds.keys()][0]
    const world = worlds.get(name) ?? { total: change.requestsPerSecond ?? 60, versions: new Map() }
    worlds.set(name, world)
    const version = world.versions.get(change.version) ?? new Version(name, { version: change.version, speed: change.speed, errors: change.errors }, world.total, Date.now())
    world.versions.set(change.version, version)
    if (change.mode !== undefined) version.mode = change.mode
    if (typeof change.share === 'number') version.share = Math.min(1, Math.max(0, change.share))
    return state()
  }
  const metrics = () => {
    advance()
    const page = new Page(hidden)
    for (const [name, world] of worlds) for (const version of world.versions.values()) if (version.mode !== 'gone') writeVersion(page, name, version)
    return page.text()
  }

  const json = (response, status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
  const server = http.createServer(async (request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') return response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics())
    if (request.url !== '/control') return json(response, 404, { error: 'there is /metrics and /control' })
    if (request.method === 'GET') return json(response, 200, state())
    try {
      return json(response, 200, control(JSON.parse(await readBody(request))))
    } catch (error) {
      return json(response, 400, { error: error.message })
    }
  })
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const actual = server.address().port
  return {
    url: `http://127.0.0.1:${actual}`, port: actual, control, state, metrics,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}

// The name is asked for too, because a bundle that holds this file has one address for all its parts.
if (process.argv[1]?.endsWith('synthetic-model-server.mjs') && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--port')
  const started = await startModelServer({ port: at > 0 ? Number(process.argv[at + 1]) : 9300, ...(process.argv.includes('--empty') ? { models: [] } : {}) })
  console.log(`synthetic model server on ${started.url}/metrics, control at ${started.url}/control`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => started.close().then(() => process.exit(0)))
}

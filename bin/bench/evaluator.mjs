// The metrics part of the bench: what 200 measured items cost over idle, and whether 100 viewers of a release ask Prometheus more than one does.
// BENCH_MINUTES=5 looks for five minutes instead of one.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startModelServer } from '../synthetic-model-server.mjs'
import { startPrometheus } from '../prometheus.mjs'
import { findTool } from '../tools.mjs'
import { bundle } from '../bundle.mjs'
import { BENCH_PASSWORD } from './cast.mjs'
import { median } from './http.mjs'
import { cookieOf, processorSeconds, startProduct } from './servers.mjs'

const WATCH_SECONDS = 60 * Number(process.env.BENCH_MINUTES ?? 1)
const VIEWERS = 100
/** Models that the synthetic server has: at least as many as the world opens releases of. */
const MODELS = 60

/** Stands before Prometheus and counts what is asked of it: all of it, and by a word that the query holds. */
function countingProxy(target) {
  const counts = { all: 0, asked: [] }
  const server = createServer(async (incoming, outgoing) => {
    const parts = []
    for await (const part of incoming) parts.push(part)
    const body = Buffer.concat(parts)
    if (/\/query/.test(incoming.url)) {
      counts.all += 1
      counts.asked.push(decodeURIComponent(`${incoming.url} ${body}`.replaceAll('+', ' ')))
    }
    const onward = request(`${target}${incoming.url}`, { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    onward.end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, counts, stop: () => { server.closeAllConnections(); server.close() } }))
  })
}

/** Share of one core and median resident memory (MB) of a process over some seconds. */
async function cost(product, seconds) {
  const [began, before] = [performance.now(), processorSeconds(product.pid)]
  const memory = []
  while (performance.now() - began < seconds * 1000) {
    await pause(2000)
    memory.push(product.memory())
  }
  return { core: (processorSeconds(product.pid) - before) / ((performance.now() - began) / 1000), memory: median(memory) }
}

function makeWorld(file, url, kind) {
  const made = spawnSync(process.execPath, ['dist/bench/evaluator-world.js', file, url, kind], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`the world of the evaluator could not be made:\n${made.stdout}\n${made.stderr}`)
  return JSON.parse(made.stdout.trim().split('\n').at(-1))
}

/** So many viewers read the panels of a release as often as there is something new, each at a moment of their own. */
async function look({ origin, cookie, code, viewers, pollSeconds }) {
  const until = performance.now() + WATCH_SECONDS * 1000
  let failed = 0
  await Promise.all(Array.from({ length: viewers }, async (_, at) => {
    await pause((at / viewers) * pollSeconds * 1000)
    while (performance.now() < until) {
      const answer = await fetch(`${origin}/api/v1/releases/${code}/metrics?range=6h`, { headers: { cookie } })
      await answer.arrayBuffer()
      if (!answer.ok) failed += 1
      await pause(pollSeconds * 1000)
    }
  }))
  if (failed > 0) throw new Error(`${failed} reads of the panels failed`)
}

/** In: the report and the product's folder. */
export async function metricsPart({ root, report }) {
  if (!findTool('prometheus')) return report.skip('200 metric items, 100 viewers', 'there is no Prometheus')
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-bench-metrics-'))
  const models = await startModelServer({ models: Array.from({ length: MODELS }, (_, at) => ({ name: `model-${at}`, requestsPerSecond: 200, versions: [{ version: '1.0.0', share: 0.5 }, { version: '2.0.0', share: 0.5 }] })) })
  const prometheus = await startPrometheus({ intervalSeconds: 5, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }] })
  const proxy = await countingProxy(prometheus.url)
  const running = []
  const run = async (kind) => {
    const data = path.join(folder, kind)
    mkdirSync(data)
    const world = makeWorld(path.join(data, 'gatehouse.db'), proxy.url, kind)
    const product = await startProduct(root, data)
    running.push(product)
    return { ...world, product }
  }
  try {
    await bundle('bin/bench/evaluator-world.ts', 'dist/bench/evaluator-world.js')
    const idle = await run('idle')
    await pause(20_000)
    const quiet = await cost(idle.product, WATCH_SECONDS)
    await viewers(idle, proxy.counts, report)
    await idle.product.stop()
    running.pop()

    const active = await run('active')
    // The first round turns every item once; after two intervals all are on their way.
    await pause(65_000)
    const before = proxy.counts.all
    const busy = await cost(active.product, WATCH_SECONDS)
    const asked = proxy.counts.all - before
    const cookie = await cookieOf(active.product.origin, 'p1@bench.example', BENCH_PASSWORD)
    const seen = await (await fetch(`${active.product.origin}/api/v1/releases/M00-1/items/5.6/evaluations`, { headers: { cookie } })).json()
    const last = seen.filter((one) => Date.now() - Date.parse(one.at) < WATCH_SECONDS * 1000)
    report.check(`${active.items} metric items every 30 s: processor over idle`, (busy.core - quiet.core) * 100, 10, '% of a core')
    report.check(`${active.items} metric items every 30 s: memory over idle`, busy.memory - quiet.memory, 60, 'MB')
    report.check('measurements of one item per minute', (last.length / WATCH_SECONDS) * 60, 1.5, '', true)
    report.tell('idle, and measuring', quiet.core * 100, `and ${(busy.core * 100).toFixed(2)} % of a core; ${quiet.memory.toFixed(0)} and ${busy.memory.toFixed(0)} MB`)
    report.tell('queries to Prometheus', asked / WATCH_SECONDS, 'per second')
    report.tell('verdict of one of them', last.filter((one) => one.verdict === 'pass').length, `of ${last.length} pass`)
  } finally {
    for (const product of running) await product.stop()
    proxy.stop()
    await prometheus.stop()
    await models.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Two releases with the same eight panels at the same time: one viewer of the first, a hundred of the second. */
async function viewers({ product, looked: [first, second] }, counts, report) {
  const { origin } = product
  const cookie = await cookieOf(origin, 'p1@bench.example', BENCH_PASSWORD)
  let pollSeconds = 0
  for (const { code } of [first, second]) {
    const view = await (await fetch(`${origin}/api/v1/releases/${code}/metrics?range=6h`, { headers: { cookie } })).json()
    const filled = view.panels.filter((panel) => panel.state === 'ok').length
    if (view.panels.length !== 8 || filled < 4) throw new Error(`the release shows ${filled} of ${view.panels.length} panels`)
    pollSeconds = view.pollSeconds
  }
  counts.asked = []
  await Promise.all([look({ origin, cookie, code: first.code, viewers: 1, pollSeconds }), look({ origin, cookie, code: second.code, viewers: VIEWERS, pollSeconds })])
  const [one, many] = [first, second].map(({ model }) => counts.asked.filter((query) => query.includes(`${model}"`) || query.includes(`${model}-2`)).length)
  const perStep = one / (WATCH_SECONDS / pollSeconds)
  report.tell(`queries of one viewer of 8 panels in ${WATCH_SECONDS} s`, one, '')
  report.tell(`queries of ${VIEWERS} viewers in ${WATCH_SECONDS} s`, many, '')
  report.check(`${VIEWERS} viewers against one: difference in steps`, Math.abs(many - one) / perStep, 1, 'steps')
}

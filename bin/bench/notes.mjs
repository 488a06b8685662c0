// How soon words that one person types at a check-in are with the others: two browsers and eight protocol clients, beside a bare server that keeps and relays the same bytes.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Agent, get, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { BENCH_PASSWORD } from './cast.mjs'
import { windowOf } from './browser.mjs'
import { median } from './http.mjs'
import { cookieOf, startProduct } from './servers.mjs'

const CLIENTS = 8
const ROUNDS = 60
/** The first ones are left out: the compiler has not seen them yet. */
const WARM = 10
const agent = new Agent({ keepAlive: true })
const base64 = (bytes) => Buffer.from(bytes).toString('base64')

/** Posts JSON over a kept connection. Out: milliseconds, status and body. */
function post(url, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const asked = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ took: performance.now() - began, status: response.statusCode, body: text }))
    })
    asked.on('error', reject)
    asked.end(JSON.stringify(body))
  })
}

/** Listens to a stream. In: `heard` is called with each part of it. Out: the function that stops. */
function listen(url, headers, heard) {
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers, agent: false }, (response) => {
      response.setEncoding('utf8')
      response.on('data', heard)
      resolve(() => asked.destroy())
    })
    asked.on('error', (error) => { if (!asked.destroyed) reject(error) })
  })
}

/** Sends and waits until everybody has heard. `arm` makes the promises of those who listen. Out: ms until the last one, and of the answer. */
async function timed(send, arm) {
  const began = performance.now()
  const all = arm(began)
  const { took, status, body } = await send()
  if (status !== 200) throw new Error(`a note was refused: ${status} ${body}`)
  return { shown: Math.max(...(await Promise.all(all))), trip: took }
}

export async function notesPart({ root, data, browser, report }) {
  const product = await startProduct(root, data.few)
  const relay = spawn(process.execPath, ['bin/bench/relay.mjs'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const relayAt = `http://127.0.0.1:${await new Promise((resolve) => relay.stdout.once('data', (text) => resolve(String(text).trim())))}`
  const stops = []
  try {
    const bare = await overRelay(relayAt, browser, stops)
    const notes = await overProduct(product.origin, browser, stops)
    await pause(1_000)
    const found = { bare: [], notes: [] }
    // in turn, so that whatever else the machine does falls on both
    for (let round = 0; round < ROUNDS; round += 1) {
      found.bare.push(await bare(round))
      await pause(60)
      found.notes.push(await notes(round))
      await pause(60)
    }
    const of = (side, what) => median(found[side].slice(WARM).map((one) => one[what]))
    report.check('a note with the last of eight protocol clients, of the bare round trip', of('notes', 'clients') / of('bare', 'clients'), 4)
    report.tell('bare: kept on disk, and with the last of eight clients', of('bare', 'clients'), 'ms')
    report.tell('stored by the product', of('notes', 'trip'), 'ms')
    report.tell('with the last protocol client', of('notes', 'clients'), 'ms')
    if (!browser) return
    report.check('a note on the last of two browsers\' screens, of the bare round trip', of('notes', 'screens') / of('bare', 'clients'), 4)
    report.check('… of the bare round trip to two bare pages', of('notes', 'screens') / of('bare', 'screens'), 4)
    report.tell('bare: on the last of two pages', of('bare', 'screens'), 'ms')
    report.tell('on the last screen', of('notes', 'screens'), 'ms')
  } finally {
    for (const stop of stops) await stop()
    relay.kill('SIGTERM')
    await product.stop()
  }
}

/** In: pages that resolve `noteSeen`, the words waited for. Out: per page the moment at which they stood there. */
async function watch(pages, words) {
  const seen = await Promise.all(pages.map((page) => page.evaluateHandle((waited) => ({
    at: new Promise((resolve) => {
      globalThis.noteSeen = (now) => { if (now.includes(waited)) resolve(performance.timeOrigin + performance.now()) }
    }),
  }), words)))
  return () => Promise.all(seen.map((handle) => handle.evaluate((one) => one.at)))
}

async function overRelay(origin, browser, stops) {
  const waiting = new Map()
  for (let n = 0; n < CLIENTS; n += 1) stops.push(await listen(`${origin}/live`, {}, (text) => { for (const [token, tell] of waiting) if (text.includes(token)) tell(n) }))
  const pages = []
  for (let n = 0; browser && n < 2; n += 1) {
    const context = await windowOf(browser, origin)
    stops.push(() => context.close())
    const page = await context.newPage()
    await page.goto(`${origin}/page`)
    await page.waitForSelector('textarea.open')
    pages.push(page)
  }
  return async (round) => {
    const token = `t${round}-${randomUUID()}`
    const shownAt = await watch(pages, token)
    const begun = performance.timeOrigin + performance.now()
    const { shown } = await timed(() => post(origin, { notes: [{ topicId: 'x', vector: 'AA==', update: token }] }), (began) => {
      const left = Array.from({ length: CLIENTS }, deferred)
      waiting.set(token, (n) => left[n].resolve(performance.now() - began))
      return left.map((one) => one.promise)
    })
    waiting.delete(token)
    return { clients: shown, screens: Math.max(...(await shownAt()).map((at) => at - begun)) }
  }
}

function deferred() {
  let resolve
  const promise = new Promise((done) => (resolve = done))
  return { promise, resolve }
}

async function overProduct(origin, browser, stops) {
  const cookies = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => cookieOf(origin, `p${n}@bench.example`, BENCH_PASSWORD)))
  const as = (n) => ({ cookie: cookies[n % cookies.length], origin })
  const id = randomUUID()
  const topicId = randomUUID()
  const order = async (command) => {
    const { status, body } = await post(`${origin}/api/v1/check-ins/${id}/commands`, command, { ...as(0), 'idempotency-key': randomUUID() })
    if (status !== 200 && status !== 201) throw new Error(`${command.type}: ${status} ${body}`)
  }
  const releases = await (await fetch(`${origin}/api/v1/check-ins`, { headers: as(0) })).json()
  await order({ type: 'schedule', title: 'Measured', startsAt: new Date().toISOString(), durationMinutes: 25, zone: 'UTC', releaseIds: [releases.releases[0].id], teams: ['product'], previousId: null })
  await order({ type: 'add-topic', topicId, title: 'Measured words', releaseId: null, gateId: null })
  await order({ type: 'start' })
  await order({ type: 'move-to-topic', topicId })

  const waiting = new Map()
  for (let n = 0; n < CLIENTS; n += 1) {
    const here = () => post(`${origin}/api/v1/check-ins/${id}/presence`, { isHere: true, writesOn: null }, as(n))
    await here()
    const beat = setInterval(here, 10_000)
    stops.push(() => clearInterval(beat), await listen(`${origin}/api/v1/live`, as(n), (text) => { for (const [token, tell] of waiting) if (text.includes(token)) tell(n) }))
  }
  const pages = []
  for (const n of browser ? [1, 2] : []) {
    const context = await windowOf(browser, origin, cookies[n])
    stops.push(() => context.close())
    const page = await context.newPage()
    // the moment at which the words enter the field
    await page.addInitScript(() => {
      const own = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
      Object.defineProperty(HTMLTextAreaElement.prototype, 'value', { ...own, set(words) {
        own.set.call(this, words)
        globalThis.noteSeen?.(words)
      } })
    })
    await page.goto(`${origin}/check-ins/${id}`)
    await page.waitForSelector('textarea:not([readonly])')
    pages.push(page)
  }

  const doc = new Y.Doc()
  const text = doc.getText('note')
  return async (round) => {
    const updates = []
    const note = (update) => updates.push(update)
    doc.on('update', note)
    const words = `w${round}. `
    text.insert(text.length, words)
    doc.off('update', note)
    const update = base64(updates[0])
    const shownAt = await watch(pages, words)
    const begun = performance.timeOrigin + performance.now()
    const { shown, trip } = await timed(() => post(`${origin}/api/v1/check-ins/${id}/notes`, { notes: [{ topicId, vector: base64(Y.encodeStateVector(doc)), update }] }, as(0)), (began) => {
      const left = Array.from({ length: CLIENTS }, deferred)
      waiting.set(update, (n) => left[n].resolve(performance.now() - began))
      return left.map((one) => one.promise)
    })
    waiting.delete(update)
    return { trip, clients: shown, screens: Math.max(...(await shownAt()).map((at) => at - begun)) }
  }
}

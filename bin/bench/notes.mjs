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
const ROUNDS = 40
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
    const bare = await overRelay(relayAt, stops)
    const notes = await overProduct(product.origin, browser, stops)
    const floor = median(bare.map(({ shown }) => shown))
    report.check('a note with the last of eight protocol clients, of the bare round trip', median(notes.map(({ clients }) => clients)) / floor, 4)
    report.check('a note on the last of two browsers\' screens, of the bare round trip', median(notes.map(({ browsers }) => browsers)) / floor, 4)
    report.tell('bare: kept on disk, and with the last of ten listeners', floor, 'ms')
    report.tell('stored by the product', median(notes.map(({ trip }) => trip)), 'ms')
    report.tell('with the last protocol client', median(notes.map(({ clients }) => clients)), 'ms')
    report.tell('on the last screen', median(notes.map(({ browsers }) => browsers)), 'ms')
  } finally {
    for (const stop of stops) await stop()
    relay.kill('SIGTERM')
    await product.stop()
  }
}

async function overRelay(origin, stops) {
  const waiting = new Map()
  for (let n = 0; n < CLIENTS + 2; n += 1) stops.push(await listen(origin, {}, (text) => { for (const [token, tell] of waiting) if (text.includes(token)) tell(n) }))
  const found = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const token = `t${round}-${randomUUID()}`
    found.push(await timed(() => post(origin, { notes: [{ topicId: 'x', vector: 'AA==', update: token }] }), (began) => {
      const left = Array.from({ length: CLIENTS + 2 }, deferred)
      waiting.set(token, (n) => left[n].resolve(performance.now() - began))
      return left.map((one) => one.promise)
    }))
    waiting.delete(token)
    await pause(20)
  }
  return found
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
  await pause(1_000)

  const doc = new Y.Doc()
  const text = doc.getText('note')
  const found = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const updates = []
    const note = (update) => updates.push(update)
    doc.on('update', note)
    const words = `w${round}. `
    text.insert(text.length, words)
    doc.off('update', note)
    const update = base64(updates[0])
    const seen = await Promise.all(pages.map((page) => page.evaluateHandle((waited) => ({
      at: new Promise((resolve) => {
        globalThis.noteSeen = (words) => { if (words.includes(waited)) resolve(performance.timeOrigin + performance.now()) }
      }),
    }), words)))
    const begun = performance.timeOrigin + performance.now()
    const clients = await timed(() => post(`${origin}/api/v1/check-ins/${id}/notes`, { notes: [{ topicId, vector: base64(Y.encodeStateVector(doc)), update }] }, as(0)), (began) => {
      const left = Array.from({ length: CLIENTS }, deferred)
      waiting.set(update, (n) => left[n].resolve(performance.now() - began))
      return left.map((one) => one.promise)
    })
    waiting.delete(update)
    const shown = await Promise.all(seen.map((handle) => handle.evaluate((one) => one.at)))
    found.push({ trip: clients.trip, clients: clients.shown, browsers: Math.max(...shown.map((at) => at - begun)) })
    await pause(120)
  }
  return found.slice(5)
}

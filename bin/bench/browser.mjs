// Measures in Chromium for the bench: what a page costs in script, when it is visible, how a long board scrolls, when a second browser knows.
import { gzipSync } from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { findTool } from '../tools.mjs'

/** A Chromium, or null where there is none. */
export async function startBrowser() {
  const executablePath = findTool('chromium')
  if (executablePath === null) return null
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

/** A fresh window, signed in by a cookie header where one is given. */
export async function windowOf(browser, origin, cookie = '') {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const cookies = cookie.split('; ').filter(Boolean).map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: origin }))
  await context.addCookies(cookies)
  return context
}

/** Kilobytes of script (gzip) that a page loads until nothing has come for a while. `isReady` is a selector that must be there first. */
export async function scriptOf(browser, origin, path, cookie = '', isReady = 'body') {
  const context = await windowOf(browser, origin, cookie)
  try {
    const page = await context.newPage()
    const scripts = new Map()
    let last = Date.now()
    page.on('response', (response) => {
      last = Date.now()
      if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body())
    })
    await page.goto(origin + path, { waitUntil: 'load' })
    await page.waitForSelector(isReady, { timeout: 20_000 })
    while (Date.now() - last < 1_500) await pause(100)
    const bodies = await Promise.all(scripts.values())
    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000
  } finally {
    await context.close()
  }
}

/** Milliseconds from the start of a navigation to the first picture with content, in a window without a cache. */
export async function visible(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'load' })
    return await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => {
        const entry = list.getEntriesByName('first-contentful-paint')[0]
        if (entry) resolve(entry.startTime)
      }).observe({ type: 'paint', buffered: true })
    }))
  } finally {
    await context.close()
  }
}

/**
 * Scrolls a page down by the wheel to its end. Out: the longest task of the page's main thread while scrolling, in milliseconds of its own
 * work (the trace's thread time, so that other programs on the machine do not count) and by the clock; layout shift; how far it went.
 */
export async function scroll(browser, origin, cookie) {
  const context = await windowOf(browser, origin, cookie)
  try {
    const page = await context.newPage()
    await page.goto(origin, { waitUntil: 'load' })
    await page.waitForSelector('a[data-row]')
    // The page settles first: hydration is not scrolling.
    await pause(4_000)
    await page.evaluate(() => {
      const seen = { shift: 0 }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.shift += entry.value }).observe({ type: 'layout-shift' })
    })
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
    await page.mouse.move(900, 500)
    for (let turn = 0; turn < 90; turn += 1) {
      await page.mouse.wheel(0, 600)
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))))
    }
    await pause(300)
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString())
    const tasks = tasksOfPage(traceEvents)
    const seen = await page.evaluate(() => ({ ...Reflect.get(window, 'seen'), far: window.scrollY / (document.documentElement.scrollHeight - window.innerHeight) }))
    return { ...seen, tasks: tasks.length, longest: Math.max(0, ...tasks.map(({ tdur }) => tdur)) / 1000, longestByClock: Math.max(0, ...tasks.map(({ dur }) => dur)) / 1000 }
  } finally {
    await context.close()
  }
}

/** The tasks of the busiest renderer main thread of a trace. */
function tasksOfPage(events) {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`)
  const tasks = events.filter(({ name, pid, tid, tdur }) => /RunTask$/.test(name) && tdur !== undefined && mains.includes(`${pid} ${tid}`))
  const sum = new Map()
  for (const { pid, tdur } of tasks) sum.set(pid, (sum.get(pid) ?? 0) + tdur)
  const [busiest] = [...sum].toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (busiest === undefined) throw new Error('the trace holds no tasks')
  return tasks.filter(({ pid }) => pid === busiest)
}

/**
 * One person signs in one browser, another looks at the release in a second. In: both cookies, the release, how many times.
 * Out: per round, milliseconds of the command's round trip, and from sending it until the other screen shows it.
 */
export async function signOffs(browser, origin, [signer, watcher], code, gateId, rounds) {
  const first = await windowOf(browser, origin, signer)
  const second = await windowOf(browser, origin, watcher)
  try {
    const hand = await first.newPage()
    const eye = await second.newPage()
    await hand.goto(`${origin}/account`, { waitUntil: 'load' })
    await eye.goto(`${origin}/releases/${code}?gate=${gateId}`, { waitUntil: 'load' })
    await pause(3_000)
    const found = []
    for (let round = 0; round < rounds + 1; round += 1) {
      const words = `round ${round} of the bench`
      const seen = eye.evaluate((text) => new Promise((resolve) => {
        const look = () => document.body.innerText.includes(text)
        const observer = new MutationObserver(() => {
          if (!look()) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(Date.now()))
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }), words)
      const sent = await hand.evaluate(async ({ release, gate, text }) => {
        const view = await (await fetch(`/api/v1/releases/${release}`)).json()
        const { seen: read } = view.gates.find((one) => one.id === gate)
        const tell = async (body) => {
          const answer = await fetch(`/api/v1/releases/${view.id}/commands`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body) })
          if (!answer.ok) throw new Error(`${body.type}: ${answer.status} ${await answer.text()}`)
          return answer.json()
        }
        const at = Date.now()
        const began = performance.now()
        await tell({ type: 'sign-off', gateId: gate, teams: [], comment: text, onBehalfOf: null, seen: read })
        return { at, trip: performance.now() - began }
      }, { release: code, gate: gateId, text: words })
      const shownAt = await Promise.race([seen, pause(10_000).then(() => { throw new Error('the second browser never showed the sign-off') })])
      // The first round warms both sides and is not counted.
      if (round > 0) found.push({ trip: sent.trip, shown: shownAt - sent.at })
      await hand.evaluate(async ({ release, gate }) => {
        const view = await (await fetch(`/api/v1/releases/${release}`)).json()
        const mine = view.gates.find((one) => one.id === gate).signOffs.find((one) => one.state === 'valid')
        await fetch(`/api/v1/releases/${view.id}/commands`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ type: 'withdraw-sign-off', gateId: gate, signOffId: mine.id, reason: 'Next round.' }) })
      }, { release: code, gate: gateId })
      await pause(700)
    }
    return found
  } finally {
    await first.close()
    await second.close()
  }
}

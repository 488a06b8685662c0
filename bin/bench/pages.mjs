// What pages cost beside the framework's empty one: script, memory; and how soon a second browser shows a sign-off.
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BENCH_CODE_OF_SIGN_OFF, BENCH_PASSWORD } from './cast.mjs'
import { scriptOf, signOffs } from './browser.mjs'
import { median } from './http.mjs'
import { releaseWithCharts } from './charts.mjs'
import { cookieOf, startFixture, startProduct } from './servers.mjs'

export async function signOffPart({ root, data, browser, report }) {
  const product = await startProduct(root, data.few)
  try {
    const cookies = [await cookieOf(product.origin, 'p1@bench.example', BENCH_PASSWORD), await cookieOf(product.origin, 'p5@bench.example', BENCH_PASSWORD)]
    const found = await signOffs(browser, product.origin, cookies, BENCH_CODE_OF_SIGN_OFF, 'scope', 9)
    report.check('sign-off on another browser\'s screen, of the command\'s round trip', median(found.map(({ shown, trip }) => shown / trip)), 4)
    report.tell('round trip, committed', median(found.map(({ trip }) => trip)), 'ms')
    report.tell('on the other screen', median(found.map(({ shown }) => shown)), 'ms')
  } finally {
    await product.stop()
  }
}

export async function scriptPart({ root, data, fixture, browser, report }) {
  const product = await startProduct(root, data.few)
  const floor = await startFixture(fixture)
  const charts = await releaseWithCharts()
  try {
    const cookie = await cookieOf(product.origin, 'p1@bench.example', BENCH_PASSWORD)
    const empty = await scriptOf(browser, floor.origin, '/')
    report.tell('script of an empty page of the framework (gzip)', empty, 'kB')
    report.check('script of the board, over the empty page', (await scriptOf(browser, product.origin, '/', cookie, 'a[data-row]')) - empty, 45, 'kB')
    if (!charts) report.skip('script of a release with charts', 'no Prometheus was found')
    else report.check('script of a release with charts, over the empty page', (await scriptOf(browser, product.origin, await charts.open(product.origin, cookie), cookie, '[data-chart]')) - empty, 70, 'kB')
  } finally {
    await charts?.stop()
    await floor.stop()
    await product.stop()
  }
}

export async function memoryPart({ root, data, fixture, folder, report }) {
  const product = await startProduct(root, path.join(folder, 'fresh'))
  const full = await startProduct(root, data.few)
  const floor = await startFixture(fixture)
  try {
    // Each has answered a page; then all are left alone.
    for (const { origin } of [product, full]) await (await fetch(`${origin}/sign-in`)).text()
    await (await fetch(floor.origin)).text()
    await pause(15_000)
    const empty = floor.memory()
    report.check('memory of the idle server, fresh installation, of an empty app of the framework', product.memory() / empty, 2.5)
    report.check('memory of the idle server with 500 releases in flight, of the same', full.memory() / empty, 2.5)
    report.tell('fresh installation', product.memory(), 'MB')
    report.tell('500 releases in flight', full.memory(), 'MB')
    report.tell('empty app', empty, 'MB')
  } finally {
    for (const server of [product, full, floor]) await server.stop()
  }
}

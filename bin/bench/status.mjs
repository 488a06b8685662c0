// The public documents of the status page beside a bare server that answers the same bytes with the same headers from memory: how many a second, and how late at a fixed rate.
import { alternate, ask, fixedRate, load, median, startBare } from './http.mjs'
import { visible } from './browser.mjs'
import { processorSeconds, startProduct } from './servers.mjs'

const ROUNDS = 5
const SECONDS = 2
/** Requests a second at which the slowest hundredth is looked at, and for how long. */
const RATE = 1_000
const RATE_SECONDS = 5
const OWN = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding'])
const ENCODINGS = ['identity', 'gzip', 'br']

export async function statusPart({ root, data, browser, report }) {
  const product = await startProduct(root, data.few)
  const origin = product.origin.replace('localhost', '127.0.0.1')
  try {
    const components = JSON.parse((await ask(`${origin}/api/v2/components.json`)).body.toString()).components
    // Large, middling and small.
    const paths = ['/status', '/api/v2/summary.json', ...components.slice(0, 1).map((one) => `/status/badge/${one.id}.svg`)]
    for (const path of paths) await beside({ product, url: origin + path, path, browser: path === '/status' ? browser : null, report })
  } finally {
    await product.stop()
  }
}

async function beside({ product, url, path, browser, report }) {
  const name = path.replace(/badge\/.*/, 'badge/….svg')
  const answers = {}
  for (const encoding of ENCODINGS) {
    const { headers, body, status } = await ask(url, { 'accept-encoding': encoding })
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    answers[encoding] = { headers: Object.fromEntries(Object.entries(headers).filter(([key]) => !OWN.has(key))), body }
  }
  const bare = await startBare(answers)
  try {
    for (const encoding of ENCODINGS) {
      const headers = { 'accept-encoding': encoding }
      const work = { product: [], bare: [] }
      const loaded = (who, address, pid) => async () => {
        const before = processorSeconds(pid)
        const rate = await load(address, headers, SECONDS)
        work[who].push((rate * SECONDS) / (processorSeconds(pid) - before))
        return rate
      }
      const found = await alternate(ROUNDS, { product: loaded('product', url, product.pid), bare: loaded('bare', bare.origin, bare.pid) })
      report.check(`${name}, ${encoding} (${(answers[encoding].body.length / 1000).toFixed(1)} kB): requests per second of bare node:http`, median(found.product) / median(found.bare), 0.65, '×', true)
      report.tell('product', median(found.product), '/s')
      report.tell('bare', median(found.bare), '/s')
      // Other programs on the machine take from the rate, but not from this.
      report.tell('requests per second of the server\'s own processor time, product of bare', median(work.product) / median(work.bare), '×')
    }
    const fixed = (address) => () => fixedRate(address, { 'accept-encoding': 'gzip' }, RATE, RATE_SECONDS)
    const late = await alternate(ROUNDS, { product: fixed(url), bare: fixed(bare.origin) })
    report.check(`${name}, gzip, at ${RATE} requests a second: p99 of bare node:http`, median(late.product) / median(late.bare), 3)
    report.tell('p99 of the product', median(late.product), 'ms')
    report.tell('p99 of bare', median(late.bare), 'ms')
    if (path !== '/status') return
    const full = { 'accept-encoding': 'gzip' }
    const tagged = { ...full, 'if-none-match': answers.gzip.headers.etag }
    const work = {}
    const loaded = (name, address, pid, headers) => async () => {
      const before = processorSeconds(pid)
      const rate = await load(address, headers, SECONDS)
      work[name] = [...(work[name] ?? []), (rate * SECONDS) / (processorSeconds(pid) - before)]
      return rate
    }
    const again = await alternate(2 * ROUNDS, {
      full: loaded('full', url, product.pid, full), tagged: loaded('tagged', url, product.pid, tagged),
      bareFull: loaded('bareFull', bare.origin, bare.pid, full), bareTagged: loaded('bareTagged', bare.origin, bare.pid, tagged),
    })
    // By the clock, what makes the load is slower than the server here, which is idle for a good part of the time: what the server can answer is said by its own time.
    report.check('/status, revalidation by ETag: requests per second of the server\'s own processor time, of the full answer', median(work.tagged) / median(work.full), 1, '×', true)
    report.tell('by the clock', median(again.tagged) / median(again.full), '×')
    report.tell('the same of bare, by its own processor time', median(work.bareTagged) / median(work.bareFull), '×')
    report.tell('the same of bare, by the clock', median(again.bareTagged) / median(again.bareFull), '×')
    if (!browser) return
    const seen = await alternate(15, { product: () => visible(browser, url), bare: () => visible(browser, bare.origin) })
    report.check('/status visible in Chromium, of the same HTML from bare', median(seen.product) / median(seen.bare), 1.5)
    report.tell('visible', median(seen.product), 'ms')
  } finally {
    bare.stop()
  }
}

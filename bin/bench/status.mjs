// The status page beside a bare server that answers the same bytes with the same headers from memory.
import { alternate, ask, load, median, startBare } from './http.mjs'
import { visible } from './browser.mjs'
import { processorSeconds, startProduct } from './servers.mjs'

const ROUNDS = 5
const SECONDS = 2
const OWN = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding'])

export async function statusPart({ root, data, browser, report }) {
  const product = await startProduct(root, data.few)
  const url = `${product.origin.replace('localhost', '127.0.0.1')}/status`
  const encodings = { identity: 'identity', gzip: 'gzip', br: 'br' }
  const answers = {}
  for (const [name, accept] of Object.entries(encodings)) {
    const { headers, body, status } = await ask(url, { 'accept-encoding': accept })
    if (status !== 200) throw new Error(`/status answered ${status}`)
    answers[name] = { headers: Object.fromEntries(Object.entries(headers).filter(([key]) => !OWN.has(key))), body }
  }
  const bare = await startBare(answers)
  try {
    for (const [name, accept] of Object.entries(encodings)) {
      const headers = { 'accept-encoding': accept }
      const work = { product: [], bare: [] }
      const loaded = (name, address, pid) => async () => {
        const before = processorSeconds(pid)
        const rate = await load(address, headers, SECONDS)
        work[name].push((rate * SECONDS) / (processorSeconds(pid) - before))
        return rate
      }
      const found = await alternate(ROUNDS, { product: loaded('product', url, product.pid), bare: loaded('bare', bare.origin, bare.pid) })
      report.check(`/status, ${name} (${(answers[name].body.length / 1000).toFixed(1)} kB): requests per second of bare node:http`, median(found.product) / median(found.bare), 0.6, '×', true)
      report.tell('product', median(found.product), '/s')
      report.tell('bare', median(found.bare), '/s')
      // Other programs on the machine take from the rate, but not from this.
      report.tell('requests per second of the server\'s own processor time, product of bare', median(work.product) / median(work.bare), '×')
    }
    const full = { 'accept-encoding': 'gzip' }
    const tagged = { ...full, 'if-none-match': answers.gzip.headers.etag }
    const again = await alternate(2 * ROUNDS, { full: () => load(url, full), tagged: () => load(url, tagged) })
    report.check('/status, revalidation by ETag: requests per second of the full answer', median(again.tagged) / median(again.full), 1, '×', true)
    if (browser) {
      const seen = await alternate(15, { product: () => visible(browser, url), bare: () => visible(browser, bare.origin) })
      report.check('/status visible in Chromium, of the same HTML from bare', median(seen.product) / median(seen.bare), 1.5)
      report.tell('visible', median(seen.product), 'ms')
    }
  } finally {
    bare.stop()
    await product.stop()
  }
}

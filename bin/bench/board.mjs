// The board of 500 releases in flight: its first HTML beside a plain dynamic page and beside fewer past releases, its SQL, its scrolling.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { BENCH_PASSWORD } from './cast.mjs'
import { alternate, ask, median } from './http.mjs'
import { scroll } from './browser.mjs'
import { cookieOf, startFixture, startProduct } from './servers.mjs'

const ROUNDS = 31
const WARM = 60
const ROWS = 30
const rowsIn = (text) => text.match(/data-row=/g)?.length ?? 0

export async function boardParts({ root, data, fixture, browser, report }, wants) {
  // Started first: it brings the database to what this build reads.
  const many = await startProduct(root, data.many)
  if (wants.sql) sql(root, data, report)
  const few = wants.page ? await startProduct(root, data.few) : null
  const floor = wants.page ? await startFixture(fixture) : null
  try {
    const manyCookie = await cookieOf(many.origin, 'p1@bench.example', BENCH_PASSWORD)
    if (few && floor) await firstHtml({ many, few, floor, manyCookie, fewCookie: await cookieOf(few.origin, 'p1@bench.example', BENCH_PASSWORD) }, report)
    if (wants.scroll && browser) {
      const seen = await scroll(browser, many.origin, manyCookie)
      if (seen.far < 0.95) throw new Error(`the scroll went only ${(seen.far * 100).toFixed(0)} % of the way`)
      report.check(`scroll through 500 rows: longest of ${seen.tasks} tasks, own work`, seen.longest, 50, 'ms')
      report.tell('the longest by the clock', seen.longestByClock, 'ms')
      report.check('scroll through 500 rows: layout shift', seen.shift, 0, '')
    }
  } finally {
    for (const server of [many, few, floor]) await server?.stop()
  }
}

async function firstHtml({ many, few, floor, manyCookie, fewCookie }, report) {
  const first = await ask(many.origin, { cookie: manyCookie })
  const html = first.body.toString().replace(/<script[\s\S]*?<\/script>/g, '')
  if (rowsIn(html) < ROWS) throw new Error(`the board's first HTML holds ${rowsIn(html)} rows (${first.status})`)
  const elements = html.match(/<[a-z]/g).length
  const plain = `${floor.origin}/plain?elements=${elements}`
  const isThere = (text) => rowsIn(text) > ROWS
  const board = ({ origin }, cookie) => async () => {
    const { there, status } = await ask(origin, { cookie }, isThere)
    if (there === null) throw new Error(`the board has no ${ROWS} rows (${status})`)
    return there
  }
  // Everything is warm before it counts: until then it is the compiler that is measured, which has more to compile of a larger program.
  for (let turn = 0; turn < WARM; turn += 1) for (const work of [board(many, manyCookie), board(few, fewCookie), () => ask(plain)]) await work()
  const found = await alternate(ROUNDS, { many: board(many, manyCookie), few: board(few, fewCookie), plain: async () => (await ask(plain, {}, (text) => text.includes('id="end"'))).there })
  report.check(`board, first ${ROWS} rows of 500 among 10,000: time of a plain dynamic page of ${elements} elements`, median(found.many) / median(found.plain), 1.5)
  report.check('board among 10,000: time of the same board with 500 in all', median(found.many) / median(found.few), 1.2)
  for (const name of Object.keys(found)) report.tell({ many: '500 among 10,000', few: '500 in all', plain: 'plain page' }[name], median(found[name]), 'ms')
  report.tell('the board\'s whole answer, uncompressed', first.body.length / 1000, 'kB')
}

function sql(root, data, report) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['db/testing/raw-board-sql.mjs', path.join(data.many, 'gatehouse.db'), 'dist/bench/reads.js'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the SQL could not be timed:\n${stderr}`)
  const { product, raw, statements, rows } = JSON.parse(stdout)
  report.check(`board, its reads (${statements} statements, ${rows} rows): time of raw better-sqlite3`, product / raw, 1.5)
  report.tell('product', product, 'ms')
  report.tell('raw', raw, 'ms')
}

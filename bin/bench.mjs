// `npm run bench`: measures the product beside its floors in one run, and fails when a ratio misses. Words after it choose parts: status board sql scroll sign-off script charts agenda notes record memory metrics.
import { mkdirSync, mkdtempSync, rmSync, statSync, cpSync, existsSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { bundle } from './bundle.mjs'
import { agendaPart } from './bench/agenda.mjs'
import { boardParts } from './bench/board.mjs'
import { startBrowser } from './bench/browser.mjs'
import { chartsPart } from './bench/charts-drawn.mjs'
import { metricsPart } from './bench/evaluator.mjs'
import { buildFixture } from './bench/fixture.mjs'
import { LOAD_TOOL } from './bench/http.mjs'
import { notesPart } from './bench/notes.mjs'
import { memoryPart, scriptPart, signOffPart } from './bench/pages.mjs'
import { recordPart } from './bench/record.mjs'
import { makeReport } from './bench/report.mjs'
import { settle } from './bench/servers.mjs'
import { statusPart } from './bench/status.mjs'
import { build, install, ROOT } from './prepare.mjs'

process.chdir(ROOT)
// Whoever has built already (a job that runs other checks too) says so.
if (process.env.BENCH_BUILT !== '1') {
  install()
  build()
}

const chosen = process.argv.slice(2)
const wants = (...names) => chosen.length === 0 || names.some((name) => chosen.includes(name))
// A folder that is named keeps the app and the databases for the next run; making them takes some minutes.
const kept = process.env.BENCH_DIR
const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'gatehouse-bench-'))
const data = { few: path.join(folder, 'few'), many: path.join(folder, 'many') }
const fixture = path.join(folder, 'floor')
const report = makeReport()

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}, ${LOAD_TOOL}, load ${loadavg()[0].toFixed(1)} at the start`)
try {
  await prepare()
  const browser = await startBrowser()
  if (!browser) report.skip('everything in a browser', 'no Chromium was found')
  const place = { root: ROOT, folder, data, fixture, browser, report }
  if (wants('status')) await statusPart(place)
  if (wants('board', 'sql', 'scroll')) await boardParts(place, { page: wants('board'), sql: wants('sql'), scroll: wants('scroll') })
  if (browser && wants('sign-off')) await signOffPart(place)
  if (browser && wants('script')) await scriptPart(place)
  if (browser && wants('charts')) await chartsPart(place)
  if (wants('agenda')) await agendaPart(place)
  if (wants('notes')) await notesPart(place)
  if (wants('record')) await recordPart(place)
  if (wants('memory')) await memoryPart(place)
  if (wants('metrics')) await metricsPart(place)
  report.check('fonts together', fontBytes() / 1000, 40, 'kB')
  await browser?.close()
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true })
}
console.log(`load ${loadavg()[0].toFixed(1)} at the end`)
process.exit(report.finish() ? 0 : 1)

async function prepare() {
  mkdirSync('dist/bench', { recursive: true })
  await bundle('bin/bench/world.ts', 'dist/bench/world.js')
  await bundle('bin/bench/reads.ts', 'dist/bench/reads.js')
  if (!existsSync(path.join(fixture, '.next', 'BUILD_ID'))) {
    console.log('Building the floor: an app of the same framework …')
    buildFixture(ROOT, fixture)
  }
  if (existsSync(path.join(data.many, 'made'))) return
  console.log('Making 500 releases in flight, and a copy with 9,500 past ones; all by commands …')
  for (const one of [data.few, data.many]) {
    rmSync(one, { recursive: true, force: true })
    mkdirSync(one, { recursive: true })
  }
  const few = path.join(data.few, 'gatehouse.db')
  const many = path.join(data.many, 'gatehouse.db')
  makeWorld('in-flight', few, 500)
  // The evaluator's first round turns every metric item that nobody measures here; that is not what the bench asks about.
  await settle(ROOT, data.few)
  cpSync(few, many)
  makeWorld('past', many, 9_500)
  mkdirSync(path.join(data.many, 'made'))
}

function makeWorld(...args) {
  const { status } = spawnSync(process.execPath, ['dist/bench/world.js', ...args.map(String)], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the bench could not make its data')
}

function fontBytes() {
  return ['geist.woff2', 'geist-mono.woff2'].reduce((sum, name) => sum + statSync(path.join('app', 'fonts', name)).size, 0)
}

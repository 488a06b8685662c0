// `npm run demo`: the product with a believable world in ./data/demo, and, where one can be found, a real Prometheus scraping a synthetic model server.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT } from './prepare.mjs'
import { findTool, howToGet } from './tools.mjs'

// Fixed, because the demo's metrics source and its Slack keep their addresses over restarts.
const port = (name, fallback) => Number(process.env[name] ?? fallback)
const MODEL_SERVER_PORT = port('GATEHOUSE_DEMO_MODEL_SERVER_PORT', 19300)
const PROMETHEUS_PORT = port('GATEHOUSE_DEMO_PROMETHEUS_PORT', 19090)
const SLACK_PORT = port('GATEHOUSE_DEMO_SLACK_PORT', 19750)
const SCRAPE_SECONDS = 5

process.chdir(ROOT)
install()
build()

const dataDir = path.resolve(process.env.DATA_DIR ?? path.join('data', 'demo'))
process.env.DATA_DIR = dataDir
process.env.GATEHOUSE_DEMO = '1'
// Once a second the evaluator tells what it could not do; in the demo that would drown what matters.
process.env.LOG_LEVEL ??= 'warn'
startSlack()
await startMetrics()
await import(pathToFileURL(path.join(ROOT, 'dist', 'server.js')).href)

/** Runs a program of ours beside the server; it goes when this process ends, after everything was answered. */
function beside(script, ...args) {
  const child = spawn(process.execPath, [path.join('bin', script), ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  process.on('exit', () => child.kill('SIGTERM'))
}

/** A Slack of our own, so that notifications have somewhere to go. */
function startSlack() {
  beside('fake-slack.mjs', String(SLACK_PORT))
  process.env.WEBHOOK_HOSTS = [process.env.WEBHOOK_HOSTS, `127.0.0.1:${SLACK_PORT}`].filter(Boolean).join(',')
  process.env.GATEHOUSE_DEMO_SLACK = `http://127.0.0.1:${SLACK_PORT}/services/T00000000/B00000000/demonorthwindreleases`
  console.log(`Messages go to a pretended Slack; read them at http://127.0.0.1:${SLACK_PORT}/_messages`)
}

/** Starts what the metrics need; without it the demo still runs, and says what is missing. */
async function startMetrics() {
  const { startPrometheus } = await import('./prometheus.mjs')
  // The demo's world points its metrics source here, also where nothing answers yet.
  process.env.GATEHOUSE_DEMO_PROMETHEUS = `http://127.0.0.1:${PROMETHEUS_PORT}`
  process.env.GATEHOUSE_DEMO_SCRAPE_SECONDS = String(SCRAPE_SECONDS)
  if (!findTool('prometheus')) return console.log(`${howToGet('prometheus')}\nThe demo runs without live metrics.`)
  beside('synthetic-model-server.mjs', '--port', String(MODEL_SERVER_PORT), '--empty')
  const folder = path.join(dataDir, 'prometheus')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(path.join(folder, 'data'))) makePast(folder)
  try {
    const { url } = await startPrometheus({
      folder,
      port: PROMETHEUS_PORT,
      intervalSeconds: SCRAPE_SECONDS,
      targets: [{ job: 'models', address: `127.0.0.1:${MODEL_SERVER_PORT}` }],
    })
    process.env.GATEHOUSE_DEMO_MODEL_SERVER = `http://127.0.0.1:${MODEL_SERVER_PORT}`
    console.log(`Prometheus on ${url} scrapes the synthetic model server every ${SCRAPE_SECONDS} s.`)
  } catch (error) {
    console.error(`${error.message}\nThe demo runs without live metrics.`)
  }
}

/** Gives a new Prometheus six hours of past, so that the charts begin with a line; without promtool they begin empty. */
function makePast(folder) {
  const text = path.join(folder, 'past.txt')
  const options = { stdio: ['ignore', 'ignore', 'inherit'] }
  console.log('Making six hours of metrics …')
  const written = spawnSync(process.execPath, [path.join('dist', 'demo-history.js'), text], options)
  const promtool = process.env.PROMETHEUS_BIN ? path.join(path.dirname(process.env.PROMETHEUS_BIN), 'promtool') : 'promtool'
  if (written.status === 0) spawnSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', text, path.join(folder, 'data')], options)
  rmSync(text, { force: true })
}

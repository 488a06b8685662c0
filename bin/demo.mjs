// `npm run demo`: the product with a believable world in ./data/demo, and, where one can be found, a real Prometheus scraping a synthetic model server.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT } from './prepare.mjs'
import { howToGet } from './tools.mjs'

// Fixed, because the demo's metrics source keeps its address over restarts.
const MODEL_SERVER_PORT = 19300
const PROMETHEUS_PORT = 19090
const SCRAPE_SECONDS = 2

process.chdir(ROOT)
install()
build()

const dataDir = path.resolve(process.env.DATA_DIR ?? path.join('data', 'demo'))
process.env.DATA_DIR = dataDir
process.env.GATEHOUSE_DEMO = '1'
await startMetrics()
await import(pathToFileURL(path.join(ROOT, 'dist', 'server.js')).href)

/** Starts what the metrics need; without it the demo still runs, and says what is missing. */
async function startMetrics() {
  const { findPrometheus, startPrometheus } = await import('./prometheus.mjs')
  if (!(await findPrometheus())) return console.log(`${howToGet('prometheus')}\nThe demo runs without live metrics.`)
  const modelServer = spawn(process.execPath, [path.join('bin', 'synthetic-model-server.mjs'), '--port', String(MODEL_SERVER_PORT)], { stdio: ['ignore', 'ignore', 'inherit'] })
  // The server ends this process when it has answered everything; what it was shown goes with it.
  process.on('exit', () => modelServer.kill('SIGTERM'))
  const folder = path.join(dataDir, 'prometheus')
  mkdirSync(folder, { recursive: true })
  try {
    const { url } = await startPrometheus({
      folder,
      port: PROMETHEUS_PORT,
      intervalSeconds: SCRAPE_SECONDS,
      targets: [{ job: 'models', address: `127.0.0.1:${MODEL_SERVER_PORT}` }],
    })
    // The demo's world points its metrics source here, and steers the model server.
    process.env.GATEHOUSE_DEMO_PROMETHEUS = url
    process.env.GATEHOUSE_DEMO_MODEL_SERVER = `http://127.0.0.1:${MODEL_SERVER_PORT}`
    console.log(`Prometheus on ${url} scrapes the synthetic model server every ${SCRAPE_SECONDS} s.`)
  } catch (error) {
    console.error(`${error.message}\nThe demo runs without live metrics.`)
  }
}

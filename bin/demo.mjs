// `npm run demo`: the product with a believable world in ./data/demo, and, where one can be found, a real Prometheus scraping a synthetic model server.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT } from './prepare.mjs'
import { findTool, howToGet } from './tools.mjs'

const SCRAPE_INTERVAL = '2s'
const EXPORTER = path.join('bin', 'synthetic-model-server.mjs')

process.chdir(ROOT)
install()
build()

const dataDir = path.resolve(process.env.DATA_DIR ?? path.join('data', 'demo'))
mkdirSync(dataDir, { recursive: true })
process.env.DATA_DIR = dataDir
process.env.GATEHOUSE_DEMO = '1'

const children = []
// The server ends this process when it has answered everything; what it was shown goes with it.
process.on('exit', () => children.forEach((child) => child.kill('SIGTERM')))

const prometheus = findTool('prometheus')
if (!prometheus) console.log(`${howToGet('prometheus')}\nThe demo runs without live metrics.`)
else if (existsSync(EXPORTER)) await startMetrics(prometheus)

await import(pathToFileURL(path.join(ROOT, 'dist', 'server.js')).href)

async function startMetrics(program) {
  const exporterPort = await freePort()
  const port = await freePort()
  start('the synthetic model server', process.execPath, [EXPORTER], { PORT: String(exporterPort), HOST: '127.0.0.1' })
  const folder = path.join(dataDir, 'prometheus')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'prometheus.yml')
  writeFileSync(file, [
    'global:',
    `  scrape_interval: ${SCRAPE_INTERVAL}`,
    'scrape_configs:',
    '  - job_name: models',
    '    static_configs:',
    `      - targets: ['127.0.0.1:${exporterPort}']`,
    '',
  ].join('\n'))
  start('Prometheus', program, [
    `--config.file=${file}`,
    `--storage.tsdb.path=${path.join(folder, 'data')}`,
    '--storage.tsdb.retention.time=2d',
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ])
  // The demo's world points its metrics source here, and its controls at the model server.
  process.env.GATEHOUSE_DEMO_PROMETHEUS = `http://127.0.0.1:${port}`
  process.env.GATEHOUSE_DEMO_MODEL_SERVER = `http://127.0.0.1:${exporterPort}`
  console.log(`Prometheus listens on ${process.env.GATEHOUSE_DEMO_PROMETHEUS} and scrapes the synthetic model server every ${SCRAPE_INTERVAL}.`)
}

function start(name, command, args, env = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
  child.on('error', (error) => console.error(`${name} could not start: ${error.message}`))
  child.on('exit', (code) => code && console.error(`${name} ended with code ${code}.`))
  children.push(child)
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

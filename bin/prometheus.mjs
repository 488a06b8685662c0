#!/usr/bin/env node
// Starts a real Prometheus for the demo and the tests: generated configuration, loopback only, its data in a temporary folder.
//
//   node bin/prometheus.mjs --port 9090 --target 127.0.0.1:9300 --interval 1

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort, startProgram } from './program.mjs'
import { findTool, howToGet } from './tools.mjs'

function configuration({ intervalSeconds, targets, rulesFile, alertmanagers }) {
  // JSON is YAML: no quoting of our own to get wrong.
  return JSON.stringify({
    global: { scrape_interval: `${intervalSeconds}s`, scrape_timeout: `${intervalSeconds}s`, evaluation_interval: `${intervalSeconds}s` },
    scrape_configs: targets.map(({ job, address, path, labels }) => ({ job_name: job, honor_labels: true, ...(path ? { metrics_path: path } : {}), static_configs: [{ targets: [address], labels: labels ?? {} }] })),
    ...(rulesFile ? { rule_files: [rulesFile] } : {}),
    ...(alertmanagers.length > 0 ? { alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] } } : {}),
  })
}

/**
 * Starts Prometheus and waits until it is ready.
 * In: targets `[{ job, address, path?, labels? }]`, scrape interval in whole seconds, port (0 picks one), folder (default: temporary, removed on stop), further arguments.
 * Out: `{ url, port, pid, folder, stop() }`. `stop` keeps the data of a folder that was given. Throws when there is no Prometheus, or when it does not become ready in 20 s, with its last lines.
 *
 * `rules` are alerting rules as Prometheus reads them; `alertmanagers` the addresses that it tells of them.
 *
 * @param {{ rules?: { alert: string, expr: string, for?: string, labels?: Record<string, string>, annotations?: Record<string, string> }[], alertmanagers?: string[], targets?: { job: string, address: string, path?: string, labels?: Record<string, string> }[], intervalSeconds?: number, port?: number, folder?: string, args?: string[], prefix?: string }} [options]
 */
export async function startPrometheus({ targets = [], intervalSeconds = 1, port = 0, folder, args = [], prefix = '', rules = [], alertmanagers = [] } = {}) {
  const program = findTool('prometheus')
  if (!program) throw new Error(howToGet('prometheus'))
  const home = folder ?? await mkdtemp(join(tmpdir(), 'gatehouse-prometheus-'))
  const actual = port === 0 ? await freePort() : port
  const file = join(home, 'prometheus.yml')
  const rulesFile = rules.length > 0 ? join(home, 'rules.yml') : null
  if (rulesFile) await writeFile(rulesFile, JSON.stringify({ groups: [{ name: 'models', interval: `${intervalSeconds}s`, rules }] }))
  await writeFile(file, configuration({ intervalSeconds, targets, rulesFile, alertmanagers }))
  const url = `http://127.0.0.1:${actual}${prefix}`
  const { pid, stop } = await startProgram({
    name: 'Prometheus', program, ready: `${url}/-/ready`,
    args: [
      `--config.file=${file}`, `--storage.tsdb.path=${join(home, 'data')}`, `--web.listen-address=127.0.0.1:${actual}`,
      // What fires before the Alertmanager is found is told again after this time, a minute where nobody says so.
      '--storage.tsdb.retention.time=2d', '--log.level=warn', ...(alertmanagers.length > 0 ? ['--rules.alert.resend-delay=2s'] : []), ...(prefix ? [`--web.route-prefix=${prefix}`] : []), ...args,
    ],
    after: async () => { if (!folder) await rm(home, { recursive: true, force: true }) },
  })
  return { url, port: actual, pid, folder: home, stop }
}

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`)
  return at > 0 ? process.argv[at + 1] : fallback
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = await startPrometheus({
    port: Number(option('port', '9090')),
    intervalSeconds: Number(option('interval', '1')),
    targets: [{ job: 'models', address: option('target', '127.0.0.1:9300') }],
  })
  console.log(`Prometheus on ${started.url}`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => started.stop().then(() => process.exit(0)))
}

// Starts a real Alertmanager for the tests: one webhook receiver, loopback only, alone (no cluster), its data in a temporary folder.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTool } from './tools.mjs'

/** Where Alertmanager is, or `null`. */
export function findAlertmanager() {
  return findTool('alertmanager')
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Starts Alertmanager and waits until it is ready.
 * In: the address of the webhook and the bearer token that it sends. Out: `{ address, url, stop() }`. Throws when there is none, or when it does not become ready in 20 s, with its last lines.
 *
 * @param {{ webhook: string, token: string }} options
 */
export async function startAlertmanager({ webhook, token }) {
  const program = findAlertmanager()
  if (!program) throw new Error('There is no Alertmanager. Install it (Debian: apt-get install prometheus-alertmanager) or set ALERTMANAGER_BIN.')
  const home = await mkdtemp(join(tmpdir(), 'gatehouse-alertmanager-'))
  const port = await freePort()
  const file = join(home, 'alertmanager.yml')
  // JSON is YAML. The waits are as short as a test wants them.
  await writeFile(file, JSON.stringify({
    route: { receiver: 'gatehouse', group_by: ['alertname', 'model_name', 'model_version'], group_wait: '0s', group_interval: '1s', repeat_interval: '1h' },
    receivers: [{ name: 'gatehouse', webhook_configs: [{ url: webhook, send_resolved: true, max_alerts: 200, http_config: { authorization: { credentials: token } } }] }],
  }))
  const child = spawn(program, [`--config.file=${file}`, `--storage.path=${join(home, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address=', '--log.level=warn'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let tail = ''
  child.stderr.on('data', (chunk) => { tail = (tail + chunk).slice(-4000) })
  let isOver = false
  const over = new Promise((resolve) => {
    const end = () => { isOver = true; resolve() }
    child.once('exit', end)
    child.once('error', (error) => { tail += error.message; end() })
  })
  const killChild = () => child.kill('SIGKILL')
  process.once('exit', killChild)
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    process.removeListener('exit', killChild)
    if (!isOver) child.kill('SIGTERM')
    const late = setTimeout(killChild, 5000)
    await over
    clearTimeout(late)
    await rm(home, { recursive: true, force: true })
  }
  for (const end = Date.now() + 20_000; Date.now() < end && !isOver;) {
    try {
      if ((await fetch(`${url}/-/ready`)).ok) return { address: `127.0.0.1:${port}`, url, stop, lines: () => tail }
    } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await stop()
  throw new Error(`Alertmanager did not become ready:\n${tail}`)
}

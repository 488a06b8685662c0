// Starts a real Alertmanager for the tests: one webhook receiver, loopback only, alone (no cluster), its data in a temporary folder.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startProgram } from './program.mjs'
import { findTool, howToGet } from './tools.mjs'

/**
 * Starts Alertmanager and waits until it is ready.
 * In: the address of the webhook and the bearer token that it sends. Out: `{ address, url, stop() }`. Throws when there is none, or as `startProgram` does.
 *
 * @param {{ webhook: string, token: string }} options
 */
export async function startAlertmanager({ webhook, token }) {
  const program = findTool('alertmanager')
  if (!program) throw new Error(howToGet('alertmanager'))
  const home = await mkdtemp(join(tmpdir(), 'gatehouse-alertmanager-'))
  const port = await freePort()
  const file = join(home, 'alertmanager.yml')
  // JSON is YAML. The waits are as short as a test wants them.
  await writeFile(file, JSON.stringify({
    route: { receiver: 'gatehouse', group_by: ['alertname', 'model_name', 'model_version'], group_wait: '0s', group_interval: '1s', repeat_interval: '1h' },
    receivers: [{ name: 'gatehouse', webhook_configs: [{ url: webhook, send_resolved: true, max_alerts: 200, http_config: { authorization: { credentials: token } } }] }],
  }))
  const url = `http://127.0.0.1:${port}`
  const { stop } = await startProgram({
    name: 'Alertmanager', program, ready: `${url}/-/ready`,
    args: [`--config.file=${file}`, `--storage.path=${join(home, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address=', '--log.level=warn'],
    after: () => rm(home, { recursive: true, force: true }),
  })
  return { address: `127.0.0.1:${port}`, url, stop }
}

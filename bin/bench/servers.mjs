// Starts and stops the servers that the bench compares, each in its own process, and reads how much memory they hold.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLogLength } from '../../db/testing/log-length.mjs'
import { freePort } from '../program.mjs'

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

async function startServer(args, cwd, port, ready, env) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  // Nothing of the bench outlives it, however it ends.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const origin = `http://localhost:${port}`
  // A new build first folds the states of a database anew: 10,000 releases take most of a minute.
  const until = Date.now() + 180_000
  while (!(await fetch(origin + ready).then((answer) => answer.ok, () => false))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`a server did not come up:\n${output}`)
    await pause(100)
  }
  const exited = new Promise((resolve) => child.once('exit', resolve))
  return {
    origin,
    pid: child.pid,
    output: () => output,
    /** Resident memory, megabytes. */
    memory: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
      process.off('exit', end)
    },
  }
}

/** Seconds of processor time that a process has used. */
export function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The product on a data folder, once what it does at its start (checking the record, reading what is to be measured) is over. */
export async function startProduct(root, dataDir) {
  const port = await freePort()
  const server = await startServer(['dist/server.js'], root, port, '/readyz', { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, PUBLIC_URL: `http://localhost:${port}`, LOG_LEVEL: 'warn' })
  for (let turn = 0, calm = 0; turn < 45 && calm < 2; turn += 1) {
    const before = processorSeconds(server.pid)
    await pause(1_000)
    calm = processorSeconds(server.pid) - before < 0.15 ? calm + 1 : 0
  }
  return server
}

/** Lets the product run on a data folder until nothing is written to its log any more. */
export async function settle(root, dataDir) {
  const product = await startProduct(root, dataDir)
  const { length, close } = openLogLength(path.join(dataDir, 'gatehouse.db'))
  for (let last = -1, calm = 0; calm < 4; calm = length() === last ? calm + 1 : 0) {
    last = length()
    await pause(2_000)
  }
  close()
  await product.stop()
}

/** The framework's empty and plain pages. */
export async function startFixture(folder) {
  const port = await freePort()
  return startServer(['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1'], folder, port, '/', {})
}

/** Signs in over HTTP. Out: the cookie header of the session. */
export async function cookieOf(origin, email, password) {
  const first = await fetch(`${origin}/api/auth/csrf`)
  const jar = new Map()
  const keep = (answer) => { for (const line of answer.headers.getSetCookie()) { const [pair] = line.split(';'); jar.set(pair.slice(0, pair.indexOf('=')), pair) } }
  keep(first)
  const { csrfToken } = await first.json()
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', origin, cookie: [...jar.values()].join('; ') },
    body: new URLSearchParams({ email, password, csrfToken, json: 'true' }),
  })
  keep(answer)
  if (!jar.has('gatehouse.session')) throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`)
  return [...jar.values()].join('; ')
}

/** Sends one command as the owner of a cookie. */
export async function command(origin, cookie, path, body) {
  const answer = await fetch(`${origin}/api/v1/${path}/commands`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), origin, cookie }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${body.type}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** A real Postgres for tests: a fresh cluster in a temporary folder, on a free port of the loopback, gone when stopped. */
import { execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import postgres from 'postgres'

/** Whether `initdb` and `postgres` are on PATH. */
export function hasPostgres(): boolean {
  return ['initdb', 'postgres'].every((name) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name))))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Starts one. Out: the address of its database, and how to stop it. Postgres refuses to run as root, so root hands it to `nobody`. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-pg-'))
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null
  if (nobody) chownSync(folder, nobody.uid, nobody.gid)
  const asNobody = nobody ?? {}
  const data = join(folder, 'data')
  execFileSync('initdb', ['-D', data, '-U', 'gatehouse', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { ...asNobody, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  // synchronous_commit=off is what a careless operator sets; the store must turn it on for its own sessions
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'synchronous_commit=off'].flatMap((one) => ['-c', one])
  const server = spawn('postgres', ['-D', data, ...settings], { ...asNobody, cwd: folder, stdio: 'ignore' })
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `postgres://gatehouse@127.0.0.1:${port}/postgres`
  try {
    await answers(url)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = postgres(url, { max: 1, onnotice: () => undefined })
    try {
      await client`select 1`
      return
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    } finally {
      await client.end()
    }
  }
}

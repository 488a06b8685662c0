/** Hides how a production server is started for one test worker: own port, own empty data folder, stopped by its process id. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '@/bin/program.mjs'

const ROOT = path.join(import.meta.dirname, '..')
const START_MS = 30_000
const STOP_MS = 12_000

export interface TestServer {
  /** `http://localhost:port`, also the server's PUBLIC_URL. */
  readonly origin: string
  readonly dataDir: string
  readonly pid: number
  /** Everything that the server has printed so far, such as the set-up code. */
  output(): string
  /** SIGTERM, then the exit code; `null` when it had to be killed. */
  stop(): Promise<number | null>
}

/** Starts the built product on a free port and waits until `/readyz` answers. In: more environment, and a data folder to go on with. Throws with the server's output when it does not come up. */
export async function startServer(extra: Readonly<Record<string, string>> = {}, dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-e2e-'))): Promise<TestServer> {
  if (!existsSync(path.join(ROOT, 'dist', 'server.js'))) throw new Error('There is no build to test. Run: npm run build')
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, PUBLIC_URL: origin, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const until = Date.now() + START_MS
  // Asked only once it says that it has the port: whoever else answers there is not the one that was started.
  while (!output.includes('Gatehouse listens on') || !(await isReady(origin))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`The server did not come up:\n${output}`)
    }
    await pause(100)
  }
  return {
    origin,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      const code = await exited
      clearTimeout(hard)
      return code
    },
  }
}

/** Removes what a stopped server has left on disk. */
export function forget(server: TestServer): void {
  rmSync(server.dataDir, { recursive: true, force: true })
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok
  } catch {
    return false
  }
}

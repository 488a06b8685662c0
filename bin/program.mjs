// Hides how a program of somebody else (Prometheus, Alertmanager) is started beside us: on loopback, waited for, and ended with us.
import { spawn } from 'node:child_process'
import net from 'node:net'

/** How long a program may take to become ready, and to end when it is asked to, in ms. */
const READY_WITHIN = 20_000
const ENDS_WITHIN = 5000

/** Ports are given out below those that the system itself picks from (32768 and up), each process from a slice of its own; above 10080, which browsers refuse. */
const [FIRST_PORT, SLICE, SLICES] = [11_000, 100, 210]
let given = 0

/**
 * A port of loopback that nobody listens on now, and that nothing takes before it is used: neither a connection or server to which the system gives any port, nor another call here.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let tried = 0; tried < SLICE; tried += 1) {
    const port = FIRST_PORT + (process.pid % SLICES) * SLICE + (given++ % SLICE)
    if (await isFree(port)) return port
  }
  throw new Error(`No port is free among ${SLICE}.`)
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/**
 * Starts a program and waits until it is ready.
 * In: its name for people, its path and arguments, the address that answers 2xx once it is ready, and what to do after its end.
 * Out: `{ pid, stop() }`; it is killed when this process ends without stopping it. Throws when it is not ready in 20 s, with its last lines.
 *
 * @param {{ name: string, program: string, args: readonly string[], ready: string, after: () => Promise<void> }} options
 */
export async function startProgram({ name, program, args, ready, after }) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
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
  const stop = async () => {
    process.removeListener('exit', killChild)
    if (!isOver) child.kill('SIGTERM')
    const late = setTimeout(killChild, ENDS_WITHIN)
    await over
    clearTimeout(late)
    await after()
  }
  for (const end = Date.now() + READY_WITHIN; Date.now() < end && !isOver;) {
    try {
      if ((await fetch(ready)).ok) return { pid: child.pid, stop }
    } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await stop()
  throw new Error(`${name} did not become ready:\n${tail}`)
}

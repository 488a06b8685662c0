// Measures over HTTP for the bench: requests per second under load, and the time until an answer holds what somebody waits for.
import { spawn, spawnSync } from 'node:child_process'
import { Agent, request } from 'node:http'
import path from 'node:path'

const hasWrk = spawnSync('wrk', ['-v']).error === undefined

/** What makes the load, for the report. */
export const LOAD_TOOL = hasWrk ? 'wrk -t1 -c16' : 'autocannon -c 16'

/** Requests per second over some seconds. In: address, headers. Throws when an answer was an error. */
export function load(url, headers = {}, seconds = 2) {
  return hasWrk ? byWrk(url, headers, seconds) : byAutocannon(url, headers, seconds)
}

async function byWrk(url, headers, seconds) {
  const args = ['-t1', '-c16', `-d${seconds}s`, ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), url]
  const output = await run('wrk', args)
  if (/Non-2xx or 3xx|Socket errors/.test(output)) throw new Error(`the load met errors at ${url}:\n${output}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1])
}

async function byAutocannon(url, headers, seconds) {
  const { default: autocannon } = await import('autocannon')
  const result = await autocannon({ url, headers, connections: 16, duration: seconds })
  if (result.errors > 0 || result['4xx'] + result['5xx'] > 0) throw new Error(`the load met errors at ${url}`)
  return result.requests.average
}

/** The slowest hundredth of answers at a fixed rate, in milliseconds; sub-millisecond times are kept, since both sides have them. Throws when an answer was an error. */
export async function fixedRate(url, headers, perSecond, seconds) {
  const { default: autocannon } = await import('autocannon')
  const times = []
  const running = autocannon({ url, headers, connections: 16, overallRate: perSecond, duration: seconds })
  running.on('response', (_client, _status, _bytes, took) => times.push(took))
  const result = await running
  if (result.errors > 0 || result['4xx'] + result['5xx'] > 0) throw new Error(`the load met errors at ${url}`)
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args)
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('exit', () => resolve(output))
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/**
 * One request. In: address, headers, and a function that says of the text so far whether it holds what is waited for.
 * Out: milliseconds until then and until the end, the status, headers and the body.
 */
export function ask(url, headers = {}, isThere = () => true) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    request(url, { headers, agent }, (response) => {
      const chunks = []
      let there = null
      response.on('data', (chunk) => {
        chunks.push(chunk)
        if (there === null && isThere(Buffer.concat(chunks).toString('latin1'))) there = performance.now() - began
      })
      response.on('end', () => resolve({ there, whole: performance.now() - began, status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }))
      response.on('error', reject)
    }).on('error', reject).end()
  })
}

/** A bare node:http server in its own process that answers from memory. In: answers by request encoding (`identity`, `gzip`, `br`). Out: its origin and how to stop it. */
export async function startBare(answers) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'bare.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(Object.fromEntries(Object.entries(answers).map(([name, { headers, body }]) => [name, { headers, body: body.toString('base64') }]))))
  const port = await new Promise((resolve) => child.stdout.once('data', (line) => resolve(Number(line))))
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid, stop: () => child.kill() }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Runs contestants in turn, round after round, each time beginning with another one. Out: by name, the values of all rounds. */
export async function alternate(rounds, contestants) {
  const names = Object.keys(contestants)
  const found = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + round) % names.length]
      found[name].push(await contestants[name](round))
    }
  }
  return found
}

/** `gatehouse wait`: what a pipeline runs to block until a release may take its next step; asks the public API and needs nothing else. */
import { parseArgs } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { CommandFault, type Command } from '@/bin/commands/command'

const DEFAULT_INTERVAL_SECONDS = 15
const DEFAULT_TIMEOUT_MINUTES = 60
const TIMED_OUT = 75 // EX_TEMPFAIL of sysexits.h: ask again later

const answerSchema = z.object({
  mayProceed: z.boolean(),
  digest: z.string().nullish(),
  blockers: z.array(z.object({ message: z.string() })).default([]),
})

export const wait: Command = {
  name: 'wait',
  usage: 'RELEASE [--step N] [--timeout MINUTES] [--every SECONDS]',
  summary: 'Blocks until the release may proceed; prints the digest that may be deployed. Uses GATEHOUSE_URL and GATEHOUSE_TOKEN.',
  async run(words) {
    const { release, step, timeoutMs, intervalMs } = argumentsOf(words)
    const url = new URL(`/api/v1/releases/${encodeURIComponent(release)}/may-proceed`, setting('GATEHOUSE_URL'))
    if (step !== undefined) url.searchParams.set('step', step)
    const until = Date.now() + timeoutMs
    let shown = ''
    for (;;) {
      const answer = await ask(url, setting('GATEHOUSE_TOKEN'))
      if (answer?.mayProceed) {
        console.log(answer.digest ?? 'yes')
        return 0
      }
      const reasons = answer ? answer.blockers.map((blocker) => `  - ${blocker.message}`).join('\n') : '  - the server does not answer; asking again'
      if (reasons !== shown) console.error(`Waiting for ${release}:\n${reasons}`)
      shown = reasons
      if (Date.now() + intervalMs > until) {
        console.error(`${release} may not proceed yet; gave up after ${timeoutMs / 60_000} minutes.`)
        return TIMED_OUT
      }
      await pause(intervalMs)
    }
  },
}

function argumentsOf(words: readonly string[]) {
  const { values, positionals } = parse(words)
  const [release] = positionals
  if (release === undefined || positionals.length > 1) throw new CommandFault('Name one release: gatehouse wait FRAUD-12')
  return {
    release,
    step: values.step,
    timeoutMs: positive(values.timeout, DEFAULT_TIMEOUT_MINUTES, '--timeout') * 60_000,
    intervalMs: positive(values.every, DEFAULT_INTERVAL_SECONDS, '--every') * 1000,
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: { step: { type: 'string' }, timeout: { type: 'string' }, every: { type: 'string' } } })
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error))
  }
}

function positive(given: string | undefined, usual: number, name: string): number {
  const value = given === undefined ? usual : Number(given)
  if (!(value > 0)) throw new CommandFault(`${name} must be a positive number.`)
  return value
}

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new CommandFault(`Set ${name} first.`)
  return value
}

// A server that restarts or cannot be reached is waited for; a refusal (wrong token, unknown release) is not going to change.
async function ask(url: URL, token: string) {
  let response: Response
  try {
    response = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' }, signal: AbortSignal.timeout(20_000) })
  } catch {
    return null
  }
  if (response.status >= 500 || response.status === 429) return null
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new CommandFault(problemDetail(body) ?? `The server answered ${response.status}.`)
  const answer = answerSchema.safeParse(body)
  if (!answer.success) throw new CommandFault('The server answered something else than expected; is GATEHOUSE_URL right?')
  return answer.data
}

function problemDetail(body: unknown): string | null {
  const problem = z.object({ detail: z.string() }).safeParse(body)
  return problem.success ? problem.data.detail : null
}

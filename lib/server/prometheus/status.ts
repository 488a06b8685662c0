/** What a source says about itself: its build, its targets, its rules and the alerts that stand. Missing fields are tolerated, because its relatives leave some out. */
import 'server-only'
import { z } from 'zod'
import { call, dataOf, read, type AskOptions, type Result } from './call'
import type { Connection } from './connection'
import { durationSeconds } from './duration'

const text = z.string().catch('')
const labels = z.record(z.string(), z.string()).catch({})
const seconds = z.string().transform(durationSeconds).catch(null)

const build = z.looseObject({ version: text, application: text, revision: text, goVersion: text })
/** Version and, where it says so, the application ("Grafana Mimir"). All empty for a relative that tells nothing. */
export type BuildInfo = z.infer<typeof build>

const target = z.object({ labels, scrapePool: text, health: z.enum(['up', 'down', 'unknown']).catch('unknown'), lastError: text, scrapeInterval: seconds })
/** One thing that is scraped. `scrapeInterval` in seconds; `lastError` tells of the inner network and stays on the server. */
export type ScrapeTarget = z.infer<typeof target>

/** Values of alerts are Go floats ("0e+00"); active times are RFC 3339. */
const alert = z.object({ labels, annotations: labels, state: z.enum(['inactive', 'pending', 'firing']).catch('inactive'), activeAt: z.string().nullable().catch(null), value: z.coerce.number().nullable().catch(null) })
export type StandingAlert = z.infer<typeof alert>

/** One rule of the source. `duration` and `keepFiringFor` in seconds, for alerts only. */
const rule = z.object({
  type: z.enum(['alerting', 'recording']), name: text, query: text, health: z.enum(['ok', 'err', 'unknown']).catch('unknown'), lastError: text, labels,
  state: z.enum(['inactive', 'pending', 'firing']).nullable().catch(null), duration: z.number().nullable().catch(null), keepFiringFor: z.number().nullable().catch(null), alerts: z.array(alert).catch([]),
})
const group = z.object({ name: text, file: text, interval: z.number().nullable().catch(null), rules: z.array(rule.nullable().catch(null)).transform((all) => all.filter((one) => one !== null)) })
export type RuleGroup = z.infer<typeof group>

function reader<T>(schema: z.ZodType<T>): (json: unknown) => T | null {
  return (json) => {
    const parsed = schema.safeParse(dataOf(json))
    return parsed.success ? parsed.data : null
  }
}

/** What was built and when: the cheapest sign of a Prometheus. */
export async function buildInfo(connection: Connection, options: AskOptions = {}): Promise<Result<BuildInfo>> {
  return read(await call(connection, 'GET', '/api/v1/status/buildinfo', {}, options), reader(build))
}

/** The targets that are scraped now. A large Prometheus has megabytes of them, therefore 20 MB are allowed. */
export async function targets(connection: Connection, options: AskOptions = {}): Promise<Result<readonly ScrapeTarget[]>> {
  const asked = await call(connection, 'GET', '/api/v1/targets', { state: 'active' }, { maxBytes: 20_000_000, ...options })
  return read(asked, reader(z.object({ activeTargets: z.array(target) }).transform((data) => data.activeTargets)))
}

/** Its rules by group; only those of one type when given. */
export async function rules(connection: Connection, type: 'alert' | 'record' | null = null, options: AskOptions = {}): Promise<Result<readonly RuleGroup[]>> {
  return read(await call(connection, 'GET', '/api/v1/rules', type === null ? {} : { type }, options), reader(z.object({ groups: z.array(group) }).transform((data) => data.groups)))
}

/** The alerts that stand now, pending and firing. */
export async function alerts(connection: Connection, options: AskOptions = {}): Promise<Result<readonly StandingAlert[]>> {
  return read(await call(connection, 'GET', '/api/v1/alerts', {}, options), reader(z.object({ alerts: z.array(alert) }).transform((data) => data.alerts)))
}

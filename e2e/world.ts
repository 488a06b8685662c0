/** Hides how the long stories come to their world: real Prometheus over pretended model servers, people in sessions of their own, a scene, and the plain work of a gate. */
import { createHash, randomUUID } from 'node:crypto'
import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { findTool, howToGet, type Tool } from '@/bin/tools.mjs'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import { adminOf, postAs, signIn, type TestPerson } from '@/e2e/session'
import { forget, startServer, type TestServer } from '@/e2e/server'

export const TEMPLATE = 'ML release, short windows'
const SCRAPE_SECONDS = 1
/** So many requests that a single error moves no ratio. */
const REQUESTS_PER_SECOND = 20_000

type ModelServer = Awaited<ReturnType<typeof startModelServer>>
type Prometheus = Awaited<ReturnType<typeof startPrometheus>>

/** Whether one of these programs is not here; in CI that is a failure and not a reason to skip. */
export function lacks(...tools: readonly Tool[]): boolean {
  const missing = tools.filter((tool) => !findTool(tool))
  if (missing.length > 0 && process.env['CI'] === 'true') throw new Error(missing.map(howToGet).join('\n'))
  return missing.length > 0
}

/** Everything that runs: the product, and for production and staging a model server with a Prometheus that scrapes it. */
export interface Parts {
  readonly server: TestServer
  /** Production: the stable version has all the traffic at first. */
  readonly models: ModelServer
  readonly prometheus: Prometheus
  /** Staging: every candidate is under load there. */
  readonly stagingModels: ModelServer
  readonly stagingPrometheus: Prometheus
  stop(): Promise<void>
}

/** Starts all of it. In: labels of the versions that are tried in staging, and the stable one. */
export async function startParts(candidates: readonly string[], stable: string): Promise<Parts> {
  const model = (versions: { version: string; share: number; speed?: number }[]) => [{ name: 'fraud-scorer', requestsPerSecond: REQUESTS_PER_SECOND, versions }]
  const [server, models, stagingModels] = await Promise.all([
    startServer(),
    // Candidates are a little faster, since each version sways by itself and is compared with the other at the same time.
    startModelServer({ models: model([{ version: stable, share: 1 }, ...candidates.map((version) => ({ version, share: 0, speed: 0.8 }))]) }),
    startModelServer({ models: model(candidates.map((version) => ({ version, share: 0.5, speed: 0.8 }))) }),
  ])
  const scraping = (one: ModelServer) => startPrometheus({ intervalSeconds: SCRAPE_SECONDS, targets: [{ job: 'models', address: `127.0.0.1:${one.port}` }] })
  const [prometheus, stagingPrometheus] = await Promise.all([scraping(models), scraping(stagingModels)])
  const stop = async () => {
    await Promise.all([prometheus.stop(), stagingPrometheus.stop(), models.close(), stagingModels.close()])
    await server.stop()
    forget(server)
  }
  return { server, models, prometheus, stagingModels, stagingPrometheus, stop }
}

/** One of the people, in a session of their own. */
export interface Somebody {
  readonly id: string
  readonly name: string
  readonly context: BrowserContext
  /** Calls of this person's session. */
  readonly api: APIRequestContext
  /** Opens a path in this person's browser. */
  open(path: string): Promise<Page>
}

export class Company<N extends string> {
  private constructor(private readonly people: ReadonlyMap<string, Somebody>) {}

  /** Registers the people and signs each into a browser context of their own. */
  static async enter<N extends string>(browser: Browser, server: TestServer, people: Readonly<Record<N, TestPerson>>): Promise<Company<N>> {
    const entered = await Promise.all(Object.entries<TestPerson>(people).map(async ([key, person]): Promise<[string, Somebody]> => {
      const context = await browser.newContext({ baseURL: server.origin })
      const id = await signIn(context, server, person)
      const open = async (path: string) => {
        const page = await context.newPage()
        await page.goto(path)
        return page
      }
      return [key, { id, name: person.name, context, api: context.request, open }]
    }))
    return new Company<N>(new Map(entered))
  }

  of(name: N): Somebody {
    return this.people.get(name) ?? raise(`there is no ${name}`)
  }

  async leave(): Promise<void> {
    await Promise.all([...this.people.values()].map((one) => one.context.close()))
  }
}

export interface Scene {
  readonly modelId: string
  readonly stagingId: string
  readonly productionId: string
  readonly templateId: string
  /** Ids of versions by their labels. */
  readonly versions: ReadonlyMap<string, string>
}

/** The default template as a team with a fast Prometheus has it: every window is a minute, so that what a test changes is soon all that is measured. */
function shortWindows() {
  const { gates, steps, deferred } = ML_RELEASE
  const inAMinute = gates.map((gate) => ({
    ...gate,
    items: gate.items.map((item) => (item.kind === 'metric' ? { ...item, metric: { ...item.metric, rule: { ...item.metric.rule, windowMinutes: 1 } } } : item)),
  }))
  return { name: TEMPLATE, purpose: 'The default, measured over a minute.', gates: inAMinute, steps, deferred }
}

/** A version that differs from every other in artefact and code; in data only where it is asked for. */
function version(versionId: string, label: string, data: string) {
  const hex = (seed: string, length: number) => createHash('sha256').update(`${seed} ${label}`).digest('hex').slice(0, length)
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  return {
    type: 'add-version', versionId, label, artefact: `registry.example.org/ml/fraud-scorer@sha256:${hex('artefact', 64)}`, digest: null, codeCommit: hex('code', 40),
    data: `s3://data/fraud?versionId=${data}`, behaviour,
  }
}

/**
 * Sources, environments, the template, and a model with its versions: the first is adopted as stable, all others were trained on newer data; published on the status page.
 * In: the parts, who registers (of the model's team), labels of the versions.
 */
export async function setScene(parts: Pick<Parts, 'server' | 'prometheus' | 'stagingPrometheus'>, registrar: Somebody, labels: readonly string[]): Promise<Scene> {
  const { server } = parts
  const admin = await adminOf(server)
  const tell = (who: APIRequestContext, collection: string, id: string, command: unknown) => postAs(who, server, `/api/v1/${collection}/${id}/commands`, command)
  const scene = { modelId: randomUUID(), stagingId: randomUUID(), productionId: randomUUID(), templateId: randomUUID() }
  const { modelId, stagingId, productionId, templateId } = scene
  const sourceOf = async (name: string, url: string) => {
    const id = randomUUID()
    await postAs(admin, server, '/api/v1/sources/add', { id, name, url, auth: 'none', headerNames: [], scrapeIntervalSeconds: SCRAPE_SECONDS, secret: null })
    return id
  }
  const environment = async (id: string, slug: string, sourceId: string) => {
    await tell(admin, 'environments', id, { type: 'add-environment', slug, name: slug, kind: 'cloud', orchestrator: 'kubernetes', sourceId, zone: 'Europe/Berlin' })
  }
  await environment(stagingId, 'staging-eu', await sourceOf('Staging', parts.stagingPrometheus.url))
  await environment(productionId, 'production-eu', await sourceOf('Production', parts.prometheus.url))
  await tell(admin, 'templates', templateId, { type: 'create-template', content: shortWindows() })
  await tell(registrar.api, 'models', modelId, { type: 'register-model', slug: 'fraud-scorer', name: 'fraud-scorer', purpose: 'Scores card payments for fraud.', ownerTeam: 'data-science', codePrefix: 'FRAUD' })
  const versions = new Map(labels.map((label) => [label, randomUUID()]))
  for (const [label, versionId] of versions) await tell(registrar.api, 'models', modelId, version(versionId, label, label === labels[0] ? 'a1' : 'b2'))
  await tell(registrar.api, 'live', `${modelId}:${productionId}`, { type: 'adopt', versionId: versions.get(labels[0] ?? ''), since: '2026-01-02T09:00:00Z', note: 'Seen in the cluster.' })
  const fields = ['version', 'state', 'releases', 'phase', 'team', 'holds', 'roll-backs']
  await tell(admin, 'models', modelId, { type: 'publish-model', publication: { name: 'Fraud check', fields, environments: [{ environmentId: productionId, name: 'Europe' }] } })
  return { ...scene, versions }
}

/** The labels by which the metrics of a version are found on either Prometheus. */
export function labelsOf(label: string): Readonly<Record<string, string>> {
  return { model_name: 'fraud-scorer', model_version: label, pod: `fraud-scorer-${label.replaceAll('.', '-')}-0` }
}

export function raise(message: string): never {
  throw new Error(message)
}

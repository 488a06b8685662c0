// A release whose panels are drawn from a real Prometheus, for the cost of its script.
import { startModelServer } from '../synthetic-model-server.mjs'
import { startPrometheus } from '../prometheus.mjs'
import { findTool } from '../tools.mjs'
import { idOf } from './cast.mjs'
import { command } from './servers.mjs'
import { setTimeout as pause } from 'node:timers/promises'

/** Starts a Prometheus on a synthetic model server. Out: `open` (makes the release, gives its path) and `stop`; null where there is no Prometheus. */
export async function releaseWithCharts() {
  if (!findTool('prometheus')) return null
  const models = await startModelServer()
  const prometheus = await startPrometheus({ intervalSeconds: 1, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }] })
  return {
    async open(origin, cookie) {
      const [sourceId, environmentId, releaseId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
      const slug = `bench-${environmentId.slice(0, 8)}`
      await command(origin, cookie, `sources/${sourceId}`, { type: 'add-source', name: slug, url: prometheus.url, auth: 'none', headerNames: [], scrapeIntervalSeconds: 1, secretId: null })
      await command(origin, cookie, `environments/${environmentId}`, { type: 'add-environment', slug, name: slug, kind: 'cloud', orchestrator: 'kubernetes', zone: 'Europe/Berlin', sourceId })
      const panel = (number) => ({ id: `p${number}`, title: `Requests ${number}`, presetId: null, query: `sum(up) + ${number}`, unit: '1', threshold: null })
      await command(origin, cookie, `releases/${releaseId}`, {
        type: 'open-release', modelId: idOf(5, 0), versionId: idOf(6, 0), environmentId, stagingEnvironmentId: null, templateId: (await anyTemplate(origin, cookie)), risk: 'low', targetAt: null,
        claim: { memoryGiB: 8, cpuCores: 4, gpuCount: 0, gpuType: '', gpuMemoryGiB: 0, storageGiB: 40, peakPerSecond: 600, growthPercent: 40 },
        serving: { image: 'registry.example.org/serve:1', runtime: 'ONNX Runtime', precision: 'fp32', batching: 'dynamic' }, evaluation: '', steps: [{ share: 10, soakMinutes: 1, minimumRequests: 0 }, { share: 100, soakMinutes: 1, minimumRequests: 0 }],
        rollbackPlan: { way: 'degraded', triggers: 'Errors.', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 14 }, owners: {}, onCallId: null,
        panels: [1, 2, 3, 4, 5, 6].map(panel), selectors: { candidate: {}, stable: {}, shareQuery: null },
      })
      const answer = await (await fetch(`${origin}/api/v1/releases/${releaseId}`, { headers: { cookie } })).json()
      // The charts need a few scrapes behind them.
      await pause(8_000)
      return `/releases/${answer.code}`
    },
    async stop() {
      await prometheus.stop()
      await models.close()
    },
  }
}

async function anyTemplate(origin, cookie) {
  const { gates: _gates, template } = await (await fetch(`${origin}/api/v1/releases/M00-1`, { headers: { cookie } })).json()
  return template.id
}

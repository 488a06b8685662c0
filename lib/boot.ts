/** Hides the order in which the parts of the product start; each part is one line here and stops by what it registered with lib/public/lifecycle. */
import 'server-only'
import { config } from '@/lib/public/config'
import { loggable } from '@/lib/public/loggable'
import { markStarted, registerReadiness, registerStop } from '@/lib/public/lifecycle'
import { processWide } from '@/lib/public/process-wide'

interface BootStep {
  readonly name: string
  readonly start: () => Promise<void>
}

/** In order. A step that throws keeps the server from listening. Add a part by its line: `{ name, start: async () => (await import('…')).start…() }`. */
const STEPS: readonly BootStep[] = [
  { name: 'the configuration', start: async () => void config() },
  { name: 'the database', start: startStore },
  { name: 'the states', start: async () => (await import('@/lib/server/renew-states')).startStates() },
  { name: 'the lists', start: async () => (await import('@/lib/server/reproject')).startLists() },
  { name: 'the secrets', start: async () => (await import('@/lib/server/secrets/start')).startSecrets() },
  { name: 'the templates', start: startTemplates },
  { name: 'the demo', start: async () => (await import('@/lib/server/demo/start')).startDemo() },
  { name: 'the check of the record', start: async () => (await import('@/lib/server/record-check')).startRecordCheck() },
  { name: 'the set-up', start: async () => (await import('@/lib/server/auth/set-up')).announceSetup() },
  { name: 'the identity provider', start: async () => (await import('@/lib/server/auth/provider-recheck-start')).startRecheck() },
  { name: 'the evaluator', start: async () => (await import('@/lib/server/metrics/start')).startMetrics() },
  { name: 'the record of live versions', start: async () => (await import('@/lib/server/live/record')).startLiveRecord() },
  { name: 'the clock', start: async () => (await import('@/lib/server/clock')).startClock() },
  { name: 'the clock of check-ins', start: async () => (await import('@/lib/server/check-in/turn')).startCheckInClock() },
  { name: 'the series', start: async () => (await import('@/lib/server/series/start')).startSeries() },
  { name: 'the checkpoints', start: async () => (await import('@/lib/server/checkpoint/start')).startCheckpoints() },
  { name: 'the notifications', start: async () => (await import('@/lib/server/notify/start')).startNotify() },
  { name: 'the notices', start: async () => (await import('@/lib/server/notify/notices')).startNotices() },
  { name: 'the status page', start: async () => (await import('@/lib/server/status/start')).startStatus() },
  { name: 'the memory', start: async () => (await import('@/lib/server/memory')).startMemory() },
]

async function startStore(): Promise<void> {
  const { closeStore, rawStore } = await import('@/lib/server/raw-store')
  const { logHead } = await import('@/db/log')
  await rawStore()
  registerStop('the database', closeStore)
  // Opening has checked the migrations; that the database still answers, with the head of the log, is asked each time.
  registerReadiness('database', async () => {
    await logHead(await rawStore())
    return null
  })
}

// A template names the installation's teams: on the first run they come with the set-up, later they are there.
async function startTemplates(): Promise<void> {
  const { seedTemplates } = await import('@/lib/server/seed-templates')
  const { listen } = await import('@/lib/server/bus')
  const { rawStore } = await import('@/lib/server/raw-store')
  const { loadAggregate } = await import('@/db/aggregate')
  if ((await loadAggregate(await rawStore(), 'installation', 'installation')) !== null) return seedTemplates()
  const deaf = listen(({ kind }) => {
    if (kind !== 'installation') return
    deaf()
    seedTemplates().catch((error: unknown) => {
      console.error('the shipped templates could not be created', loggable(error))
    })
  })
}

/** Starts every part once per process. Throws the first failure, named by its part. */
export function boot(): Promise<void> {
  return processWide('boot', startAll)
}

async function startAll(): Promise<void> {
  for (const step of STEPS) {
    try {
      await step.start()
    } catch (error) {
      throw new Error(`${step.name} could not start`, { cause: error })
    }
  }
  markStarted()
}

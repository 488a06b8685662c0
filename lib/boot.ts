/** Hides the order in which the parts of the product start; each part is one line here and stops by what it registered with lib/public/lifecycle. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'
import { config } from '@/lib/public/config'
import { registerReadiness, registerStop } from '@/lib/public/lifecycle'

interface BootStep {
  readonly name: string
  readonly start: () => Promise<void>
}

/** In order. A step that throws keeps the server from listening. Add a part by its line: `{ name, start: async () => (await import('…')).start…() }`. */
const STEPS: readonly BootStep[] = [
  { name: 'the configuration', start: async () => void config() },
  { name: 'the database', start: startStore },
  { name: 'notifications', start: async () => (await import('@/lib/server/notify/start')).startNotify() },
]

async function startStore(): Promise<void> {
  const { closeStore, rawStore } = await import('@/lib/server/raw-store')
  const { loadAggregate } = await import('@/db/aggregate')
  await rawStore()
  registerStop('the database', closeStore)
  // Opening has checked the migrations; that the database still answers is asked each time.
  registerReadiness('database', async () => {
    await loadAggregate(await rawStore(), 'installation', 'installation')
    return null
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
}

/** Hides the order in which the parts of the product start; each part is one line here and stops by what it registered with lib/public/lifecycle. */
import 'server-only'
import { processWide } from '@/lib/public/process-wide'
import { config } from '@/lib/public/config'

interface BootStep {
  readonly name: string
  readonly start: () => Promise<void>
}

/** In order. A step that throws keeps the server from listening. Add a part by its line: `{ name, start: async () => (await import('…')).start…() }`. */
const STEPS: readonly BootStep[] = [
  { name: 'configuration', start: async () => void config() },
]

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

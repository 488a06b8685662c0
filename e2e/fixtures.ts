/** What every browser test starts from: a production server of its worker, and pages that open it by path. */
import { test as base } from '@playwright/test'
import { forget, startServer, type TestServer } from '@/e2e/server'

interface WorkerFixtures {
  /** The product, started once for each worker on an empty data folder. */
  readonly server: TestServer
}

export const test = base.extend<object, WorkerFixtures>({
  server: [
    async ({}, provide) => {
      const server = await startServer()
      await provide(server)
      await server.stop()
      forget(server)
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, provide) => {
    await provide(server.origin)
  },
})

export { expect } from '@playwright/test'

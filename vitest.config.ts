/** How the unit and store tests run: in plain Node, with the product's import alias. */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Two also on a machine with two cores: while one file waits for a program or a clock, the other works. */
const WORKERS = Math.max(2, availableParallelism() - 1)

// `server-only` throws outside of a server bundle; in tests the server layer runs in plain Node, so it is an empty module there.
export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: { include: ['**/*.test.ts', '**/*.test.tsx'], exclude: ['node_modules', '.next', 'dist', 'e2e'], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: WORKERS },
})

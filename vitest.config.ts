/** How the unit and store tests run: in plain Node, with the product's import alias. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// `server-only` throws outside of a server bundle; in tests the server layer runs in plain Node, so it is an empty module there.
export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: { include: ['**/*.test.ts', '**/*.test.tsx'], exclude: ['node_modules', '.next', 'dist', 'e2e'], testTimeout: 30_000, hookTimeout: 60_000 },
})

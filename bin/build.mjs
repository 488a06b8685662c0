// Builds what `npm start` runs: Next's output, and the bundles of server.ts and the command line (the native packages stay outside).
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourceState, STAMP } from './source-state.mjs'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

const state = sourceState(root)
rmSync(STAMP, { force: true })
mkdirSync('dist', { recursive: true })

const result = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (result.status !== 0) process.exit(result.status ?? 1)

const { build } = await import('esbuild')
const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  logLevel: 'warning',
  // Next replaces the real package inside its own bundles; outside of them it would only throw.
  alias: { 'server-only': './node_modules/server-only/empty.js' },
}
await build({ ...common, entryPoints: ['server.ts'], outfile: 'dist/main.js' })
// react-dom chooses its build when it is loaded, so the mode must stand before the first import.
writeFileSync('dist/server.js', "process.env.NODE_ENV = 'production'\nawait import('./main.js')\n")
if (existsSync('bin/gatehouse.ts')) await build({ ...common, entryPoints: ['bin/gatehouse.ts'], outfile: 'dist/gatehouse.js' })

writeFileSync(STAMP, JSON.stringify({ state, builtAt: new Date().toISOString() }))

// Builds what `npm start` runs: Next's output, and the bundles of server.ts, the command line and the reader of reports (the native packages stay outside).
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { foldState, sourceState, STAMP } from './source-state.mjs'

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

const { bundle } = await import('./bundle.mjs')
await bundle('server.ts', 'dist/main.js')
// react-dom chooses its build when it is loaded, so the mode must stand before the first import.
writeFileSync('dist/server.js', "process.env.NODE_ENV = 'production'\nawait import('./main.js')\n")
await bundle('bin/gatehouse.ts', 'dist/gatehouse.js')
await bundle('bin/demo-history.ts', 'dist/demo-history.js')
await bundle('bin/read-report.ts', 'dist/read-report.js')

writeFileSync(STAMP, JSON.stringify({ state, folds: foldState(root), builtAt: new Date().toISOString() }))

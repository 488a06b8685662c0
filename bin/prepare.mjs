// Brings a fresh clone to the point where it can run: packages installed, product built. Each step runs only when it is needed.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBuilt } from './source-state.mjs'

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Installs the locked packages when none are there or the lock file is newer than what is installed. */
export function install() {
  const installed = path.join(ROOT, 'node_modules', '.package-lock.json')
  const lock = path.join(ROOT, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.log('Installing packages (about two minutes the first time: SQLite is compiled) …')
  // `--include=dev`: the build checks types, also where NODE_ENV is production.
  run('npm', ['ci', '--include=dev', '--no-fund', '--no-audit'])
}

/** Builds when the build on disk was made from other sources. */
export function build() {
  if (isBuilt(ROOT)) return
  console.log('Building …')
  run(process.execPath, [path.join('bin', 'build.mjs')])
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' })
  if (error) console.error(`${command} could not be started: ${error.message}`)
  if (status !== 0) {
    console.error(`\n"${command} ${args.join(' ')}" failed.`)
    process.exit(status ?? 1)
  }
}

// Finds the programs that are not npm packages (a browser, Prometheus), or says how to get them.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** @typedef {'chromium' | 'prometheus' | 'alertmanager'} Tool */

const TOOLS = {
  chromium: { variable: 'CHROMIUM_BIN', names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'], package: 'chromium' },
  prometheus: { variable: 'PROMETHEUS_BIN', names: ['prometheus'], package: 'prometheus' },
  alertmanager: { variable: 'ALERTMANAGER_BIN', names: ['alertmanager', 'prometheus-alertmanager'], package: 'prometheus-alertmanager' },
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of a tool: from its variable, else from PATH and /usr/bin; `null` when it is nowhere. @type {(name: Tool) => string | null} */
export function findTool(name) {
  const { variable, names } = TOOLS[name]
  const named = process.env[variable]
  if (named) return isExecutable(named) ? named : null
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin']
  for (const candidate of names) for (const folder of folders) if (folder && isExecutable(path.join(folder, candidate))) return path.join(folder, candidate)
  return null
}

/** One sentence that says how to get a missing tool. @type {(name: Tool) => string} */
export function howToGet(name) {
  const { variable, package: name_ } = TOOLS[name]
  return `${name} was not found. Install it (Debian, Ubuntu: sudo apt-get install ${name_}) or name its path in ${variable}.`
}

/** Makes sure that the tools are there: installs missing ones with apt-get where that is ours to do (root, or CI=true). Out: their paths, `null` where missing. */
export function ensureTools(names) {
  const missing = names.filter((name) => findTool(name) === null && !process.env[TOOLS[name].variable])
  if (missing.length > 0 && mayInstall()) {
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
    const packages = missing.map((name) => TOOLS[name].package)
    console.log(`Installing ${packages.join(' and ')} with apt-get …`)
    run([...sudo, 'apt-get', 'update', '-q'])
    run([...sudo, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages])
  }
  return Object.fromEntries(names.map((name) => [name, findTool(name)]))
}

function mayInstall() {
  return (process.getuid?.() === 0 || process.env.CI === 'true') && isOnPath('apt-get')
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => folder && isExecutable(path.join(folder, program)))
}

function run([command, ...args]) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  if (status !== 0) console.error(`"${command} ${args.join(' ')}" failed.`)
}

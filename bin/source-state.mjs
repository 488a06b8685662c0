// Says which state of the sources a build was made from, so that `npm start` builds when, and only when, it must.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const SOURCES = [
  'app', 'components', 'db', 'lib', 'public', 'server.ts', 'instrumentation.ts',
  'bin', 'next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json',
]

/** Where the last successful build wrote its state. */
export const STAMP = 'dist/build.json'

/** One hash over the paths and bytes of everything that a build reads. */
export function sourceState(root) {
  const hash = createHash('sha256').update(process.version)
  for (const entry of SOURCES) addTo(hash, root, entry)
  return hash.digest('hex')
}

/** One hash over the rules that make states and lists out of the log: when it changes, an upgrade folds them anew. */
export function foldState(root) {
  const hash = createHash('sha256')
  for (const entry of ['lib/domain', 'db/projections']) addTo(hash, root, entry)
  return hash.digest('hex')
}

function addTo(hash, root, entry) {
  const full = path.join(root, entry)
  if (!existsSync(full)) return
  const children = readdir(full)
  if (children) for (const child of children) addTo(hash, root, path.join(entry, child))
  else if (!/\.test\.tsx?$/.test(entry)) hash.update(`${entry}\0`).update(readFileSync(full))
}

function readdir(full) {
  try {
    return readdirSync(full).sort()
  } catch {
    return null
  }
}

/** Whether the build on disk was made from these sources. */
export function isBuilt(root) {
  try {
    return JSON.parse(readFileSync(path.join(root, STAMP), 'utf8')).state === sourceState(root)
  } catch {
    return false
  }
}

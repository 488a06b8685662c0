// The whole verification of a long log beside a bare SHA-256 pass over the bodies of the same entries, read from the same file; and the search in many texts beside the bare FTS query.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { bundle } from '../bundle.mjs'

const ENTRIES = 200_000
const TEXTS = 100_000

export async function recordPart({ root, folder, report }) {
  const { count, bytes, bare, whole } = await timed(root, 'log-bench', path.join(folder, `log-${Date.now()}.db`), ENTRIES)
  report.check(`the whole log verified, ${count.toLocaleString('en-GB')} entries (${(bytes / 1e6).toFixed(0)} MB): work of a bare SHA-256 pass`, whole / bare, 3)
  report.tell('verification', whole, 'ms')
  report.tell('bare pass', bare, 'ms')
  const search = await timed(root, 'search-bench', path.join(folder, `search-${Date.now()}.db`), TEXTS)
  if (search.found === 0) throw new Error('the search of the bench finds nothing')
  report.check(`search in ${search.count.toLocaleString('en-GB')} texts, ${search.queries} queries: work of the bare FTS query`, search.product / search.bare, 1.5)
  report.tell('search', search.product, 'ms')
  report.tell('bare query', search.bare, 'ms')
}

async function timed(root, name, file, count) {
  await bundle(`db/testing/${name}.ts`, `dist/bench/${name}.js`)
  const { stdout, stderr, status } = spawnSync(process.execPath, [`dist/bench/${name}.js`, file, String(count)], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} could not be timed:\n${stderr}`)
  return JSON.parse(stdout)
}

// The whole verification of a long log beside a bare SHA-256 pass over the bodies of the same entries, read from the same file.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { bundle } from '../bundle.mjs'

const ENTRIES = 200_000

export async function recordPart({ root, folder, report }) {
  await bundle('db/testing/log-bench.ts', 'dist/bench/log.js')
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/bench/log.js', path.join(folder, `log-${Date.now()}.db`), String(ENTRIES)], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the log could not be timed:\n${stderr}`)
  const { count, bytes, bare, whole } = JSON.parse(stdout)
  report.check(`the whole log verified, ${count.toLocaleString('en-GB')} entries (${(bytes / 1e6).toFixed(0)} MB): work of a bare SHA-256 pass`, whole / bare, 3)
  report.tell('verification', whole, 'ms')
  report.tell('bare pass', bare, 'ms')
}

// The agenda of 100 releases in flight beside its own SQL: made anew, and as it is asked again while nothing has changed.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { bundle } from '../bundle.mjs'

export async function agendaPart({ root, data, report }) {
  await bundle('bin/bench/agenda-reads.ts', 'dist/bench/agenda-reads.js')
  const timed = (env) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['db/testing/raw-board-sql.mjs', path.join(data.few, 'gatehouse.db'), 'dist/bench/agenda-reads.js'], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } })
    if (status !== 0) throw new Error(`the agenda could not be timed:\n${stderr}`)
    return JSON.parse(stdout)
  }
  const anew = timed({})
  const again = timed({ AGENDA_KEPT: '1' })
  report.check(`agenda of 100 releases in flight, made anew (${anew.statements} statements): time of its SQL`, anew.product / anew.raw, 2)
  report.check(`the same asked again (${again.statements} statements): time of the SQL that makes it`, again.product / anew.raw, 2)
  report.tell('made anew', anew.product, 'ms')
  report.tell('asked again', again.product, 'ms')
  report.tell('its SQL', anew.raw, 'ms')
}

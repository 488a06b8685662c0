/** The agenda of a hundred releases in flight as the product reads it, for the bench to time beside raw statements. */
import { releasesInFlight } from '@/db/check-in-list'
import { openStore } from '@/db/store'
import { processWide } from '@/lib/public/process-wide'
import { agendaFor } from '@/lib/server/view/agenda'

const RELEASES = 100
const LOOK_BACK_MS = 7 * 86_400_000

/** Opens a database for reading. Out: the function that makes the whole agenda anew, as nobody had asked before. */
export async function boardReader(file: string): Promise<{ readonly read: () => Promise<unknown>; readonly close: () => Promise<void> }> {
  const store = await openStore(`file:${file}`, { readOnly: true })
  const ids = (await releasesInFlight(store)).slice(0, RELEASES).map((one) => one.id)
  if (ids.length < RELEASES) throw new Error(`the bench has only ${ids.length} releases in flight`)
  const now = new Date()
  const since = new Date(now.getTime() - LOOK_BACK_MS).toISOString()
  const read = async () => {
    if (process.env['AGENDA_KEPT'] !== '1') processWide('agenda-lines', () => new Map()).clear()
    const lines = await agendaFor(store, ids, since, now)
    if (lines.length < RELEASES) throw new Error(`the agenda has only ${lines.length} lines`)
    return lines
  }
  return { read, close: () => store.close() }
}

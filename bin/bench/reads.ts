/** The product's own reads of the board, for the bench to time beside raw statements. */
import { openStore } from '@/db/store'
import { boardReads, rowReads } from '@/lib/server/view/board-reads'
import { personActor } from '@/lib/server/actor'
import { idOf } from './cast.mjs'

/** As many rows as the board's page sends of a long board. */
const ROWS = 40

/** Opens a database for reading. Out: the function that reads everything that the first picture of one person's board rests on. */
export async function boardReader(file: string): Promise<{ readonly read: () => Promise<unknown>; readonly close: () => Promise<void> }> {
  const store = await openStore(`file:${file}`, { readOnly: true })
  const now = new Date()
  const actor = await personActor(store, idOf(1, 1), now)
  if (!actor) throw new Error('the bench has no first person')
  const read = async () => {
    // As the first look after a release has changed: what nothing has changed is not read at all.
    store.sqlite?.exec('create temp table if not exists looked (at); insert into looked values (1)')
    const found = await boardReads(store, actor, now)
    return { ...found, ...(await rowReads(store, found.inFlight.briefs.slice(0, ROWS).map(({ id }) => id))) }
  }
  return { read, close: () => store.close() }
}

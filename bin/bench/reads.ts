/** The product's own reads of the board, for the bench to time beside raw statements. */
import { openStore } from '@/db/store'
import { boardReads } from '@/lib/server/view/board-reads'
import { personActor } from '@/lib/server/actor'
import { idOf } from './cast.mjs'

/** Opens a database for reading. Out: the function that reads everything that the board of one person rests on. */
export async function boardReader(file: string): Promise<{ readonly read: () => Promise<unknown>; readonly close: () => Promise<void> }> {
  const store = await openStore(`file:${file}`, { readOnly: true })
  const now = new Date()
  const actor = await personActor(store, idOf(1, 1), now)
  if (!actor) throw new Error('the bench has no first person')
  return { read: () => boardReads(store, actor, now), close: () => store.close() }
}

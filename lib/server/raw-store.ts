/** The process's one store for the worker, `execute` and the boot; screens and routes use `lib/server/store.ts`. */
import 'server-only'
import { openStore, type Store } from '@/db/store'
import { joinReplicas } from '@/lib/server/bus'
import { env } from '@/lib/server/env'
import { processWide } from '@/lib/public/process-wide'

interface Slot {
  opened: Promise<Store> | null
}

/** Opens the database at its first use in this process, migrating it, and then gives the same store to everyone. */
export function rawStore(): Promise<Store> {
  const slot = processWide<Slot>('store', () => ({ opened: null }))
  slot.opened ??= open().catch((error: unknown) => {
    slot.opened = null
    throw error
  })
  return slot.opened
}

async function open(): Promise<Store> {
  const store = await openStore(env().databaseUrl, { migrate: true })
  if (store.relay) await joinReplicas(store.relay)
  return store
}

/** Gives this process a store that somebody else opened, such as one for reading only; for the command line. */
export function adoptStore(store: Store): void {
  processWide<Slot>('store', () => ({ opened: null })).opened = Promise.resolve(store)
}

/** Closes it at shutdown. */
export async function closeStore(): Promise<void> {
  const slot = processWide<Slot>('store', () => ({ opened: null }))
  const { opened } = slot
  slot.opened = null
  await (await opened)?.close()
}

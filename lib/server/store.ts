/** The only way from screens and routes to the database: it waits for a request, so that nothing read is ever baked into a prerendered page. */
import 'server-only'
import { connection } from 'next/server'
import type { Store } from '@/db/store'
import { rawStore } from '@/lib/server/raw-store'

/** The store, once there is a request. Synchronous reads are invisible to Next; without this a page may be built static and stay stale. */
export async function store(): Promise<Store> {
  await connection()
  return rawStore()
}

/** Hands what the server has read to the browser's cache, so that the first picture has its content and nothing is fetched twice. */
import 'server-only'
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** One read: the key under which the browser looks for it, and the view function that answers. */
export interface Read {
  readonly queryKey: readonly unknown[]
  readonly queryFn: () => Promise<unknown>
  /** Whether the answer is only the beginning; then the browser asks for the whole as soon as it can. */
  readonly isBeginning?: boolean
}

/**
 * In: the reads of a page, made at the same time, and the screen that reads them with `useSuspenseQuery`.
 * A read that throws makes the page's error screen, as it would without the cache.
 */
export async function Hydrated({ reads, children }: { reads: readonly Read[]; children: ReactNode }) {
  const client = new QueryClient()
  await Promise.all(reads.map(async (read) => client.setQueryData(read.queryKey, await read.queryFn(), read.isBeginning ? { updatedAt: 0 } : {})))
  // One text instead of thousands of values: the framework would look at each of them on its way to the browser.
  return <HydrationBoundary state={dehydrate(client, { serializeData: JSON.stringify })}>{children}</HydrationBoundary>
}

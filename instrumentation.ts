/** Where Next starts the product inside its own bundle, the only place that can make what needs the store, and tells what it could not render. */
import type { Instrumentation } from 'next'

/** Called once per process before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('@/lib/boot')).boot()
}

/** Called for each page or route that threw, in place of the framework's own words, which would hold those of the failed query (`quiet` in server.ts). */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, place) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('@/lib/server/render-fault')).tellRenderFault(error, place)
}

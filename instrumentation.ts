/** Where Next starts the product inside its own bundle: the only place that can make what needs the store. */

/** Called once per process before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('@/lib/boot')).boot()
}

/** The headers of the status page: who may keep it for how long, what it may load, and what a secret address may tell on. */
import type { Styles } from '@/lib/public/status-html'

// Fresh for two seconds, so that a change is seen within two; then served while it is revalidated, but never a minute late.
export const PAGE_CACHE = 'public, max-age=2, stale-while-revalidate=58'

/** Of pages whose address is a secret. */
export const PRIVATE_PAGE: Readonly<Record<string, string>> = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow, noarchive', 'referrer-policy': 'no-referrer' }

/** No script anywhere, so nothing connects but tools that look at the page and fetch its robots.txt; forms only to ourselves; only the embedded view may stand in somebody's frame. */
export function policyOf(styles: Styles, view: 'page' | 'embed'): string {
  const isEmbedded = view === 'embed'
  return `default-src 'none'; style-src 'sha256-${styles.hash}'; img-src data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action ${isEmbedded ? "'none'" : "'self'"}; frame-ancestors ${isEmbedded ? '*' : "'none'"}`
}

/** Only a courtesy: sends a visitor without a session cookie to the sign-in page. Who may see what is decided by the pages and routes themselves. */
import type { IncomingMessage } from 'node:http'

/** As lib/server/auth/session.ts names them, over http and over https. */
const SESSION_COOKIE = /(?:^|;\s*)(?:gatehouse\.session|__Host-gatehouse\.session)=/

/** What a visitor may ask for without a session. */
const OPEN = /^\/(?:api\/|_next\/|docs\/problems|status|sign-in|set-up|invite\/|reset\/|healthz|readyz|favicon|icon\.svg|fonts\/|robots\.txt)/

/**
 * In: a request for a page, its address already made plain. Out: where to send it, `/sign-in?next=…`, or null when it may go on.
 * A navigation inside of the application is left to its page, whose answer the framework understands. Here and not in the framework's
 * own proxy, which costs every page more (decision 004).
 */
export function doorOf({ method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | null {
  if ((method !== 'GET' && method !== 'HEAD') || headers['rsc'] !== undefined) return null
  if (OPEN.test(url) || SESSION_COOKIE.test(headers.cookie ?? '')) return null
  return url === '/' || url.startsWith('/?') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(url)}`
}

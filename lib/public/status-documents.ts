/** Keeps the public documents of the status page made and in memory: renewed with each new picture, and by the clock while none comes. */
import { createElement, type ReactNode } from 'react'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { SubscribePage } from '@/components/status/subscribe-page'
import { statuspageDocuments } from '@/lib/domain/status/statuspage'
import { statusAtom } from '@/lib/public/status-atom'
import { badgeShields, badgeSvg } from '@/lib/public/status-badges'
import { statusCalendar } from '@/lib/public/status-calendar'
import { publicDocument, publicDocuments, type PublicDocument } from '@/lib/public/document'
import { registerStop } from '@/lib/public/lifecycle'
import { statusPages, type StatusPages } from '@/lib/public/status-pages'
import { takeStatus, type StatusSnapshot } from '@/lib/public/status-feed'
import { PAGE_CACHE, policyOf, PRIVATE_PAGE } from '@/lib/public/status-headers'
import { htmlPage, readStyles, statusHtml, type Styles } from '@/lib/public/status-html'

/** A picture older than this is shown with its age, which has to grow on the page; so the page is made anew by the clock. */
const RENEW_MS = 30_000
const JSON_TYPE = 'application/json; charset=utf-8'
// Proxies of pictures, such as the one of GitHub, keep what they may; a badge must not lie for hours.
const BADGE = { 'cache-control': 'no-cache, max-age=0, must-revalidate', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" }

/** Starts serving. In: the public origin, for links in the JSON. Out: what makes the pages that are made when somebody asks. Called by server.ts before Next is prepared, so that the first picture finds it. */
export function startStatusDocuments({ publicUrl }: { readonly publicUrl: string }, root = process.cwd()): StatusPages {
  const styles = readStyles(root)
  for (const font of ['geist', 'geist-mono']) publicDocuments().set(`/status/${font}.woff2`, fontDocument(path.join(root, 'app', 'fonts', `${font}.woff2`)))
  let newest: StatusSnapshot | null = null
  takeStatus((snapshot) => {
    newest = snapshot
    serve(snapshot, styles, publicUrl, new Date())
  })
  const timer = setInterval(() => {
    const now = new Date()
    if (newest && now.getTime() - Date.parse(newest.asOf) > RENEW_MS * 2) serve(newest, styles, publicUrl, now)
  }, RENEW_MS).unref()
  registerStop('status page', async () => clearInterval(timer))
  return statusPages(styles, publicUrl)
}

// The paths of the last picture: what is published no more must not go on being answered from memory.
const served = new Set<string>()

function serve(snapshot: StatusSnapshot, styles: Styles, publicUrl: string, now: Date): void {
  const documents = publicDocuments()
  const made = statusDocuments(snapshot, styles, publicUrl, now)
  for (const where of served) if (!made.has(where)) documents.delete(where)
  served.clear()
  for (const [where, document] of made) {
    documents.set(where, document)
    served.add(where)
  }
}

/** Every document of one picture, by path. */
export function statusDocuments(snapshot: StatusSnapshot, styles: Styles, publicUrl: string, now: Date): ReadonlyMap<string, PublicDocument> {
  const { status, asOf } = snapshot
  const robots = status.isIndexed ? {} : { 'x-robots-tag': 'noindex, nofollow' }
  const page = (view: 'page' | 'embed') => publicDocument({
    type: 'text/html; charset=utf-8',
    body: statusHtml(snapshot, styles, now.toISOString(), view),
    headers: { 'cache-control': PAGE_CACHE, 'content-security-policy': policyOf(styles, view), ...robots },
    ...(view === 'embed' ? { without: ['x-frame-options'] } : {}),
  })
  const url = `${publicUrl}/status`
  const pageId = createHash('sha256').update(url).digest('hex').slice(0, 12)
  const open = { 'cache-control': PAGE_CACHE, 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', ...robots }
  const json = Object.entries(statuspageDocuments(status, { url, pageId, updatedAt: asOf })).map(([where, body]) => [where, publicDocument({ type: JSON_TYPE, body: JSON.stringify(body), headers: open })] as const)
  const badges = status.components.flatMap((one) => [
    [`/status/badge/${one.id}.svg`, publicDocument({ type: 'image/svg+xml; charset=utf-8', body: badgeSvg(one), headers: { ...open, ...BADGE } })] as const,
    [`/status/badge/${one.id}.json`, publicDocument({ type: JSON_TYPE, body: JSON.stringify(badgeShields(one)), headers: { ...open, ...BADGE } })] as const,
  ])
  return new Map([
    ['/status', page('page')] as const,
    ['/robots.txt', publicDocument({ type: 'text/plain; charset=utf-8', body: robotsText(status.isIndexed), headers: { 'cache-control': PAGE_CACHE } })] as const,
    ['/status/embed', page('embed')] as const,
    ['/status/history.atom', publicDocument({ type: 'application/atom+xml; charset=utf-8', body: statusAtom(snapshot, url), headers: open })] as const,
    ['/status/releases.ics', publicDocument({ type: 'text/calendar; charset=utf-8', body: statusCalendar(snapshot, url), headers: open })] as const,
    ...json, ...badges, ...subscribing(snapshot, styles, publicUrl),
  ])
}

/** What crawlers may fetch: nothing, or the public pages once search engines may list them. */
function robotsText(isIndexed: boolean): string {
  return isIndexed ? 'User-agent: *\nAllow: /status\nDisallow: /status/internal/\nDisallow: /status/subscribe\nDisallow: /status/unsubscribe\nDisallow: /\n' : 'User-agent: *\nDisallow: /\n'
}

/** The forms; only where somebody may subscribe. */
function subscribing({ status, subscriptions = [] }: StatusSnapshot, styles: Styles, publicUrl: string): readonly (readonly [string, PublicDocument])[] {
  if (subscriptions.length === 0) return []
  const page = (title: string, body: ReactNode) => publicDocument({
    type: 'text/html; charset=utf-8', body: htmlPage({ title: `${title} · ${status.title}`, description: `${status.title}: subscribe.`, isIndexed: false, styles, body }),
    headers: { ...PRIVATE_PAGE, 'content-security-policy': policyOf(styles, 'page') },
  })
  return [['/status/subscribe', page('Subscribe', createElement(SubscribePage, { title: status.title, channels: subscriptions, feed: `${publicUrl}/status/history.atom` }))]]
}

/** A font as a document: compressed already, so all variants are the plain bytes. It changes only with the product. */
function fontDocument(file: string): PublicDocument {
  const body = readFileSync(file)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const revalidated = { 'cache-control': 'public, max-age=86400, stale-while-revalidate=604800', etag }
  const variant = { body, etag, revalidated, head: { 'content-type': 'font/woff2', 'content-length': String(body.length), ...revalidated } }
  return { variants: { identity: variant, gzip: variant, br: variant } }
}

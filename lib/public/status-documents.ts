/** Keeps the public documents of the status page made and in memory: renewed with each new picture, and by the clock while none comes. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { statuspageDocuments } from '@/lib/domain/status/statuspage'
import { statusAtom } from '@/lib/public/status-atom'
import { badgeShields, badgeSvg } from '@/lib/public/status-badges'
import { statusCalendar } from '@/lib/public/status-calendar'
import { publicDocument, publicDocuments, type PublicDocument } from '@/lib/public/document'
import { registerStop } from '@/lib/public/lifecycle'
import { takeStatus, type StatusSnapshot } from '@/lib/public/status-feed'
import { readStyles, statusHtml, type Styles } from '@/lib/public/status-html'

/** A picture older than this is shown with its age, which has to grow on the page; so the page is made anew by the clock. */
const RENEW_MS = 30_000
// Fresh for two seconds, so that a change is seen within two; then served while it is revalidated, but never a minute late.
const CACHE = 'public, max-age=2, stale-while-revalidate=58'

const JSON_TYPE = 'application/json; charset=utf-8'
// Proxies of pictures, such as the one of GitHub, keep what they may; a badge must not lie for hours.
const BADGE = { 'cache-control': 'no-cache, max-age=0, must-revalidate', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" }

/** Starts serving. In: the public origin, for links in the JSON. Called by server.ts before Next is prepared, so that the first picture finds it. */
export function startStatusDocuments({ publicUrl }: { readonly publicUrl: string }, root = process.cwd()): void {
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
    headers: { 'cache-control': CACHE, 'content-security-policy': policyOf(styles, view), ...robots },
    ...(view === 'embed' ? { without: ['x-frame-options'] } : {}),
  })
  const url = `${publicUrl}/status`
  const pageId = createHash('sha256').update(url).digest('hex').slice(0, 12)
  const open = { 'cache-control': CACHE, 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', ...robots }
  const json = Object.entries(statuspageDocuments(status, { url, pageId, updatedAt: asOf })).map(([where, body]) => [where, publicDocument({ type: JSON_TYPE, body: JSON.stringify(body), headers: open })] as const)
  const badges = status.components.flatMap((one) => [
    [`/status/badge/${one.id}.svg`, publicDocument({ type: 'image/svg+xml; charset=utf-8', body: badgeSvg(one), headers: { ...open, ...BADGE } })] as const,
    [`/status/badge/${one.id}.json`, publicDocument({ type: JSON_TYPE, body: JSON.stringify(badgeShields(one)), headers: { ...open, ...BADGE } })] as const,
  ])
  return new Map([
    ['/status', page('page')] as const,
    ['/status/embed', page('embed')] as const,
    ['/status/history.atom', publicDocument({ type: 'application/atom+xml; charset=utf-8', body: statusAtom(snapshot, url), headers: open })] as const,
    ['/status/releases.ics', publicDocument({ type: 'text/calendar; charset=utf-8', body: statusCalendar(snapshot, url), headers: open })] as const,
    ...json, ...badges,
  ])
}

/** No script anywhere; only the embedded view may stand in somebody's frame. */
function policyOf(styles: Styles, view: 'page' | 'embed'): string {
  return `default-src 'none'; style-src 'sha256-${styles.hash}'; img-src data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${view === 'embed' ? '*' : "'none'"}`
}

/** A font as a document: compressed already, so all variants are the plain bytes. It changes only with the product. */
function fontDocument(file: string): PublicDocument {
  const body = readFileSync(file)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const revalidated = { 'cache-control': 'public, max-age=86400, stale-while-revalidate=604800', etag }
  const variant = { body, etag, revalidated, head: { 'content-type': 'font/woff2', 'content-length': String(body.length), ...revalidated } }
  return { variants: { identity: variant, gzip: variant, br: variant } }
}

/** Makes the pages beside the status page when somebody asks for them: other zones, months, single incidents, and the internal page behind its secret link. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { createElement, type ReactNode } from 'react'
import { HistoryPage, IncidentPage } from '@/components/status/history-page'
import { Instant, type Where } from '@/components/status/incident'
import { StatusFoot } from '@/components/status/status-foot'
import { StatusPage } from '@/components/status/status-page'
import { CodePage, NOTE_PATHS, NotePage } from '@/components/status/subscribe-page'
import { monthsBefore } from '@/lib/domain/status/history'
import type { PublicStatus } from '@/lib/domain/status/status'
import { zoneOf } from '@/lib/domain/status/zones'
import { publicDocument, type PublicDocument } from '@/lib/public/document'
import { PAGE_CACHE, policyOf, PRIVATE_PAGE } from '@/lib/public/status-headers'
import { htmlPage, type Styles } from '@/lib/public/status-html'
import { latestStatus, type StatusSnapshot } from '@/lib/public/status-feed'

/** Pages of one picture that are kept; a new picture forgets them. */
const MOST_KEPT = 100
/** Pages made in a second: what a stranger can make this server work by asking for ever other zones. */
const MOST_MADE = 20

interface Parsed {
  readonly base: string
  readonly view: { readonly kind: 'page' } | { readonly kind: 'history'; readonly month: string | null } | { readonly kind: 'incident'; readonly id: string }
  readonly zone: string | null
  readonly isInternal: boolean
}

export interface StatusPages {
  /** In: path and query of a read. Out: the page; `missing` where a secret address leads nowhere; null where it is nobody's business here. */
  answer(pathname: string, search: string, now: Date): PublicDocument | 'missing' | null
}

const INTERNAL = /^\/status\/internal\/([^/]*)(\/.*)?$/
const CODE = /^\/status\/(subscribe\/confirm|unsubscribe)\/([\w-]{20,100})$/

/** In: the styles and the origin inside, for links of the internal page. */
export function statusPages(styles: Styles, publicUrl: string): StatusPages {
  const made = new Map<string, PublicDocument>()
  let of: StatusSnapshot | null = null
  let second = 0
  let madeInSecond = 0

  const answer: StatusPages['answer'] = (pathname, search, now) => {
    const code = CODE.exec(pathname)
    if (code) return plain('Subscription', <CodePage kind={code[1] === 'unsubscribe' ? 'end' : 'confirm'} action={pathname} />, styles)
    const note = NOTE_PATHS[pathname]
    if (note !== undefined) return plain('Subscription', <NotePage note={note} />, styles)
    const snapshot = latestStatus()
    const wanted = parse(pathname, search, snapshot)
    if (wanted === null || wanted === 'missing') return wanted
    if (snapshot === null) return null
    if (of !== snapshot) { made.clear(); of = snapshot }
    const key = JSON.stringify([wanted, Math.floor(now.getTime() / 30_000)])
    const known = made.get(key)
    if (known) return known
    const at = Math.floor(now.getTime() / 1000)
    if (at !== second) { second = at; madeInSecond = 0 }
    madeInSecond += 1
    // Beyond that the page goes out as it lies there, in its own zone, and says which that is.
    if (madeInSecond > MOST_MADE) return null
    const document = make(wanted, snapshot, now, styles, publicUrl)
    if (document === null) return null
    const [oldest] = made.keys()
    if (made.size >= MOST_KEPT && oldest !== undefined) made.delete(oldest)
    made.set(key, document)
    return document
  }
  return { answer }
}

function parse(pathname: string, search: string, snapshot: StatusSnapshot | null): Parsed | 'missing' | null {
  const inside = INTERNAL.exec(pathname)
  if (inside && !isCode(inside[1] ?? '', snapshot)) return 'missing'
  const rest = inside ? (inside[2] ?? '') : pathname.replace(/^\/status/, '')
  const query = new URLSearchParams(search)
  const common = { base: inside ? `/status/internal/${inside[1] ?? ''}` : '/status', zone: zoneOf(query.get('zone') ?? ''), isInternal: inside !== null }
  if (rest === '' || rest === '/') return inside || common.zone !== null ? { ...common, view: { kind: 'page' } } : null
  if (rest === '/history') return { ...common, view: { kind: 'history', month: query.get('month') } }
  const id = /^\/incidents\/([0-9a-f]{6,64})$/.exec(rest)?.[1]
  if (id !== undefined) return { ...common, view: { kind: 'incident', id } }
  return inside ? 'missing' : null
}

/** Whether this is the code of the link that holds now, compared in constant time. */
function isCode(code: string, snapshot: StatusSnapshot | null): boolean {
  const hash = snapshot?.internal?.hash
  if (hash === undefined || !/^[\w-]{20,100}$/.test(code)) return false
  const [a, b] = [createHash('sha256').update(code).digest(), Buffer.from(hash, 'hex')]
  return a.length === b.length && timingSafeEqual(a, b)
}

function make({ base, view, zone: chosen, isInternal }: Parsed, snapshot: StatusSnapshot, now: Date, styles: Styles, publicUrl: string): PublicDocument | null {
  const picture = isInternal ? snapshot.internal : snapshot
  if (picture === undefined) return null
  const { status, asOf } = picture
  const at = now.toISOString()
  const zone = chosen ?? status.zone
  const where: Where = { now: at, zone, base, query: chosen === null || chosen === status.zone ? '' : `?zone=${encodeURIComponent(chosen)}` }
  const isSubscribable = !isInternal && (snapshot.subscriptions ?? []).length > 0
  const foot = (path: string, month?: string) => createElement(StatusFoot, { where, path, isInternal, isSubscribable, ...(month === undefined ? {} : { month }) })
  const page = (title: string, body: ReactNode) => publicDocument({
    type: 'text/html; charset=utf-8',
    body: htmlPage({ title: `${title} · ${status.title}`, description: `${status.title}: what is live, what is moving, and what went wrong.`, isIndexed: status.isIndexed, styles, hasFeeds: !isInternal, body }),
    headers: { ...(isInternal ? PRIVATE_PAGE : { 'cache-control': PAGE_CACHE, ...(status.isIndexed ? {} : { 'x-robots-tag': 'noindex, nofollow' }) }), 'content-security-policy': policyOf(styles, 'page') },
  })
  if (view.kind === 'page') {
    return page(status.headline, <StatusPage status={status} asOf={asOf} now={at} base={base} zone={chosen ?? undefined} isSubscribable={isSubscribable} {...(isInternal ? { insideUrl: publicUrl } : {})} />)
  }
  const age = <p className="sp-faint">As of <Instant at={asOf} now={at} zone={zone} />.</p>
  if (view.kind === 'history') {
    const months = monthsBefore(at, zone)
    const month = view.month === null ? months[0] : months.find((one) => one.key === view.month)
    return month === undefined ? null : page(month.name, <><HistoryPage status={status} where={where} months={months} month={month} />{age}{foot(`${base}/history`, month.key)}</>)
  }
  const incident = incidentOf(status, view.id)
  return incident === null ? null : page(incident, <><IncidentPage status={status} where={where} id={view.id} />{age}{foot(`${base}/incidents/${view.id}`)}</>)
}

function incidentOf(status: PublicStatus, id: string): string | null {
  return status.incidents.find((one) => one.id === id)?.name ?? null
}

/** A page that shows nothing of the picture. That of a code does nothing by being looked at, because programs that read mail follow links. */
function plain(title: string, body: ReactNode, styles: Styles): PublicDocument {
  return publicDocument({
    type: 'text/html; charset=utf-8', body: htmlPage({ title, description: 'Subscription to the status page.', isIndexed: false, styles, hasFeeds: false, body }),
    headers: { ...PRIVATE_PAGE, 'content-security-policy': policyOf(styles, 'page') },
  })
}

/** Says that a secret address leads nowhere: the same for one that never was and one that was revoked. */
export function sendMissing(response: ServerResponse): void {
  const body = 'There is nothing at this address.\n'
  response.writeHead(404, { ...PRIVATE_PAGE, 'content-type': 'text/plain; charset=utf-8', 'content-length': String(body.length) })
  response.end(body)
}

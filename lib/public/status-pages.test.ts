/** Pages that are made when somebody asks: zones, months, incidents, and the secret link that leads to the internal page and no further. */
import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { PublicStatus } from '@/lib/domain/status/status'
import { publishStatus } from '@/lib/public/status-feed'
import { readStyles } from '@/lib/public/status-html'
import { statusPages } from '@/lib/public/status-pages'

const CODE = 'k3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk'
const HOSTILE = '<script>alert(1)</script>"\' [x](javascript:alert(1)) ![i](https://evil.example/x.png)'
const asOf = '2026-11-22T14:12:00.000Z'
const now = new Date(asOf)
const picture: PublicStatus = {
  title: 'Model status', zone: 'UTC', isIndexed: true, indicator: 'minor', headline: 'Slow answers', detail: '', components: [{ id: 'c1', name: 'Ranker', environment: 'Europe', version: '2', state: 'stable', since: asOf }], moving: [],
  incidents: [{
    id: 'abcdef012345', name: HOSTILE, kind: 'written', impact: 'minor', status: 'resolved', componentIds: ['c1'], startedAt: '2026-10-31T23:30:00.000Z', resolvedAt: '2026-10-31T23:50:00.000Z',
    updates: [{ status: 'resolved', at: '2026-10-31T23:50:00.000Z', text: HOSTILE, correctedAt: '2026-11-01T00:00:00.000Z' }], postMortem: { at: '2026-11-02T09:00:00.000Z', text: `# Cause\n\n- one\n- two\n\n${HOSTILE}` },
  }],
}
const internal: PublicStatus = { ...picture, isIndexed: false, headline: 'INSIDE', moving: [{ id: 'r', name: 'Ranker 3', environment: null, progress: 'on its way', targetAt: null, isRollingOut: null, componentId: 'c1', rail: null, code: 'RANK-3', sentence: 'Waiting on Ops for 2 h.' }] }
const pages = statusPages(readStyles(), 'https://gate.example')
const show = (hash = createHash('sha256').update(CODE).digest('hex')) => publishStatus({ status: picture, asOf, internal: { hash, status: internal, asOf } })
const ask = (path: string, search = '', at = now) => {
  const document = pages.answer(path, search, at)
  return document === null || document === 'missing' ? document : { html: document.variants.identity.body.toString(), head: document.variants.identity.head }
}
const page = (path: string, search = '') => {
  const found = ask(path, search)
  if (found === null || found === 'missing') throw new Error(`${path}: ${String(found)}`)
  return found
}
beforeEach(() => show())

test('the page in another zone says so, without script, and keeps the zone in its links', () => {
  expect(ask('/status')).toBeNull() // the one in memory answers
  expect(ask('/status', 'zone=Mars/Base')).toBeNull()
  const { html, head } = page('/status', 'zone=Asia/Tokyo')
  expect(html).toContain('today 23:12 Tokyo')
  expect(html).toContain('href="/status/history?zone=Asia%2FTokyo"')
  expect(html).not.toContain('<script')
  expect(html).toContain('<option value="Asia/Tokyo" selected="">')
  expect(head['content-security-policy']).toContain("form-action 'self'")
  expect(head['cache-control']).toBe('public, max-age=2, stale-while-revalidate=58')
})

test('history goes by months of the zone', () => {
  expect(page('/status/history').html).toContain('Nothing went wrong in this month')
  expect(page('/status/history', 'month=2026-10').html).toContain('&lt;script&gt;')
  // Half an hour before midnight in UTC it is November in Berlin.
  expect(page('/status/history', 'month=2026-11&zone=Europe/Berlin').html).toContain('&lt;script&gt;')
  expect(page('/status/history', 'month=2026-10&zone=Europe/Berlin').html).toContain('Nothing went wrong')
  for (const month of ['2027-01', '2020-01', 'x', '2026-13', '__proto__']) expect(ask('/status/history', `month=${month}`)).toBeNull()
})

test('an incident has a page of its own, with what was learnt as text', () => {
  const { html } = page('/status/incidents/abcdef012345')
  for (const part of ['Affected: Ranker, Europe.', 'What we learnt', '<b>Cause</b>', '<ul><li>one</li><li>two</li></ul>', ', corrected', 'As of']) expect(html).toContain(part)
  expect(html).not.toMatch(/<script|<img|href="javascript:|evil\.example\/x\.png"/)
  for (const id of ['000000000000', 'ABCDEF012345', '../..', '']) expect(ask(`/status/incidents/${id}`)).toBeNull()
})

test('the secret link leads to the internal page, which nobody keeps, lists or tells on', () => {
  const { html, head } = page(`/status/internal/${CODE}`)
  for (const part of ['INSIDE', 'https://gate.example/releases/RANK-3', 'Waiting on Ops for 2 h.', `href="/status/internal/${CODE}/history"`, 'noindex']) expect(html).toContain(part)
  expect(head).toMatchObject({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow, noarchive' })
  expect(html).not.toContain('history.atom')
  expect(page(`/status/internal/${CODE}/history`, 'month=2026-10&zone=UTC').html).toContain('&lt;script&gt;')
  expect(page(`/status/internal/${CODE}/incidents/abcdef012345`).head['cache-control']).toBe('private, no-store')
  for (const wrong of [`${CODE.slice(1)}x`, '', 'x'.repeat(43), `${CODE}x`, encodeURIComponent('../')]) expect(ask(`/status/internal/${wrong}`)).toBe('missing')
  expect(ask(`/status/internal/${CODE}/other`)).toBe('missing')
  show('0'.repeat(64)) // replaced
  expect(ask(`/status/internal/${CODE}`)).toBe('missing')
  publishStatus({ status: picture, asOf }) // revoked
  expect(ask(`/status/internal/${CODE}`)).toBe('missing')
})

test('nothing is done by looking at a link of a message', () => {
  const { html, head } = page(`/status/unsubscribe/${CODE}`)
  expect(html).toContain(`<form class="sp-form" action="/status/unsubscribe/${CODE}" method="post">`)
  expect(head['referrer-policy']).toBe('no-referrer')
  expect(page('/status/subscribe/confirm/' + CODE).html).toContain('Yes, subscribe')
  expect(page('/status/unsubscribe/done').html).toContain('You hear no more of it')
  expect(ask('/status/unsubscribe/x%22')).toBeNull()
})

test('asking for ever other pages makes only so many of them a second', () => {
  const zones = Intl.supportedValuesOf('timeZone').slice(100, 200)
  const later = new Date(Date.parse(asOf) + 5000)
  const made = zones.filter((zone) => ask('/status', `zone=${zone}`, later) !== null).length
  expect(made).toBeLessThanOrEqual(20)
  expect(ask('/status', `zone=${zones[0] ?? ''}`, later)).not.toBeNull() // what was made stays
})

/** The public documents as a client gets them over a socket: tags, encodings, policy, hostile words, and age while nothing can be renewed. */
import { statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicStatus } from '@/lib/domain/status/status'
import { serveDocument } from '@/lib/public/document'
import { statusDocuments } from '@/lib/public/status-documents'
import { readStyles } from '@/lib/public/status-html'

const HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)> & \u202egnp \u{1F468}\u200d\u{1F469}'
const picture: PublicStatus = {
  title: HOSTILE, zone: 'Europe/Berlin', isIndexed: false, indicator: 'minor', headline: 'One model runs at risk', detail: `${HOSTILE}.`,
  components: [
    { id: 'c1', name: HOSTILE, environment: HOSTILE, version: HOSTILE, state: 'at-risk', since: '2026-11-01T00:00:00.000Z' },
    { id: 'c2', name: 'Quiet', environment: null, version: null, state: 'unmeasured', since: '1970-01-01T00:00:00.000Z' },
  ],
  moving: [{
    id: 'r1', name: HOSTILE, environment: 'Europe', progress: 'preparing, waits for Ops', targetAt: '2026-11-25T00:00:00.000Z', isRollingOut: false, componentId: 'c1',
    rail: { teams: [{ id: 'lane-1', name: HOSTILE, shape: 'disc' }], gates: [{ id: 'gate-1', number: 1, name: HOSTILE, shortName: HOSTILE, lanes: [{ team: 'lane-1', state: 'waiting' }], isPassed: false, hasBall: true }] },
  }],
  incidents: [{ id: 'i1', name: HOSTILE, kind: 'at-risk', impact: 'minor', status: 'investigating', componentIds: ['c1'], startedAt: '2026-11-22T13:34:00.000Z', resolvedAt: null, updates: [{ status: 'investigating', at: '2026-11-22T13:34:00.000Z', text: HOSTILE }] }],
}
const styles = readStyles()
const asOf = '2026-11-22T14:12:00.000Z'
const made = (status: PublicStatus, now = asOf) => statusDocuments({ status, asOf }, styles, 'https://gate.example', new Date(now))
const html = (status: PublicStatus, now?: string) => made(status, now).get('/status')?.variants.identity.body.toString() ?? ''

describe('over a socket', () => {
  const documents = made(picture)
  let server: Server
  let origin = ''
  beforeAll(async () => {
    server = createServer((request, response) => {
      const document = documents.get(request.url ?? '')
      if (document) serveDocument(request, response, document)
      else response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    const address = server.address()
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  })
  afterAll(() => { server.close() })
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${origin}${path}`, { headers: { 'accept-encoding': 'identity', ...headers } })

  test.each(['/status', '/api/v2/summary.json', '/api/v2/status.json'])('%s has a strong tag per encoding, and is revalidated by it', async (path) => {
    const tags = new Set<string>()
    for (const encoding of ['identity', 'gzip', 'br']) {
      const full = await get(path, { 'accept-encoding': encoding })
      const tag = full.headers.get('etag') ?? ''
      expect(tag).toMatch(/^"[^"]+"$/)
      tags.add(tag)
      expect(full.headers.get('vary')).toContain('Accept-Encoding')
      expect(full.headers.get('cache-control')).toBe('public, max-age=2, stale-while-revalidate=58')
      await full.text()
      for (const asked of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await get(path, { 'accept-encoding': encoding, 'if-none-match': asked })
        expect(again.status).toBe(304)
        expect(again.headers.get('etag')).toBe(tag)
        expect(await again.text()).toBe('')
      }
      for (const asked of ['"other"', '', tag.slice(1, -1), `${tag}x`, '"'.repeat(5000)]) expect((await get(path, { 'accept-encoding': encoding, 'if-none-match': asked })).status).toBe(200)
    }
    expect(tags.size).toBe(3)
  })

  test('a hostile tag is answered like a stranger, quickly, and never with another page than the one asked for', async () => {
    const took: number[] = []
    // The quickest of three: a busy machine only ever adds time.
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now()
      for (const asked of ['*,', '""', '"', 'W/', `${'W/'.repeat(4000)}"x"`, ','.repeat(8000), `"${'a'.repeat(8000)}"`, '"\\"', "'; DROP TABLE aggregate; --", '"\u00e4"', '"../../etc/passwd"']) {
        const answer = await get('/status', { 'if-none-match': asked })
        expect([200, 304]).toContain(answer.status)
        if (answer.status === 200) expect(await answer.text()).toContain('<!doctype html>')
        expect(answer.headers.get('etag')).toMatch(/^"[\w-]+"$/)
      }
      took.push(performance.now() - began)
    }
    expect(Math.min(...took)).toBeLessThan(2_000)
  })

  test('the JSON is open to other sites, the page is not', async () => {
    expect((await get('/api/v2/summary.json')).headers.get('access-control-allow-origin')).toBe('*')
    const page = await get('/status')
    expect(page.headers.get('access-control-allow-origin')).toBeNull()
    expect(page.headers.get('content-security-policy')).toContain(`style-src 'sha256-${styles.hash}'`)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('x-robots-tag')).toBe('noindex, nofollow')
  })
})

test('hostile words stay words', () => {
  const page = html(picture)
  expect(page).not.toMatch(/<script|<img|onerror=[^&]*alert\(1\)>[^&]/)
  expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(5)
  expect(page).not.toContain('javascript:')
  const summary = JSON.parse(made(picture).get('/api/v2/summary.json')?.variants.identity.body.toString() ?? '{}')
  expect(summary.page.name).toBe(HOSTILE)
})

test('the page needs no script, says its age, and grows older visibly while it cannot be renewed', () => {
  const page = html(picture)
  expect(page).not.toContain('<script')
  expect(page).not.toMatch(/<[^>]+ style="/) // the policy lets no inline style through
  expect(page).toContain('As of <time dateTime="2026-11-22T14:12:00.000Z"')
  expect(page).toContain('today 15:12 Berlin')
  expect(page).not.toContain('cannot be renewed')
  expect(html(picture, '2026-11-22T14:24:30.000Z')).toContain('12 minutes ago')
})

test('search engines are let in only when somebody said so', () => {
  expect(html(picture)).toContain('<meta name="robots" content="noindex, nofollow"/>')
  const robots = (isIndexed: boolean) => made({ ...picture, isIndexed }).get('/robots.txt')?.variants.identity.body.toString() ?? ''
  expect(robots(false)).toBe('User-agent: *\nDisallow: /\n')
  expect(robots(true)).toContain('Allow: /status\n')
  expect(html({ ...picture, isIndexed: true })).toContain('<meta name="robots" content="index, follow"/>')
})

test('the first view and the fonts stay small, with twenty models, their bars and a hundred incidents', () => {
  const days = Array.from({ length: 90 }, (_, day) => ({ day: '2026-08-25', state: day % 7 === 3 ? 'some-bad' as const : day % 5 === 0 ? 'no-data' as const : 'good' as const, badMinutes: 3, coverage: 0.5 + (day % 10) / 20 }))
  const record = { days, goodShare: 0.991, coverage: 0.93 }
  const much: PublicStatus = {
    ...picture, title: 'Model status',
    components: Array.from({ length: 20 }, (_, at) => ({ id: `c${at}`, name: `Model number ${at}`, environment: 'Europe', version: `${at}.4.1`, state: 'stable', since: '2026-11-01T00:00:00.000Z', record })),
    incidents: Array.from({ length: 100 }, (_, at) => ({ id: `i${at}`, name: `Incident ${at}`, kind: 'written', impact: 'minor', status: at < 5 ? 'identified' : 'resolved', componentIds: [], startedAt: '2026-11-20T13:34:00.000Z', resolvedAt: at < 5 ? null : '2026-11-20T14:34:00.000Z', updates: [{ status: 'identified', at: '2026-11-20T13:34:00.000Z', text: `Words of ${at}: ${(at * 7919) % 1013} requests were late.` }] })),
  }
  const document = made(much).get('/status')
  // HTML with its styles and pictures, which are all inside; the fonts apart.
  for (const encoding of ['br', 'gzip'] as const) expect(document?.variants[encoding].body.length).toBeLessThan(30_000)
  expect(['geist', 'geist-mono'].map((font) => statSync(`app/fonts/${font}.woff2`).size).reduce((a, b) => a + b)).toBeLessThan(40_000)
})

test('a day without data is an empty frame and never green, and the coverage stands in words beside the bars', () => {
  const day = (state: 'good' | 'no-data' | 'none' | 'bad', coverage: number) => ({ day: '2026-08-25', state, badMinutes: 0, coverage })
  const drawn = (days: readonly ReturnType<typeof day>[], goodShare: number | null, coverage: number | null) => {
    const page = html({ ...picture, components: [{ id: 'c1', name: 'Ranker', environment: null, version: null, state: null, since: asOf, record: { days, goodShare, coverage } }] })
    const boxes = (mark: string) => (new RegExp(`<path d="([^"]*)"[^>]*${mark}`).exec(page)?.[1] ?? '').split('M').length - 1
    return { page, good: boxes('fill="var\\(--passed\\)"'), bad: boxes('fill="var\\(--failed\\)"'), frames: boxes('stroke="var\\(--idle\\)"') }
  }
  const mixed = drawn([day('none', 0), day('no-data', 0), day('no-data', 0), day('good', 1), day('good', 0.5), day('bad', 1)], 0.8, 0.42)
  expect([mixed.good, mixed.bad, mixed.frames]).toEqual([2, 1, 3]) // half a day of good stands in the frame of the other half
  expect(mixed.page).toContain('80.0 % good, 42.0 % measured')
  expect(mixed.page).toMatch(/<svg[^>]*role="img"[^>]*aria-label="[^"]+"/)
  const blind = drawn([day('no-data', 0), day('none', 0)], null, 0)
  expect([blind.good, blind.bad, blind.frames]).toEqual([0, 0, 1])
  expect(blind.page).toContain('not measured')
  expect(blind.page).not.toContain('100 %')
})

test('equal pictures at one instant are equal bytes, and the first view is small', () => {
  expect(html(picture)).toBe(html(picture))
  expect(made(picture).get('/status')?.variants.br.body.length).toBeLessThan(10_000)
})

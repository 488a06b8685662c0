/** The feed, the calendar, the badges and the maintenance of the API, read by parsers that are not ours, with hostile words in every field. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { PublicStatus } from '@/lib/domain/status/status'
import { statusDocuments } from '@/lib/public/status-documents'
import { readStyles } from '@/lib/public/status-html'

const HOSTILE = ']]><script>alert(1)</script>"\'&\nX-EVIL:1\r\nBEGIN:VEVENT; , \\ \u202e👩‍👩‍👧'
const asOf = '2026-11-22T14:12:00.000Z'
const picture: PublicStatus = {
  title: HOSTILE, zone: 'Europe/Berlin', isIndexed: true, indicator: 'minor', headline: 'One model runs at risk', detail: '',
  components: [
    { id: 'c1', name: HOSTILE, environment: HOSTILE, version: HOSTILE, state: 'at-risk', since: '2026-11-01T00:00:00.000Z' },
    { id: 'c2', name: 'Quiet', environment: null, version: null, state: null, since: '1970-01-01T00:00:00.000Z' },
  ],
  moving: [
    { id: 'r1', name: HOSTILE, environment: HOSTILE, progress: HOSTILE, targetAt: '2026-11-25T00:00:00.000Z', isRollingOut: false, componentId: 'c1', rail: null },
    { id: 'r2', name: 'Ranker 2', environment: null, progress: 'rolling out, 20 % of traffic', targetAt: '2026-11-22T00:00:00.000Z', isRollingOut: true, componentId: 'c1', rail: null },
    { id: 'r3', name: 'No day', environment: null, progress: 'preparing', targetAt: null, isRollingOut: null, componentId: 'c2', rail: null },
  ],
  incidents: [{
    id: 'i1', name: HOSTILE, kind: 'roll-back', impact: 'major', status: 'resolved', componentIds: ['c1'], startedAt: '2026-11-20T13:34:00.000Z', resolvedAt: '2026-11-20T14:34:00.000Z',
    updates: [{ status: 'resolved', at: '2026-11-20T14:34:00.000Z', text: HOSTILE }, { status: 'identified', at: '2026-11-20T13:34:00.000Z', text: 'Taken back.' }],
  }],
}
const made = (status: PublicStatus, at = asOf) => statusDocuments({ status, asOf: at }, readStyles(), 'https://gate.example', new Date(at))
const documents = made(picture)
const body = (path: string, from = documents) => from.get(path)?.variants.identity.body.toString() ?? ''
const head = (path: string) => documents.get(path)?.variants.identity.head ?? {}

describe('the feed', () => {
  const xml = body('/status/history.atom')
  const parsed: { feed: { id: string; updated: string; entry: { id: string; title: unknown; updated: string; link: unknown; content: unknown }[] } } = new XMLParser({ ignoreAttributes: false }).parse(xml)

  it('is Atom with an entry for each incident and each planned release', () => {
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(head('/status/history.atom')['content-type']).toBe('application/atom+xml; charset=utf-8')
    expect(parsed.feed.entry.map((one) => one.id)).toEqual(['https://gate.example/status#planned-r2', 'https://gate.example/status#planned-r1', 'https://gate.example/status#incident-i1'])
    for (const entry of parsed.feed.entry) expect(Number.isNaN(Date.parse(entry.updated))).toBe(false)
  })

  it('keeps an entry its id when it is updated, and keeps what did not change as it was', () => {
    const quiet = { ...picture, moving: [] }
    const later = body('/status/history.atom', made(quiet, '2026-11-23T00:00:00.000Z'))
    expect(later).toContain('#incident-i1')
    expect(body('/status/history.atom', made(quiet))).toBe(later)
  })

  it('lets no word out of its element', () => {
    const texts = JSON.stringify(parsed)
    expect(texts).toContain('alert(1)')
    expect(Object.keys(parsed.feed)).not.toContain('script')
    // HTML content is escaped once more, so that a reader that renders it shows the words.
    expect(xml).toContain('&lt;script&gt;')
  })
})

describe('the calendar', () => {
  const text = body('/status/releases.ics')
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))

  it('has an all-day event for each planned release, with an id that stays', () => {
    expect(events.map((one) => one.uid)).toEqual(['r2@gate.example', 'r1@gate.example'])
    expect(events.map((one) => one.startDate.toString())).toEqual(['2026-11-22', '2026-11-25'])
    expect(events.every((one) => one.startDate.isDate)).toBe(true)
    expect(events[1]?.summary).toContain('alert(1)')
  })

  it('is folded and escaped, whatever the names are', () => {
    expect(calendar.getAllProperties('x-evil')).toHaveLength(0)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })
})

describe('the badges', () => {
  it('are pictures that say the version and the state', () => {
    const svg = body('/status/badge/c1.svg')
    expect(XMLValidator.validate(svg)).toBe(true)
    expect(svg).not.toContain('<script')
    expect(svg).toContain('at risk')
    expect(head('/status/badge/c1.svg')).toMatchObject({ 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'no-cache, max-age=0, must-revalidate', 'access-control-allow-origin': '*' })
    expect(body('/status/badge/c2.svg')).toContain('published')
  })

  it('speak as shields.io reads them, with no key that it refuses', () => {
    const known = ['schemaVersion', 'label', 'message', 'color', 'labelColor', 'isError', 'namedLogo', 'logoSvg', 'logoColor', 'logoSize', 'style', 'cacheSeconds']
    const badge: Record<string, unknown> = JSON.parse(body('/status/badge/c1.json'))
    expect(Object.keys(badge).filter((key) => !known.includes(key))).toEqual([])
    expect(badge).toMatchObject({ schemaVersion: 1, color: '#a8420a', cacheSeconds: 300 })
  })
})

describe('maintenance in the API', () => {
  it('is what is planned and what rolls out, apart from incidents', () => {
    const read = (path: string): { scheduled_maintenances: { id: string; status: string; scheduled_for: string; scheduled_until: string; impact: string }[] } => JSON.parse(body(path))
    expect(read('/api/v2/scheduled-maintenances/upcoming.json').scheduled_maintenances).toMatchObject([{ id: 'r1', status: 'scheduled', impact: 'maintenance', scheduled_for: '2026-11-25T00:00:00.000Z', scheduled_until: '2026-11-26T00:00:00.000Z' }])
    expect(read('/api/v2/scheduled-maintenances/active.json').scheduled_maintenances).toMatchObject([{ id: 'r2', status: 'in_progress' }])
    expect(read('/api/v2/summary.json').scheduled_maintenances.map((one) => one.id)).toEqual(['r2', 'r1'])
    expect(Object.keys(read('/api/v2/scheduled-maintenances.json').scheduled_maintenances[0] ?? {}).toSorted()).toEqual([
      'components', 'created_at', 'id', 'impact', 'incident_updates', 'monitoring_at', 'name', 'page_id', 'reminder_intervals', 'resolved_at', 'scheduled_for', 'scheduled_until', 'shortlink', 'started_at', 'status', 'updated_at',
    ])
  })
})

describe('the embedded view', () => {
  it('may stand in a frame, and is the only one that may', () => {
    expect(head('/status/embed')['content-security-policy']).toContain('frame-ancestors *')
    expect(head('/status')['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(documents.get('/status/embed')?.variants.identity.without).toEqual(['x-frame-options'])
    expect(body('/status/embed')).not.toContain('Past two weeks')
    expect(body('/status')).toContain('Past two weeks')
  })
})

/** Series, the calendar and its secret addresses on a real store; every document is read by a calendar library that is not the one that wrote it. */
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadAggregate } from '@/db/aggregate'
import { verifyChain, verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import type { PlanWords } from '@/lib/domain/series/commands'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { openingOf } from '@/lib/server/testing/opening'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor }))
const { makeFeed } = await import('./feed')
const { calendarView } = await import('./view')
const { readHolidays } = await import('./holidays-file')
const { seriesView, previewPlan } = await import('@/lib/server/series/view')
const { checkInIdOf } = await import('@/lib/server/series/ground')
const { settleSeries } = await import('@/lib/server/series/start')
const { dispatch } = await import('@/lib/server/api/dispatch')

const setup: Actor = { kind: 'system', name: 'setup' }
const { pia, olga } = SIX
const NOW = new Date('2026-03-01T09:00:00.000Z')
const ORIGIN = 'https://gatehouse.example'
const PLAN: PlanWords = {
  title: 'Fraud weekly; with “all”, who care', rhythm: { kind: 'weekly', days: [1, 4], everyWeeks: 1 }, firstDate: '2026-03-02', lastDate: null, time: '10:00', zone: 'Europe/Berlin',
  durationMinutes: 25, scope: { kind: 'all' }, teams: ['product', 'ops'], onHoliday: 'skip',
}

let store: Store
let count = 0
const place = (call: Call, turns?: Map<string, Promise<unknown>>) => executeIn({ store, contexts, foldings: registry, projections, ...(turns ? { turns } : {}) }, call)
const order = (kind: Call['kind'], target: string, command: unknown, actor: Actor = pia, now = NOW) => place({ kind, id: target, command, actor, key: `k${(count += 1)}`, now })
async function must(kind: Call['kind'], target: string, command: unknown, actor: Actor = pia, now = NOW): Promise<void> {
  const result = await order(kind, target, command, actor, now)
  if (!result.ok) throw new Error(`${JSON.stringify(command).slice(0, 80)}: ${result.refusal.message}`)
}
const settle = (now: Date) => settleSeries(store, now, (call) => place(call))
const read = async (seriesId: string | null, now = NOW) => new ICAL.Component(ICAL.parse(await makeFeed(store, { name: 'Test, of; it', teams: [], seriesId }, now, ORIGIN)))

interface Seen { readonly uid: string; readonly start: string; readonly summary: string; readonly status: string; readonly sequence: number; readonly minutes: number }

/** What a calendar shows in a time: rules expanded with their exceptions, by the other library. */
async function shown(seriesId: string, from: string, to: string, now = NOW): Promise<readonly Seen[]> {
  const calendar = await read(seriesId, now)
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  const all = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  const seen: Seen[] = []
  const take = (event: ICAL.Event, start: ICAL.Time, end: ICAL.Time) => {
    const at = start.toJSDate().toISOString()
    if (at < from || at >= to) return
    seen.push({ uid: event.uid, start: at, summary: event.summary, status: String(event.component.getFirstPropertyValue('status')), sequence: event.sequence, minutes: (end.toUnixTime() - start.toUnixTime()) / 60 })
  }
  for (const master of all.filter((event) => !event.isRecurrenceException())) {
    for (const exception of all.filter((event) => event.isRecurrenceException() && event.uid === master.uid)) master.relateException(exception)
    if (!master.isRecurring()) { take(master, master.startDate, master.endDate); continue }
    const iterator = master.iterator()
    for (let next = iterator.next(), step = 0; next && step < 500; next = iterator.next(), step += 1) {
      const { item, startDate, endDate } = master.getOccurrenceDetails(next)
      take(item, startDate, endDate)
    }
  }
  return seen.toSorted((a, b) => (a.start < b.start ? -1 : 1))
}
const series = async (target: string, more: Partial<PlanWords> = {}, now = NOW) => { await must('series', target, { type: 'start-series', plan: { ...PLAN, ...more } }, pia, now); return target }

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: [{ team: 'product', role: 'lead' }] } }, setup)
  await must('person', olga.personId, { type: 'register', name: olga.name, email: 'olga@acme.example', memberships: olga.memberships, isAdmin: false }, setup)
})
afterAll(() => store.close())

describe('the document of a series', () => {
  it.each([
    ['Europe/Berlin', '2026-03-22', '2026-04-05', ['2026-03-23T09:00', '2026-03-26T09:00', '2026-03-30T08:00', '2026-04-02T08:00']],
    ['Europe/Berlin', '2026-10-20', '2026-11-01', ['2026-10-22T08:00', '2026-10-26T09:00', '2026-10-29T09:00']],
    ['America/New_York', '2026-03-02', '2026-03-13', ['2026-03-02T15:00', '2026-03-05T15:00', '2026-03-09T14:00', '2026-03-12T14:00']],
    ['America/New_York', '2026-10-28', '2026-11-06', ['2026-10-29T14:00', '2026-11-02T15:00', '2026-11-05T15:00']],
  ])('keeps the clock of %s between %s and %s', async (zone, from, to, starts) => {
    const target = await series(id(1000 + (count += 1)), { zone })
    expect((await shown(target, from, to)).map((one) => one.start)).toEqual(starts.map((start) => `${start}:00.000Z`))
  })

  it('keeps one changed, one cancelled and the following changed, with stable ids and rising sequences', async () => {
    const target = await series(id(20))
    const before = await shown(target, '2026-03-01', '2026-04-01')
    expect(before).toHaveLength(9)
    expect(new Set(before.map((one) => one.uid))).toEqual(new Set([`${target}-1@gatehouse.example`]))
    await must('series', target, { type: 'change-occurrence', key: '2026-03-05T10:00', title: 'With legal, and \\ “quotes”', startsAt: '2026-03-06T13:00:00.000Z', durationMinutes: 50, teams: ['product'] }, olga)
    await must('series', target, { type: 'cancel-occurrence', key: '2026-03-09T10:00', reason: 'Nobody is there.' })
    const after = await shown(target, '2026-03-01', '2026-03-13')
    expect(after.map((one) => [one.start.slice(0, 16), one.summary, one.status, one.minutes])).toEqual([
      ['2026-03-02T09:00', PLAN.title, 'CONFIRMED', 25], ['2026-03-06T13:00', 'With legal, and \\ “quotes”', 'CONFIRMED', 50], ['2026-03-09T09:00', PLAN.title, 'CANCELLED', 25], ['2026-03-12T09:00', PLAN.title, 'CONFIRMED', 25],
    ])
    expect((await calendarView(pia, '2026-03', NOW)).events.find((one) => one.status === 'cancelled' && one.occurrence?.seriesId === target)?.note).toMatch(/^cancelled by .+: Nobody is there$/)
    expect(after[1]?.sequence).toBeGreaterThan(before[1]?.sequence ?? 9)
    await must('series', target, { type: 'change-series', plan: { ...PLAN, title: 'Short', durationMinutes: 15, time: '14:00' }, from: '2026-03-16T10:00', expects: 1 })
    const split = await shown(target, '2026-03-01', '2026-04-01')
    expect(split.slice(0, 4)).toMatchObject(after.map(({ start, summary }) => ({ start, summary })))
    expect(split.slice(4).map((one) => [one.uid.split('@')[0], one.start.slice(0, 16), one.minutes])).toEqual([['16', 13], ['19', 13], ['23', 13], ['26', 13], ['30', 12]].map(([day, hour]) => [`${target}-2`, `2026-03-${day}T${hour}:00`, 15]))
    expect(split[0]?.sequence).toBeGreaterThan(before[0]?.sequence ?? 9)
    expect((await seriesView(pia, target, NOW))?.rhythm).toBe('Every Monday and Thursday at 10:00 Europe/Berlin; from Mon 16 March: every Monday and Thursday at 14:00 Europe/Berlin')
    expect((await seriesView(pia, target, NOW))?.next.map((one) => [one.status, one.startsAt.slice(5, 16)])).toEqual([['planned', '03-02T09:00'], ['planned', '03-06T13:00'], ['cancelled', '03-09T09:00'], ['planned', '03-12T09:00'], ['planned', '03-16T13:00']])
  })

  it('is folded at 75 octets, ends lines as it must, and is the same until something changes', async () => {
    const target = await series(id(21), { title: 'Ünïcode ✓ '.repeat(11).trim() })
    const first = await makeFeed(store, { name: 'x', teams: [], seriesId: target }, NOW, ORIGIN)
    expect(first.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true)
    expect(await makeFeed(store, { name: 'x', teams: [], seriesId: target }, new Date(NOW.getTime() + 60_000), ORIGIN)).toBe(first)
    expect((await shown(target, '2026-03-01', '2026-03-03'))[0]?.summary).toBe('Ünïcode ✓ '.repeat(11).trim())
    expect(first).toContain('BEGIN:VTIMEZONE')
  })

  it('says of a holiday what the series says: cancelled, or moved', async () => {
    const [skips, moves] = [await series(id(22)), await series(id(23), { onHoliday: 'next-day' })]
    await must('installation', INSTALLATION_ID, { type: 'add-holidays', holidays: [{ date: '2026-05-14', name: 'Ascension Day', teams: ['ops'] }] })
    expect((await shown(skips, '2026-05-13', '2026-05-17')).map((one) => [one.start.slice(0, 16), one.status])).toEqual([['2026-05-14T08:00', 'CANCELLED']])
    expect((await shown(moves, '2026-05-13', '2026-05-17')).map((one) => [one.start.slice(0, 16), one.status])).toEqual([['2026-05-15T08:00', 'CONFIRMED']])
    const month = await calendarView(pia, '2026-05', NOW)
    expect(month.events.filter((one) => one.note !== null && [skips, moves].includes(one.occurrence?.seriesId ?? '')).map((one) => [one.status, one.note])).toEqual([['skipped', 'skipped: Ascension Day'], ['scheduled', 'moved from Thu 14 May: Ascension Day']])
    expect(month.events).toContainEqual(expect.objectContaining({ kind: 'holiday', title: 'Ascension Day', detail: 'holiday of Ops' }))
    await must('installation', INSTALLATION_ID, { type: 'remove-holidays', holidays: [{ date: '2026-05-14', name: 'Ascension Day' }] })
    expect((await shown(skips, '2026-05-13', '2026-05-17')).map((one) => one.status)).toEqual(['CONFIRMED'])
  })

  it('tells a plan that was replaced before it took place as cancelled, and ends with its series', async () => {
    const target = await series(id(24), { firstDate: '2026-06-01' })
    await must('series', target, { type: 'end-series', reason: 'Not needed.', expects: 1 })
    const gone = await shown(target, '2026-01-01', '2027-01-01')
    expect(gone.map((one) => [one.start.slice(0, 10), one.status, one.sequence])).toEqual([['2026-06-01', 'CANCELLED', 1]])
  })
})

it('a person’s document has what their teams take part in, single check-ins, and freezes; daily ones only while something rolls out', async () => {
  const [ours, theirs, daily] = [await series(id(25), { title: 'Ours', teams: ['ops'] }), await series(id(26), { title: 'Theirs', teams: ['product'] }), await series(id(27), { title: 'Daily', teams: ['ops'], rhythm: { kind: 'rollout' } })]
  await must('check-in', id(28), { type: 'schedule', title: 'Once', startsAt: '2026-03-20T09:00:00.000Z', durationMinutes: 30, zone: 'Asia/Tokyo', releaseIds: 'all', teams: ['ops'], previousId: null })
  await must('environment', id(200), { type: 'add-environment', slug: 'prod-eu', name: 'production-eu', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' }, olga)
  await must('environment', id(200), { type: 'add-freeze', freezeId: id(201), from: '2026-12-20T00:00:00.000Z', to: '2027-01-05T00:00:00.000Z', zone: 'Europe/Berlin', reason: 'End of the year' }, olga)
  const calendar = new ICAL.Component(ICAL.parse(await makeFeed(store, { name: 'Olga', teams: ['ops'], seriesId: null }, NOW, ORIGIN)))
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  const of = (target: string) => events.filter((event) => event.uid.startsWith(target))
  expect([of(ours).length > 0, of(theirs).length, of(daily).length]).toEqual([true, 0, 0])
  expect(of(id(28)).map((event) => [event.summary, event.startDate.toString(), event.startDate.zone.tzid])).toEqual([['Once', '2026-03-20T18:00:00', 'Asia/Tokyo']])
  expect(events.find((event) => event.summary === 'Freeze of production-eu')).toMatchObject({ description: expect.stringContaining('End of the year') })
  expect((await calendarView(pia, '2026-12', NOW)).events).toContainEqual(expect.objectContaining({ kind: 'freeze', detail: 'End of the year' }))
  expect(new Set(calendar.getAllSubcomponents('vtimezone').map((one) => one.getFirstPropertyValue('tzid')))).toContain('Asia/Tokyo')
})

it('a target date keeps its id and rises in sequence at each change, and is told as cancelled with its release; so is a freeze that ends early', async () => {
  const [model, release, freeze] = [id(300), id(310), id(311)]
  await seedTemplates(NOW, (call) => place(call))
  await must('model', model, { type: 'register-model', slug: 'fraud', name: 'Fraud', purpose: '', ownerTeam: 'product', codePrefix: 'FRAUD' })
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  for (const [version, label] of [[id(301), '4.1.0'], [id(302), '4.2.0']]) await must('model', model, { type: 'add-version', versionId: version, label, artefact: `models:/fraud/${label === '4.1.0' ? 41 : 42}`, digest: null, codeCommit: null, data: null, behaviour })
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
  await must('release', release, openingOf(model, id(301), id(200), { targetAt: '2026-04-10T12:00:00.000Z' }), pia, at(1))
  await must('environment', id(200), { type: 'add-freeze', freezeId: freeze, from: '2026-04-01T00:00:00.000Z', to: '2026-04-05T00:00:00.000Z', zone: 'Europe/Berlin', reason: 'Audit' }, olga, at(1))
  const told = async () => {
    const calendar = new ICAL.Component(ICAL.parse(await makeFeed(store, { name: 'All', teams: [], seriesId: null }, at(60), ORIGIN)))
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    return [`target-${release}`, `freeze-${freeze}`].map((uid) => {
      const event = events.find((one) => one.uid === `${uid}@gatehouse.example`)
      return event && [event.startDate.toString().slice(0, 10), event.sequence, String(event.component.getFirstPropertyValue('status')), String(event.component.getFirstPropertyValue('dtstamp')).slice(11, 16)]
    })
  }
  expect(await told()).toEqual([['2026-04-10', 0, 'TENTATIVE', '09:01'], ['2026-04-01', 0, 'CONFIRMED', '09:01']])
  await must('release', release, { type: 'change', change: { part: 'target', value: '2026-04-17T12:00:00.000Z' }, reason: 'The data is late.' }, pia, at(2))
  expect((await told())[0]).toEqual(['2026-04-17', 1, 'TENTATIVE', '09:02'])
  await must('release', release, { type: 'change', change: { part: 'evaluation', value: 'sha256:other' }, reason: '' }, pia, at(3))
  expect((await told())[0]).toEqual(['2026-04-17', 1, 'TENTATIVE', '09:02'])
  await must('release', release, { type: 'replace-candidate', versionId: id(302), reason: 'Retrained.' }, pia, at(4))
  await must('release', release, { type: 'change', change: { part: 'target', value: '2026-04-10T12:00:00.000Z' }, reason: 'It came.' }, pia, at(5))
  expect((await told())[0]).toEqual(['2026-04-10', 3, 'TENTATIVE', '09:05'])
  await must('release', release, { type: 'cancel', reason: 'Not needed.', as: 'cancelled' }, pia, at(6))
  await must('environment', id(200), { type: 'end-freeze', freezeId: freeze }, olga, at(7))
  expect(await told()).toEqual([['2026-04-10', 5, 'CANCELLED', '09:06'], ['2026-04-01', 1, 'CANCELLED', '09:07']])
  expect((await calendarView(pia, '2026-04', at(60))).events.filter((one) => one.kind === 'freeze' || one.kind === 'target')).toEqual([])
})

describe('an occurrence', () => {
  it('becomes one check-in, when people of two replicas and the clock open it at once', async () => {
    const target = await series(id(30))
    const key = '2026-03-02T10:00'
    const [one, two] = [new Map<string, Promise<unknown>>(), new Map<string, Promise<unknown>>()]
    const open = (actor: Actor, turns: Map<string, Promise<unknown>>) => place({ kind: 'series', id: target, command: { type: 'open-occurrence', key }, actor, key: `r${(count += 1)}`, now: NOW }, turns)
    const results = await Promise.all([open(pia, one), open(olga, two), settle(NOW), open(olga, one), settle(NOW)])
    for (const result of results) if (typeof result === 'object') expect(result).toMatchObject({ ok: true, answer: { checkInId: checkInIdOf(target, key) } })
    expect((await loadAggregate(store, 'series', target))?.state.opened.filter((opened) => opened === key)).toEqual([key])
    expect((await loadAggregate(store, 'check-in', checkInIdOf(target, key)))?.state).toMatchObject({ status: 'scheduled', series: { id: target, key } })
  })

  it('that nobody held is recorded as missed, once', async () => {
    const target = await series(id(31), { rhythm: { kind: 'weekly', days: [1], everyWeeks: 1 } })
    const later = new Date('2026-03-03T09:00:00.000Z')
    await settle(later)
    expect(await settle(later)).toBe(0)
    const state = async (key: string) => (await loadAggregate(store, 'check-in', checkInIdOf(target, key)))?.state
    expect((await state('2026-03-02T10:00'))?.status).toBe('missed')
    expect(await state('2026-03-09T10:00')).toMatchObject({ status: 'scheduled', previousId: checkInIdOf(target, '2026-03-02T10:00') })
  })
})

describe('bad input', () => {
  it('is told what is wrong before it is saved: rules without a day, without an end, and hostile ones', async () => {
    const problem = async (rule: string) => (await previewPlan(pia, { ...PLAN, rhythm: { kind: 'rule', rule } }, NOW)).problem
    expect(await problem('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')).toContain('no day within five years')
    expect(await problem('FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2;INTERVAL=99')).toContain('no day within five years')
    expect(await problem('FREQ=SECONDLY')).toContain('At most one')
    const took: number[] = []
    // The quickest of three: a busy machine only ever adds time.
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now()
      for (const rule of ['FREQ=YEARLY;BYDAY=MO;BYSETPOS=31', 'FREQ=DAILY;INTERVAL=99;BYMONTHDAY=31;BYMONTH=2', 'FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31', 'FREQ=DAILY']) await problem(rule)
      took.push(performance.now() - began)
    }
    expect(Math.min(...took)).toBeLessThan(3_000)
    const endless = await previewPlan(pia, { ...PLAN, rhythm: { kind: 'rule', rule: 'rrule:freq=monthly;byday=mo,tu,we,th,fr;bysetpos=-1' } }, NOW)
    expect(endless.next.map((one) => one.key)).toEqual(['2026-03-31T10:00', '2026-04-30T10:00', '2026-05-29T10:00', '2026-06-30T10:00', '2026-07-31T10:00'])
    expect(endless.warnings).toEqual(['Product and Ops work 09:00 to 17:00 UTC; for them it is at 08:00.'])
  })

  it('of months: very old and far ones are empty or full, never broken', async () => {
    expect((await calendarView(pia, '2000-01', NOW)).events).toEqual([])
    expect((await calendarView(pia, '2099-12', NOW)).events.length).toBeGreaterThan(0)
    held.actor = { ...pia, sessionId: 's' }
    for (const [month, status] of [['1999-12', 422], ['2100-01', 422], ['abc', 422], ['2026-13', 422], ['2026-03', 200]] as const) {
      expect([month, (await dispatch(new Request(`http://localhost/api/v1/calendar?month=${month}`), ['calendar'])).status]).toEqual([month, status])
    }
  })

  it('of a file of holidays is left out and said', () => {
    const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n')
    const file = ['BEGIN:VCALENDAR', event('DTSTART;VALUE=DATE:20261225', 'SUMMARY;LANGUAGE=en:Christmas\\, the f', ' irst day'), event('DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270102', 'SUMMARY:Between'), event('DTSTART:20261231T100000Z', 'SUMMARY:Party'), event('DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=YEARLY', 'SUMMARY:New Year'), 'END:VCALENDAR'].join('\r\n')
    const { holidays, skipped } = readHolidays(file)
    expect(holidays).toEqual([{ date: '2026-12-25', name: 'Christmas, the first day' }, { date: '2026-12-30', name: 'Between' }, { date: '2026-12-31', name: 'Between' }, { date: '2027-01-01', name: 'Between' }])
    expect(skipped).toEqual(['Party: is no all-day event between 2000 and 2099', 'New Year: comes back by a rule'])
    expect(readHolidays('<html>')).toEqual({ holidays: [], skipped: [] })
  })
})

describe('a secret address', () => {
  const post = (path: string, body: unknown) => dispatch(new Request(`http://localhost/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify(body) }), path.split('/').filter(Boolean))
  const make = async (about: string): Promise<string> => (await (await post('/calendar-addresses', { about })).json()).url
  const get = (url: string, headers: Record<string, string> = {}) => dispatch(new Request(url, { headers }), new URL(url).pathname.split('/').slice(3))

  it('gives the calendar without a session, is kept as a hash, ends when it is replaced or revoked, and for people who are gone', async () => {
    held.actor = { ...pia, sessionId: 's' }
    const [mine, first] = [await make('mine'), await make(id(20))]
    held.actor = null
    const answer = await get(mine)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-robots-tag'), answer.headers.get('referrer-policy')]).toEqual([200, 'text/calendar; charset=utf-8', 'noindex, nofollow, noarchive', 'no-referrer'])
    expect(new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents('vevent').length).toBeGreaterThan(5)
    expect((await get(mine, { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304)
    const secret = /_([\w-]{43})\.ics$/.exec(mine)?.[1] ?? 'none'
    expect(JSON.stringify(await store.db.select().from(store.t.calendarFeed))).not.toContain(secret)
    expect((await get(mine.replace(secret, 'A'.repeat(43)))).status).toBe(404)
    expect((await get(mine.replace(/ghc_.*/, 'ghc_nothing.ics'))).status).toBe(404)
    held.actor = { ...pia, sessionId: 's' }
    const second = await make(id(20))
    const { feeds } = await (await dispatch(new Request('http://localhost/api/v1/calendar-addresses'), ['calendar-addresses'])).json()
    expect(feeds).toHaveLength(2)
    expect([(await get(first)).status, (await get(second)).status]).toEqual([404, 200])
    held.actor = { ...olga, sessionId: 's' }
    for (const feed of feeds) expect((await post(`/calendar-addresses/${feed.id}/revoke`, {})).status).toBe(404)
    held.actor = { ...pia, sessionId: 's' }
    for (const feed of feeds) expect((await post(`/calendar-addresses/${feed.id}/revoke`, {})).status).toBe(200)
    expect([(await get(mine)).status, (await get(second)).status]).toEqual([404, 404])
    expect((await post('/calendar-addresses', { about: id(9999) })).status).toBe(404)
  })

  it('answers two who change one series at once: the second gets the newer state', async () => {
    held.actor = { ...pia, sessionId: 's' }
    const target = await series(id(40), {}, new Date())
    const change = (time: string) => post(`/series/${target}/commands`, { type: 'change-series', plan: { ...PLAN, time }, from: 'next', expects: 1 })
    expect((await change('11:00')).status).toBe(200)
    const late = await change('12:00')
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'stale', current: { revision: 2, plan: { time: '11:00' } } }])
  })
})

it('leaves a chain that verifies and states that the log gives', async () => {
  expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
  expect(await verifyStates(store)).toEqual([])
})

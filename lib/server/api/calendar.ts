/** The API of the calendar: months, series and what a plan would come to, secret addresses that people subscribe to, and holidays. */
import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isMonth } from '@/lib/domain/calendar/view'
import { may } from '@/lib/domain/policy'
import { seriesPlan } from '@/lib/domain/series/commands'
import { addressesOf, documentAt, makeAddress, revokeAddress } from '@/lib/server/calendar/address'
import { readHolidays } from '@/lib/server/calendar/holidays-file'
import { calendarView } from '@/lib/server/calendar/view'
import { env } from '@/lib/server/env'
import { rawStore } from '@/lib/server/raw-store'
import { seriesTitle } from '@/lib/server/series/ground'
import { previewPlan, seriesList, seriesView } from '@/lib/server/series/view'
import { viewHolidays } from '@/lib/server/view/installation'
import { operation, publicOperation, type Operation } from './operation'
import { Refused } from './problem'

const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const
const month = z.string().refine(isMonth, 'must be a month such as 2026-11, between 2000 and 2099')
const series = z.looseObject({ id: z.string(), version: z.number(), title: z.string() })
const event = z.looseObject({ id: z.string(), kind: z.string(), title: z.string(), startsAt: z.string(), endsAt: z.string() })

/** Nobody but the calendar that holds the address is to see it: no index, no Referer, no shared cache. */
const SECRET = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex, nofollow, noarchive', 'referrer-policy': 'no-referrer' } as const

export const calendarOperations: readonly Operation[] = [
  operation({
    ...reading, id: 'read-calendar', path: '/calendar', summary: 'One month: check-ins and occurrences of series, target dates, planned releases, freezes and holidays, with the days of its weeks around it.',
    query: z.object({ month: month.optional() }), answer: z.looseObject({ month: z.string(), events: z.array(event) }),
    handle: ({ actor, query }) => calendarView(actor, query.month ?? new Date().toISOString().slice(0, 7)),
  }),
  operation({
    ...reading, id: 'list-series', path: '/series', summary: 'The series of check-ins: how each goes, when it takes place next, and for whom it lies outside of working hours.',
    answer: z.looseObject({ series: z.array(series) }), handle: ({ actor }) => seriesList(actor),
  }),
  operation({ ...reading, id: 'read-series', path: '/series/{id}', summary: 'One series with its next occurrences.', answer: series, handle: ({ actor, params }) => seriesView(actor, params['id'] ?? '') }),
  operation({
    id: 'preview-series', method: 'POST', path: '/series-preview', access: 'person', summary: 'What a plan would come to: its next days, what holidays do to them, and what is wrong with it. Nothing is changed.',
    body: z.strictObject({ plan: seriesPlan }), answer: z.looseObject({ problem: z.string().nullable() }), handle: ({ actor, body }) => previewPlan(actor, body.plan),
  }),
  operation({
    id: 'list-calendar-addresses', method: 'GET', path: '/calendar-addresses', access: 'person', summary: 'Your secret calendar addresses, without their secrets.', answer: z.looseObject({ feeds: z.array(z.looseObject({ id: z.string() })) }),
    handle: async ({ actor }) => (actor.kind === 'person' ? { feeds: await addressesOf(await rawStore(), actor.personId) } : null),
  }),
  operation({
    id: 'make-calendar-address', method: 'POST', path: '/calendar-addresses', access: 'person', summary: 'Makes a secret address of your calendar, or of one series, and shows it this once; the one before stops working.',
    body: z.strictObject({ about: z.union([z.literal('mine'), z.uuid()]) }), answer: z.object({ id: z.string(), url: z.string() }),
    async handle({ actor, body }) {
      const store = await rawStore()
      if (actor.kind !== 'person' || (body.about !== 'mine' && (await seriesTitle(store, body.about)) === null)) return null
      const { id, path } = await makeAddress(store, actor.personId, body.about, new Date())
      return { id, url: `${env().publicUrl}/api/v1${path}` }
    },
  }),
  operation({
    id: 'revoke-calendar-address', method: 'POST', path: '/calendar-addresses/{id}/revoke', access: 'person', summary: 'Revokes one of your calendar addresses: whoever asks there gets 404.',
    body: z.strictObject({}), answer: z.object({ isRevoked: z.literal(true) }),
    handle: async ({ actor, params }) => (actor.kind === 'person' && (await revokeAddress(await rawStore(), actor.personId, params['id'] ?? '')) ? { isRevoked: true } : null),
  }),
  publicOperation({
    id: 'read-calendar-file', method: 'GET', path: '/calendars/{address}', summary: 'The iCalendar document behind a secret address; whatever is no address answers 404.', answer: 'file',
    async handle({ params, request }) {
      const document = await documentAt(await rawStore(), params['address'] ?? '', new Date(), env().publicUrl)
      if (document === null) return null
      const etag = `"${createHash('sha256').update(document).digest('base64url').slice(0, 27)}"`
      const headers = { ...SECRET, etag, 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="gatehouse.ics"' }
      return (request.headers.get('if-none-match') ?? '').split(/,\s*/).includes(etag) ? new Response(null, { status: 304, headers }) : new Response(document, { headers })
    },
  }),
  operation({ ...reading, id: 'list-holidays', path: '/holidays', summary: 'The holidays of everybody and of single teams.', answer: z.looseObject({ holidays: z.array(z.looseObject({ date: z.string(), name: z.string() })) }), handle: async ({ actor }) => viewHolidays(await rawStore(), actor) }),
  operation({
    id: 'read-holidays-file', method: 'POST', path: '/holidays/read', access: 'person', summary: 'Reads holidays out of an iCalendar file, to be looked at before they are added. Nothing is changed.',
    body: z.strictObject({ text: z.string().max(900_000) }), answer: z.looseObject({ holidays: z.array(z.object({ date: z.string(), name: z.string() })), skipped: z.array(z.string()) }),
    async handle({ actor, body }) {
      const allowed = may(actor, 'installation.add-holidays')
      if (allowed !== true) throw new Refused(allowed)
      return readHolidays(body.text)
    },
  }),
]

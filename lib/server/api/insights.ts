/** The API of where time goes: the report of finished releases, what is behind each of its numbers, and the lanes of one release, also as files. */
import 'server-only'
import { z } from 'zod'
import { filterOf, PERIODS } from '@/lib/domain/flow/view'
import { insightsCsv, insightsView } from '@/lib/server/flow/insights'
import { lanesSvg, lanesView } from '@/lib/server/flow/lanes'
import { rawStore } from '@/lib/server/raw-store'
import { operation, type Operation } from './operation'

const word = z.string().max(80).default('')
const filter = { period: z.enum(PERIODS).default('90d'), model: word, environment: word, risk: z.enum(['', 'low', 'medium', 'high']).default('') }

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function file(body: string, name: string, type: string): Response {
  return new Response(body, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } })
}

const distribution = z.looseObject({ n: z.number(), median: z.number().nullable() })
const measured = z.looseObject({ key: z.string(), unit: z.enum(['time', 'working-time', 'count']), distribution, total: z.number() })

export const insightsOperations: readonly Operation[] = [
  operation({
    id: 'insights', method: 'GET', path: '/insights', access: 'person',
    summary: 'Where the time of finished releases went: lead time, time to go, waiting by team and gate, rework, waivers, change failures, time to restore; with `behind`, the releases behind one number. Times in milliseconds.',
    query: z.object({ ...filter, behind: word }),
    answer: z.looseObject({ report: z.looseObject({ finished: z.number(), leadTime: measured, timeToGo: measured, restore: measured, waivers: measured }), forecast: z.looseObject({ finished: z.number(), least: z.number() }), behind: z.looseObject({ key: z.string(), total: z.number() }).nullable() }),
    handle: async ({ query }) => insightsView(await rawStore(), filterOf(new URLSearchParams(query))),
  }),
  operation({
    id: 'insights-csv', method: 'GET', path: '/insights.csv', access: 'person', answer: 'file', query: z.object(filter),
    summary: 'One line for each finished release of the period, times in hours, as CSV.',
    handle: async ({ query }) => file(await insightsCsv(await rawStore(), query), `where-time-goes-${query.period}.csv`, 'text/csv; charset=utf-8'),
  }),
  operation({
    id: 'release-lanes', method: 'GET', path: '/releases/{id}/lanes', access: 'person',
    summary: 'The way of a release as lanes of teams: what waited for whom and how it stood, sign-offs, holds, freezes, traffic; and the forecast of its go while it prepares. Instants in milliseconds.',
    answer: z.looseObject({ lanes: z.looseObject({ code: z.string(), from: z.number(), to: z.number() }), forecast: z.looseObject({ median: z.number(), n: z.number() }).nullable(), noForecast: z.string().nullable() }),
    handle: async ({ params }) => lanesView(await rawStore(), params['id'] ?? ''),
  }),
  operation({
    id: 'release-lanes-svg', method: 'GET', path: '/releases/{id}/lanes.svg', access: 'person', answer: 'file',
    summary: 'The same as a drawing (SVG), light or dark, with its times in a zone.',
    query: z.object({ theme: z.enum(['light', 'dark']).default('light'), zone: z.string().max(60).default('UTC').refine(isZone, { error: 'is not a time zone' }) }),
    async handle({ params, query }) {
      const drawn = await lanesSvg(await rawStore(), params['id'] ?? '', query.theme, query.zone)
      return drawn && file(drawn.svg, `${drawn.name}.svg`, 'image/svg+xml; charset=utf-8')
    },
  }),
]

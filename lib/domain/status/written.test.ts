/** Written incidents beside found ones: whose words stand, who reads them, and that nobody can end what the product still sees. */
import { expect, test } from 'vitest'
import type { IncidentState } from '@/lib/domain/incident/state'
import { freeText } from '@/lib/domain/text'
import { incidentsIn, monthsBefore } from './history'
import type { PublicIncident } from './status'
import { summaryOf } from './summary'
import { withWritten } from './written'
import { pageZones, zoneOf } from './zones'

const T = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`
const written = (more: Partial<IncidentState> = {}): IncidentState => ({
  id: 'i1', about: null, audience: 'public', title: freeText('Slow answers'), impact: 'minor', places: [{ modelId: 'm', environmentId: 'e' }, { modelId: 'hidden', environmentId: 'e' }],
  updates: [{ number: 1, status: 'investigating', text: freeText('We look.'), at: T(5), by: 'p', correctedAt: null }], postMortem: null, startedAt: T(5), openedAt: T(5), openedBy: 'p', withdrawn: null, ...more,
})
const found: PublicIncident = { id: 'x', name: 'Ranker is at risk', kind: 'at-risk', impact: 'minor', status: 'investigating', componentIds: ['c'], startedAt: T(0), resolvedAt: null, updates: [{ status: 'investigating', at: T(0), text: 'Past its limit.' }] }
const all = (states: readonly IncidentState[], audience: 'public' | 'internal' = 'public', incident = found) => withWritten({
  derived: [{ key: 'at-risk r', incident }], written: states, audience, reveal: () => undefined, publicId: (key) => `id of ${key}`, componentOf: (place) => (place.modelId === 'm' ? 'c' : null),
}).map((one) => one.incident)

test('what somebody wrote stands beside what was found, and names only what is shown', () => {
  expect(all([written()])).toMatchObject([{ id: 'id of incident i1', name: 'Slow answers', kind: 'written', componentIds: ['c'], status: 'investigating' }, { id: 'x' }])
})

test('internal words stay internal, and withdrawn ones are gone for both', () => {
  expect(all([written({ audience: 'internal' })])).toHaveLength(1)
  expect(all([written({ audience: 'internal' })], 'internal')).toHaveLength(2)
  for (const audience of ['public', 'internal'] as const) expect(all([written({ withdrawn: { at: T(9), by: 'p', reason: freeText('x') } })], audience)).toHaveLength(1)
})

test('words about what was found stand in place of the fixed ones, and cannot end it', () => {
  const about = written({ about: 'at-risk r', updates: [{ number: 1, status: 'resolved', text: freeText('Over.'), at: T(5), by: 'p', correctedAt: T(6) }] })
  const [going] = all([about])
  expect(going).toMatchObject({ id: 'x', name: 'Slow answers', status: 'monitoring', resolvedAt: null, updates: [{ status: 'monitoring', text: 'Over.', correctedAt: T(6) }, { text: 'Past its limit.' }] })
  const over: PublicIncident = { ...found, status: 'resolved', resolvedAt: T(8), updates: [{ status: 'resolved', at: T(8), text: 'The risk is over.' }, ...found.updates] }
  expect(all([about], 'public', over)[0]).toMatchObject({ status: 'resolved', resolvedAt: T(8) })
  // What is not shown gets no words either.
  expect(all([written({ about: 'hold other' })])).toEqual([found])
})

test('the banner tells the worst, measured or written', () => {
  const open = (impact: PublicIncident['impact'], name = 'Slow answers'): PublicIncident => ({ ...found, kind: 'written', impact, name })
  const component = { id: 'c', name: 'Ranker', environment: null, version: null, state: 'at-risk' as const, since: T(0) }
  expect(summaryOf([component], [open('critical'), open('minor', 'Other')])).toEqual({ indicator: 'critical', headline: 'Slow answers', detail: 'One model runs at risk. One more incident is open.' })
  expect(summaryOf([component], [open('minor')])).toMatchObject({ indicator: 'minor', headline: 'One model runs at risk', detail: 'Slow answers.' })
  expect(summaryOf([], [open('none')])).toMatchObject({ indicator: 'none', headline: 'Nothing is published here yet' })
  expect(summaryOf([], [open('major')])).toMatchObject({ indicator: 'major', headline: 'Slow answers' })
})

test('months are those of the reader, and hold what reached into them', () => {
  const months = monthsBefore('2026-03-01T00:30:00.000Z', 'America/New_York')
  expect(months).toHaveLength(13)
  expect(months[0]).toEqual({ key: '2026-02', name: 'February 2026' })
  expect(months[2]).toEqual({ key: '2025-12', name: 'December 2025' })
  const long = { ...found, startedAt: '2026-01-31T23:30:00.000Z', resolvedAt: '2026-03-02T00:00:00.000Z' }
  expect(['2025-12', '2026-01', '2026-02', '2026-03', '2026-04'].map((key) => incidentsIn([long], key, 'UTC').length)).toEqual([0, 1, 1, 1, 0])
  expect(incidentsIn([long], '2026-01', 'Europe/Berlin')).toEqual([])
})

test('only zones that there are can be asked for', () => {
  expect([zoneOf('Europe/Berlin'), zoneOf('UTC'), zoneOf('Mars/Base'), zoneOf('__proto__'), zoneOf('')]).toEqual(['Europe/Berlin', 'UTC', null, null, null])
  for (const zone of pageZones('UTC')) expect(zoneOf(zone)).toBe(zone)
  expect(pageZones('Asia/Kathmandu')[0]).toBe('Asia/Kathmandu')
})

import { expect, it } from 'vitest'
import { panelCsv, panelsCsv } from './panel-csv'

const panel = { title: 'p95, "fast"', unit: 's', candidate: [[1_795_374_000, 0.163], [1_795_374_060, null]] as const, stable: [[1_795_374_000, 0.148], [1_795_374_120, 1.5e-10]] as const }

it('says what is drawn at each instant, and leaves gaps empty', () => {
  expect(panelCsv(panel)).toBe('time,candidate,stable\r\n2026-11-22T19:00:00.000Z,0.163,0.148\r\n2026-11-22T19:01:00.000Z,,\r\n2026-11-22T19:02:00.000Z,,1.5e-10\r\n')
  expect(panelCsv({ ...panel, candidate: [], stable: [] })).toBe('time,candidate,stable\r\n')
})

it('names the panels when there are several, and lets no title become a formula', () => {
  const all = panelsCsv([panel, { ...panel, title: '=HYPERLINK(1)', stable: [] }]).split('\r\n')
  expect(all[0]).toBe('panel,unit,time,candidate,stable')
  expect(all[1]).toBe('"p95, ""fast""",s,2026-11-22T19:00:00.000Z,0.163,0.148')
  expect(all.at(-2)).toBe("'=HYPERLINK(1),s,2026-11-22T19:01:00.000Z,,")
})

import { expect, it } from 'vitest'
import type { DecisionView } from '@/lib/domain/release/view'
import { madr, madrIndex, madrName, type ExportedDecision } from './madr'

const mara = { id: 'm', name: 'Mara "M" Lindqvist' }
const decision: DecisionView = {
  number: 7, kind: 'choice', title: 'Where to run: <b>EU</b>\nor US?', reason: 'Near to callers.\n# not a heading\n- not a list\n<script>alert(1)</script>', deciders: [mara], consulted: [], informed: [mara],
  options: [{ title: 'EU', pros: 'near\ncheap', cons: '', isChosen: true }, { title: 'US', pros: '', cons: 'far | away', isChosen: false }],
  context: 'Callers are in the EU.\n# no heading', drivers: ['Latency', 'Cost | price'], confirmAt: '2027-02-01T00:00:00.000Z', standing: 'planned', checks: [{ by: mara, at: '2026-12-01T09:00:00.000Z', outcome: 'held', note: 'p95 is 180 ms', nextAt: '2027-02-01T00:00:00.000Z' }],
  consequences: 'Capacity a quarter ahead.', confirmation: { how: 'p95 after a month', dueAt: '2026-12-01T00:00:00.000Z' }, gateId: null, itemId: null, until: null, by: mara, at: '2026-11-01T10:00:00.000Z',
  parts: { artefact: 'sha256:abc', code: '', data: '', behaviour: '', evaluation: '', serving: '', claim: '', 'last-stable': 'none' }, gates: [{ gateId: 'g', number: 1, name: 'Scope', status: 'passed-with-waivers' }], metrics: [],
  supersedes: 3, supersededBy: null, releaseId: 'r', releaseCode: 'FRAUD-1', modelName: 'fraud',
}
const exported: ExportedDecision = { decision, versionLabel: '4.2', environmentName: 'eu', units: {}, conditions: [{ title: 'Add a slice', owner: null, team: 'ops', dueAt: null, done: null }] }

it('is a MADR of which no word does anything', () => {
  const text = madr(exported, 'https://gate.example/releases/FRAUD-1/decisions/7')
  expect(text.startsWith('---\nstatus: "accepted"\ndate: 2026-11-01\ndecision-makers: ["Mara \\"M\\" Lindqvist"]\ninformed: [')).toBe(true)
  for (const part of ['# Where to run: \\<b\\>EU\\</b\\> or US?', '## Context and Problem Statement', '## Considered Options\n\n* EU\n* US', 'Chosen option: “EU”, because', '### Consequences', '### Confirmation', '* Good, because near\n* Good, because cheap', '## Decision Drivers\n\n* Latency\n* Cost \\| price', 'to eu.\n\nCallers are in the EU.\n\\# no heading', 'Due 2027-02-01', '* It held (Mara', '* Bad, because far \\| away', 'Supersedes D-3', '* [ ] Add a slice (ops)', '1 Scope passed with waivers']) expect(text).toContain(part)
  expect(text).toContain('\\# not a heading\n\\- not a list\n\\<script\\>')
  expect(text.match(/^# /gm)).toHaveLength(1)
})

it('says what superseded it, leaves out what nobody filled in, and has a file name of its own', () => {
  const bare = madr({ ...exported, conditions: [], decision: { ...decision, options: [], consequences: null, confirmation: null, confirmAt: null, checks: [], drivers: [], context: null, informed: [], supersededBy: 9, kind: 'no-go' } }, 'x')
  expect(bare).toContain('status: "superseded by D-9"')
  for (const part of ['Considered Options', 'Consequences', 'Confirmation', 'Pros and Cons', 'Conditions']) expect(bare).not.toContain(part)
  expect(madrName(decision)).toBe('0007-where-to-run-b-eu-b-or-us.md')
  expect(madrName({ number: 12, title: '決定' })).toBe('0012.md')
  expect(madrIndex([decision])).toContain('[D-7](0007-where-to-run-b-eu-b-or-us.md)')
})

/** The life of a live version as its log tells it: turns with their ends, and how it stood from when on. */
import { describe, expect, it } from 'vitest'
import type { LiveEvent } from './events'
import { segmentsOf, turnsOf } from './history'

const at = (minute: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + minute * 60_000).toISOString()
const made = (minute: number) => ({ v: 1, at: at(minute), by: 'evaluator' } as const)
const stable = (label: string, minute: number) => ({ versionId: label, label, artefact: 'sha256:1', since: at(minute), recordedAt: at(minute), recordedBy: 'p', how: 'released' as const, releaseId: 'r', releaseCode: 'FRAUD-1' })
const watch = { releaseId: 'r', startedAt: at(0), reviewAt: null, items: {}, isAtRisk: false, turns: [] }
const turned = (minute: number, itemId: string, verdict: 'pass' | 'fail' | 'no-data'): LiveEvent => ({
  ...made(minute), type: 'watch-turned', itemId, title: itemId, isAtRisk: verdict === 'fail', verdict: { verdict, value: minute, samples: 1, reason: '', query: 'q', at: at(minute), series: [] },
})
const alert = { fingerprint: 'f', startsAt: at(40), endsAt: null, name: 'A', severity: 'critical', summary: { text: '' }, labels: {}, sourceUrl: null, isProposing: true, recordedAt: at(40) }

const LIFE: readonly LiveEvent[] = [
  { ...made(-10), type: 'live-began', id: 'm:e', modelId: 'm', environmentId: 'e' },
  { ...made(0), type: 'stable-set', stable: stable('4.1', 0), watch },
  turned(1, 'latency', 'pass'), turned(2, 'errors', 'pass'), turned(10, 'errors', 'fail'), turned(20, 'errors', 'pass'),
  { ...made(40), type: 'alert-fired', alert },
  { ...made(45), type: 'alert-resolved', fingerprint: 'f', startsAt: at(40), endsAt: at(45) },
  { ...made(60), type: 'stable-set', stable: stable('4.2', 60), watch },
  turned(61, 'errors', 'no-data'),
]

describe('the life of a live version', () => {
  it('gives each turn its value, its version and its end; a new watch ends what stood', () => {
    expect(turnsOf(LIFE).map((one) => [one.itemId, one.verdict.verdict, one.verdict.value, one.label, one.at, one.until])).toEqual([
      ['latency', 'pass', 1, '4.1', at(1), at(60)], ['errors', 'pass', 2, '4.1', at(2), at(10)], ['errors', 'fail', 10, '4.1', at(10), at(20)], ['errors', 'pass', 20, '4.1', at(20), at(60)],
      ['errors', 'no-data', 61, '4.2', at(61), null],
    ])
  })

  it('says how it stood from when on, and what an alert said', () => {
    expect(segmentsOf(LIFE).map((one) => [new Date(one.from).toISOString(), one.condition, one.byAlert])).toEqual([
      [at(-10), 'nothing', false], [at(0), 'unknown', false], [at(1), 'good', false], [at(10), 'bad', false], [at(20), 'good', false], [at(40), 'bad', true], [at(45), 'good', false], [at(60), 'unknown', false],
    ])
  })

  it('reads a life without events as empty', () => {
    expect([turnsOf([]), segmentsOf([])]).toEqual([[], []])
  })
})

/** The ladder says for each verdict which doubt decided, in the order in which `judge` asks; nothing after it was reached. */
import { describe, expect, it } from 'vitest'
import { exchangeOf } from './exchange'
import { judge, type Evidence } from './judge'
import { ladderOf, type Climbed } from './ladder'
import type { Rule } from './rule'
import type { Answer } from './answer'

const NOW = 1_772_000_000
const RULE: Rule = { test: { kind: 'threshold', comparator: '<=', limit: 0.25 }, minSamples: 100, direction: 'lower-is-better', unit: 's' }

function answer(values: readonly string[], warnings: readonly string[] = [], at = NOW): Answer {
  return { type: 'vector', warnings, infos: [], series: values.map((raw) => ({ labels: {}, histograms: 0, samples: [{ at, raw, value: raw === 'NaN' ? NaN : raw === '+Inf' ? Infinity : Number(raw) }] })) }
}

function climb(evidence: Omit<Evidence, 'now'>, rule = RULE): { readonly verdict: string; readonly fired: string | null; readonly after: readonly string[]; readonly before: readonly string[] } {
  const judgement = judge({ ...evidence, now: NOW }, rule)
  const climbed: Climbed = {
    ...judgement, exchanges: [exchangeOf('candidate', 'q', NOW, evidence.candidate, 3)], sourceName: 'Production', unit: rule.unit, minSamples: rule.minSamples ?? 0,
    hasReducer: rule.reducer !== undefined, hasLimit: rule.test.kind !== 'presence',
  }
  const rungs = ladderOf(climbed)
  const at = rungs.findIndex((rung) => rung.state === 'fired')
  return { verdict: judgement.verdict, fired: rungs[at]?.id ?? null, before: rungs.slice(0, at === -1 ? rungs.length : at).map((rung) => rung.state), after: at === -1 ? [] : rungs.slice(at + 1).map((rung) => rung.state) }
}

const ok = (values: readonly string[], warnings: readonly string[] = [], at = NOW) => ({ ok: true, answer: answer(values, warnings, at) }) as const
const many = ok(['900'])

describe('the ladder of a judgement', () => {
  it.each([
    ['the source does not answer', { candidate: { ok: false, reason: 'refuses the connection' } }, 'error', 'answered'],
    ['partial data', { candidate: ok(['0.1'], ['a store is down']), samples: many }, 'inconclusive', 'warnings'],
    ['no series', { candidate: ok([]), samples: many }, 'no-data', 'series'],
    ['two series', { candidate: ok(['0.1', '0.2']), samples: many }, 'inconclusive', 'series'],
    ['no traffic', { candidate: ok(['NaN']), samples: ok(['0']) }, 'idle', 'number'],
    ['infinite', { candidate: ok(['+Inf']), samples: many }, 'inconclusive', 'number'],
    ['an old value', { candidate: ok(['0.1'], [], NOW - 4000), samples: many }, 'inconclusive', 'fresh'],
    ['few requests', { candidate: ok(['0.1']), samples: ok(['7']) }, 'inconclusive', 'samples'],
    ['nobody counted', { candidate: ok(['0.1']) }, 'inconclusive', 'samples'],
    ['outside the limit', { candidate: ok(['0.4']), samples: many }, 'fail', 'limit'],
  ] as const)('stops at the doubt that decided: %s', (_name, evidence, verdict, rung) => {
    const seen = climb(evidence)
    expect([seen.verdict, seen.fired]).toEqual([verdict, rung])
    expect(new Set(seen.before)).toEqual(rung === 'answered' ? new Set() : new Set(['held']))
    expect(seen.after.every((state) => state === 'open')).toBe(true)
  })

  it('holds on every rung of a pass', () => {
    const seen = climb({ candidate: ok(['0.1']), samples: many })
    expect([seen.verdict, seen.fired, new Set(seen.before)]).toEqual(['pass', null, new Set(['held'])])
  })

  it('puts what it cannot explain on the last rung, with its sentence', () => {
    const rungs = ladderOf({ verdict: 'inconclusive', reason: 'Something new.', value: 1, raw: '1', compared: null, samples: 900, series: 1, warnings: [], exchanges: null, sourceName: null, unit: 's', minSamples: 0, hasReducer: false, hasLimit: true })
    expect(rungs.at(-1)).toMatchObject({ state: 'fired', saw: 'Something new.' })
  })
})

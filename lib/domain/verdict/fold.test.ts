import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PLAN, foldRun, foldSnapshot, foldStanding, lastRun, type MeasurePlan } from './fold'
import { VERDICTS, type Verdict } from './verdict'

const LETTERS: Readonly<Record<string, Verdict>> = { p: 'pass', f: 'fail', i: 'inconclusive', n: 'no-data', z: 'idle', e: 'error' }
const run = (text: string): Verdict[] => [...text].map((letter) => LETTERS[letter] ?? 'error')
const plan = (more: Partial<MeasurePlan>): MeasurePlan => ({ ...DEFAULT_PLAN, ...more })

describe('a run, by the semantics of Argo Rollouts', () => {
  it.each([
    ['', {}, 'no-data', false],
    ['p', {}, 'pass', true],
    ['f', {}, 'fail', true],
    ['i', {}, 'inconclusive', true],
    ['z', {}, 'idle', true],
    ['n', {}, 'no-data', true],
    ['pp', { count: 3 }, 'inconclusive', false],
    ['ppp', { count: 3 }, 'pass', true],
    ['pfp', { count: 3, failureLimit: 1 }, 'pass', true],
    ['pff', { count: 3, failureLimit: 1 }, 'fail', true],
    ['peeeep', { count: 2 }, 'pass', true],
    ['peeeee', { count: 2 }, 'error', true],
    ['eepee', { count: 2 }, 'error', false],
    ['ep', { consecutiveErrorLimit: 0 }, 'error', true],
    ['f', { failureLimit: 1 }, 'fail', true],
    ['zf', { count: 2, failureLimit: 1, inconclusiveLimit: 1 }, 'fail', true],
    ['zz', { count: 2, inconclusiveLimit: 2 }, 'idle', true],
    ['iff', { count: 5 }, 'inconclusive', true],
    ['eeeeef', {}, 'error', true],
    ['pzp', { count: 3, inconclusiveLimit: 1 }, 'pass', true],
    ['pzz', { count: 3, inconclusiveLimit: 1 }, 'idle', true],
  ] satisfies [string, Partial<MeasurePlan>, Verdict, boolean][])('"%s" %j is %s', (text, more, verdict, isComplete) => {
    expect(foldRun(plan(more), run(text))).toMatchObject({ verdict, isComplete })
  })

  it('takes the newest measurements as one run', () => {
    expect(lastRun(plan({ count: 2 }), run('ffpepe'))).toEqual(run('pepe'))
  })
})

describe('a snapshot that is not frozen yet', () => {
  it.each([
    ['p', 'pass'], ['pf', 'fail'], ['fp', 'pass'], ['peeee', 'pass'], ['peeeee', 'error'], ['feeeee', 'error'], ['eeeeep', 'pass'], ['e', 'error'], ['', 'no-data'],
  ] satisfies [string, Verdict][])('"%s" is %s', (text, verdict) => { expect(foldSnapshot(DEFAULT_PLAN, run(text)).verdict).toBe(verdict) })
})

describe('a standing watch', () => {
  it.each([
    [null, '', {}, 'no-data'],
    [null, 'p', { count: 2 }, 'pass'],
    [null, 'f', { failureLimit: 1 }, 'inconclusive'],
    ['pass', 'pf', { failureLimit: 1 }, 'pass'],
    ['pass', 'pff', { failureLimit: 1 }, 'fail'],
    ['fail', 'ffp', { count: 2 }, 'fail'],
    ['fail', 'ffpp', { count: 2 }, 'pass'],
    ['fail', 'ffpf', { count: 2, failureLimit: 3 }, 'fail'],
    ['pass', 'pz', {}, 'idle'],
    ['pass', 'pn', {}, 'no-data'],
    ['pass', 'pe', {}, 'pass'],
    ['pass', 'peeeee', {}, 'error'],
    ['idle', 'ze', {}, 'error'],
    ['fail', 'fz', {}, 'idle'],
  ] satisfies [Verdict | null, string, Partial<MeasurePlan>, Verdict][])('%s then "%s" %j is %s', (standing, text, more, verdict) => {
    expect(foldStanding(plan(more), standing, run(text)).verdict).toBe(verdict)
  })

  it('passes only where a measurement passed', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...VERDICTS), { maxLength: 12 }), fc.integer({ min: 0, max: 3 }), (all, failureLimit) => {
      let standing: Verdict | null = null
      all.forEach((_verdict, at) => { standing = foldStanding(plan({ failureLimit }), standing, all.slice(0, at + 1)).verdict })
      if (standing === 'pass') expect(all).toContain('pass')
    }))
  })
})

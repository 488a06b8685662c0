import { describe, expect, it } from 'vitest'
import { RUBRIC_CODES, type ItemKind, type RubricCode } from '@/lib/domain/template/template'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import { bandOf, SECTIONS, TEST_NAMES, testsOf } from './rubric'
import { gainWords, scoreAt, type Feed } from './score'

const NOW = new Date('2026-11-20T10:00:00.000Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString()
let made = 0
const feed = (code: RubricCode, more: Partial<Feed> = {}): Feed => ({
  code, itemId: `i${made += 1}`, title: `Line ${code}`, kind: 'check', releaseId: 'r', releaseCode: 'FRAUD-1', gateId: 'g', standing: 'met', isAutomatic: false, at: inDays(-10), expiresAt: inDays(100), isOpenRelease: true, ...more,
})
/** Points of one test. */
const points = (feeds: readonly Feed[], code: RubricCode = 'D1') => {
  const test = scoreAt(feeds, NOW).sections.flatMap((section) => section.tests).find((one) => one.code === code)
  return [test?.points, test?.why]
}
const everything = (isAutomatic: boolean, without: readonly string[] = []) => RUBRIC_CODES.filter((code) => !without.includes(code)).map((code) => feed(code, { isAutomatic }))

describe('a test', () => {
  it.each<[string, readonly Feed[], readonly [number, string]]>([
    ['that nobody asks', [], [0, 'nothing']],
    ['that is asked', [feed('D1', { standing: 'open', at: null, expiresAt: null })], [0, 'open']],
    ['that was waived or does not apply', [feed('D1', { standing: 'left', at: null })], [0, 'left']],
    ['by hand', [feed('D1')], [0.5, 'by-hand']],
    ['by itself', [feed('D1', { isAutomatic: true })], [1, 'automatic']],
    ['by hand and by itself counts once', [feed('D1'), feed('D1', { isAutomatic: true })], [1, 'automatic']],
    ['that failed', [feed('D1', { standing: 'failed', isAutomatic: true })], [0, 'failed']],
    ['of which the evidence has expired', [feed('D1', { expiresAt: inDays(-1) })], [0, 'expired']],
    ['by itself long ago, by hand lately', [feed('D1', { isAutomatic: true, expiresAt: inDays(-1) }), feed('D1')], [0.5, 'by-hand']],
    ['answered after the instant', [feed('D1', { at: inDays(1) })], [0, 'left']],
    ['watched, which does not expire', [feed('D1', { isAutomatic: true, expiresAt: null, at: inDays(-400) })], [1, 'automatic']],
    ['good before, failed in the newer release', [feed('D1', { itemId: 'x', at: inDays(-20) }), feed('D1', { itemId: 'x', at: inDays(-2), standing: 'failed' })], [0, 'failed']],
    ['failed before, good in the newer release', [feed('D1', { itemId: 'x', at: inDays(-20), standing: 'failed' }), feed('D1', { itemId: 'x', at: inDays(-2) })], [0.5, 'by-hand']],
    ['good before, not yet answered in the newer release', [feed('D1', { itemId: 'x' }), feed('D1', { itemId: 'x', at: null, standing: 'open' })], [0.5, 'by-hand']],
  ])('%s', (_name, feeds, expected) => {
    expect(points(feeds)).toEqual(expected)
  })
})

describe('the score', () => {
  it.each<[string, readonly Feed[], number, string]>([
    ['nothing at all', [], 0, 'research'],
    ['everything by hand', everything(false), 3.5, 'strong'],
    ['everything by itself', everything(true), 7, 'exceptional'],
    ['three sections full, one empty: the lowest counts', everything(true, testsOf('monitoring')), 0, 'research'],
    ['all but one test of one section', everything(true, ['I1']), 6, 'exceptional'],
  ])('%s', (_name, feeds, score, band) => {
    expect(scoreAt(feeds, NOW)).toMatchObject({ score, band })
  })
  it.each([[0, 'research'], [0.5, 'holes'], [1, 'holes'], [1.5, 'first-pass'], [2, 'first-pass'], [3, 'reasonable'], [3.5, 'strong'], [5, 'strong'], [5.5, 'exceptional']])('%s reads as %s', (score, band) => {
    expect(bandOf(score)).toBe(band)
  })
  it('has seven tests in each of four sections, each with a name, and the shipped checklist asks all of them', () => {
    expect(SECTIONS.map((section) => testsOf(section).length)).toEqual([7, 7, 7, 7])
    expect(Object.keys(TEST_NAMES).toSorted()).toEqual(RUBRIC_CODES.toSorted())
    const asked = new Set(ML_RELEASE.gates.flatMap((gate) => gate.items.flatMap((line) => line.rubric)))
    expect(RUBRIC_CODES.filter((code) => !asked.has(code))).toEqual([])
  })
})

describe('the cheapest next half-point', () => {
  const infra = (...feeds: readonly Feed[]) => scoreAt([...everything(true, testsOf('infrastructure')), ...feeds], NOW)
  const ways = (kind: ItemKind, more: Partial<Feed> = {}) => feed('I1', { kind, standing: 'open', at: null, expiresAt: null, ...more })
  it.each<[string, readonly Feed[], string, string, number]>([
    ['renews what has expired first', [feed('I3', { expiresAt: inDays(-3) }), ways('check')], 'I3', 'renew', 0.5],
    ['then ticks what is asked', [ways('evidence'), feed('I2', { standing: 'open', at: null, kind: 'check' })], 'I2', 'answer', 0.5],
    ['then writes evidence, before anything is measured', [ways('metric'), feed('I2', { standing: 'open', at: null, kind: 'evidence' })], 'I2', 'answer', 0.5],
    ['a measurement gives a whole point', [ways('metric')], 'I1', 'measure', 1],
    ['what was let be is asked again', [ways('check', { standing: 'left' })], 'I1', 'ask', 0.5],
    ['an open release before one that has ended', [ways('check', { isOpenRelease: false }), feed('I2', { standing: 'open', at: null })], 'I2', 'answer', 0.5],
    ['what fails is made to pass, after all that is only missing', [feed('I1', { standing: 'failed', kind: 'value' }), ways('check', { code: 'I2' })], 'I2', 'answer', 0.5],
    ['and is named as failing when it is all there is', [...testsOf('infrastructure').slice(1).map((code) => feed(code, { isAutomatic: true })), feed('I1', { standing: 'failed', kind: 'value' })], 'I1', 'repair', 0.5],
    ['what no checklist asks costs a line', [], 'I1', 'invent', 0.5],
  ])('%s', (_name, feeds, code, how, gain) => {
    const { next, score, nextScore } = infra(...feeds)
    expect(next.map((one) => [one.code, one.how, one.gain])).toEqual([[code, how, gain]])
    expect(nextScore).toBe(score + gain)
  })
  it('automates when all is done by hand, one in each of the sections that are lowest', () => {
    const { next, score, nextScore } = scoreAt(everything(false), NOW)
    expect([score, nextScore, next.map((one) => [one.section, one.how])]).toEqual([3.5, 4, SECTIONS.map((section) => [section, 'automate'])])
  })
  it('has nothing to say at the top', () => {
    expect(scoreAt(everything(true), NOW)).toMatchObject({ next: [], nextScore: 7 })
  })
  it('never promises more than the next lowest section allows', () => {
    const { score, nextScore } = scoreAt([...everything(true, testsOf('infrastructure').concat('D1', 'D2')), ...testsOf('infrastructure').slice(0, 5).map((code) => feed(code, { isAutomatic: true }))], NOW)
    expect([score, nextScore]).toEqual([5, 5.5])
  })
  it('says how in words', () => {
    expect(gainWords({ code: 'I1', section: 'infrastructure', gain: 0.5, how: 'answer', feed: feed('I1', { itemId: '4.2', title: 'Second run' }) })).toBe('Infrastructure: do it by hand and write the result down (4.2 Second run)')
  })
})

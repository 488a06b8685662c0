/** Reports as tools write them, and files that are none: counted exactly, or refused with a sentence, never with an exception. */
import { describe, expect, it } from 'vitest'
import { readReport } from '@/lib/server/evidence/read-report'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (value: unknown) => readReport(bytes(typeof value === 'string' ? value : JSON.stringify(value)))
const counts = (format: string, passed: number, failed: number, skipped: number) => ({ ok: true, counts: { format, passed, failed, skipped } })

describe('Great Expectations', () => {
  const result = (success: boolean) => ({ success, expectation_config: { expectation_type: 'expect_column_values_to_not_be_null' } })
  it('counts a validation result', () => {
    expect(read({ success: false, results: [result(true), result(true), result(false)], statistics: { evaluated_expectations: 3, successful_expectations: 2, unsuccessful_expectations: 1 } })).toEqual(counts('great-expectations', 2, 1, 0))
  })
  it('sums the validations of a checkpoint, old and new', () => {
    const run = { success: true, results: [result(true)], statistics: { evaluated_expectations: 1, unsuccessful_expectations: 0 } }
    expect(read({ success: true, run_results: { a: { validation_result: run }, b: { validation_result: run } } })).toEqual(counts('great-expectations', 2, 0, 0))
    expect(read({ success: false, statistics: { evaluated_validations: 1 }, validation_results: [{ success: false, expectations: [result(true), result(false)], statistics: { evaluated_expectations: 2, unsuccessful_expectations: 1 } }] })).toEqual(counts('great-expectations', 1, 1, 0))
  })
  it('never reads better than its own statistics, and refuses a broken run', () => {
    expect(read({ success: false, results: [result(true), result(true)], statistics: { evaluated_expectations: 2, unsuccessful_expectations: 1 } })).toEqual(counts('great-expectations', 1, 1, 0))
    expect(read({ success: false, results: [result(true)], statistics: {} })).toMatchObject({ ok: false, problem: expect.stringContaining('did not succeed') })
    expect(read({ success: true, results: [{}] })).toMatchObject({ ok: false, problem: expect.stringContaining('has no "success"') })
  })
})

describe('JUnit', () => {
  it('counts cases in nested suites', () => {
    const xml = `<?xml version="1.0"?><testsuites><testsuite name="a" tests="3" failures="1"><testcase name="x"/><testcase name="y"><failure message="&lt;b&gt;">no</failure></testcase><testcase name="z"><skipped/></testcase><testsuite name="b"><testcase name="n"><error/></testcase></testsuite></testsuite></testsuites>`
    expect(read(xml)).toEqual(counts('junit', 1, 2, 1))
  })
  it('takes a bare suite, attributes alone, and a failure outside of the cases', () => {
    expect(read('<testsuite><testcase name="only"/></testsuite>')).toEqual(counts('junit', 1, 0, 0))
    expect(read('<testsuite tests="10" failures="1" errors="1" skipped="2"/>')).toEqual(counts('junit', 6, 2, 2))
    expect(read('<testsuite tests="1" errors="1"><testcase name="a"/></testsuite>')).toEqual(counts('junit', 0, 1, 0))
  })
  it.each([
    ['<html><body/></html>', 'no JUnit report'], ['<testsuites></testsuites>', 'no checks'], ['<testsuite><testcase></testsuite>', 'broken in line'],
    ['<!DOCTYPE x [<!ENTITY a "b">]><testsuite><testcase name="&a;"/></testsuite>', 'document type'], ['<testsuite>'.repeat(50) + '<testcase/>' + '</testsuite>'.repeat(50), 'nested too deeply'],
  ])('refuses %j', (xml, words) => expect(read(xml)).toMatchObject({ ok: false, problem: expect.stringContaining(words) }))
})

describe('the own schema', () => {
  it('takes counts and checks', () => {
    expect(read({ format: 'gatehouse', passed: 12, failed: 0, skipped: 1 })).toEqual(counts('gatehouse', 12, 0, 1))
    expect(read({ format: 'gatehouse', checks: [{ name: 'a', outcome: 'passed' }, { name: 'b', outcome: 'failed' }] })).toEqual(counts('gatehouse', 1, 1, 0))
  })
  it.each([
    [{ format: 'gatehouse', passed: -1, failed: 0 }, 'whole numbers'], [{ format: 'gatehouse', passed: 1.5, failed: 0 }, 'whole numbers'],
    [{ format: 'gatehouse', checks: [{ outcome: 'fine' }] }, 'Check 1 has no outcome'], [{ format: 'gatehouse', passed: 0, failed: 0 }, 'no checks'],
    ['', 'empty'], ['PK\u0003\u0004', 'neither JSON nor XML'], [[], 'object at the top'], [{ a: 1 }, 'neither a Great Expectations'],
  ])('refuses %j', (value, words) => expect(read(value)).toMatchObject({ ok: false, problem: expect.stringContaining(words) }))
  it('refuses bytes that are no text', () => expect(readReport(new Uint8Array([0xff, 0xfe, 0x00]))).toMatchObject({ ok: false }))
})

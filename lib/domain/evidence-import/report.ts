/** What a validation report says in numbers: Great Expectations results, JUnit trees and the product's own small schema, each counted or refused with a sentence. Zod-free. */

export type ReportFormat = 'great-expectations' | 'junit' | 'gatehouse'

export interface ReportCounts {
  readonly format: ReportFormat
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export type ReportReading = { readonly ok: true; readonly counts: ReportCounts } | { readonly ok: false; readonly problem: string }

type Fields = Readonly<Record<string, unknown>>

/** Deeper suites than this are a trick, not a report. */
const MOST_DEPTH = 40

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wholeNumber(value: unknown): number | null {
  const read = typeof value === 'string' && /^\d{1,12}$/.test(value.trim()) ? Number(value) : value
  return typeof read === 'number' && Number.isInteger(read) && read >= 0 ? read : null
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === '') return []
  return Array.isArray(value) ? value : [value]
}

function wrong(problem: string): ReportReading {
  return { ok: false, problem }
}

/** A report without a single check says nothing, so it is refused instead of counting as "no failures". */
function counted(format: ReportFormat, passed: number, failed: number, skipped: number): ReportReading {
  if (passed + failed + skipped === 0) return wrong('The report holds no checks. Run the validation and import the report that it wrote.')
  return { ok: true, counts: { format, passed, failed, skipped } }
}

/** One Great Expectations validation: its results one by one, else its statistics; never better than the worse of the two. */
function readValidation(run: Fields): { readonly passed: number; readonly failed: number } | null {
  const results = Array.isArray(run['results']) ? run['results'] : Array.isArray(run['expectations']) ? run['expectations'] : null
  const statistics = isFields(run['statistics']) ? run['statistics'] : {}
  const evaluated = wholeNumber(statistics['evaluated_expectations'])
  const unsuccessful = wholeNumber(statistics['unsuccessful_expectations']) ?? 0
  if (results !== null && results.length > 0) {
    if (results.some((result) => !isFields(result) || typeof result['success'] !== 'boolean')) return null
    const bad = results.filter((result) => isFields(result) && result['success'] !== true).length
    const failed = Math.min(results.length, Math.max(bad, unsuccessful))
    return { passed: results.length - failed, failed }
  }
  if (evaluated === null) return results === null ? null : { passed: 0, failed: 0 }
  return { passed: Math.max(0, evaluated - unsuccessful), failed: Math.min(evaluated, unsuccessful) }
}

function validationsOf(report: Fields): readonly unknown[] {
  if (Array.isArray(report['validation_results'])) return report['validation_results']
  if (isFields(report['run_results'])) return Object.values(report['run_results']).map((run) => (isFields(run) && isFields(run['validation_result']) ? run['validation_result'] : run))
  return [report]
}

function readExpectations(report: Fields): ReportReading {
  let passed = 0
  let failed = 0
  for (const run of validationsOf(report)) {
    const read = isFields(run) ? readValidation(run) : null
    if (read === null) return wrong('This looks like a Great Expectations result, but one of its entries has no "success". Export the validation result as JSON again.')
    passed += read.passed
    failed += read.failed
  }
  // "success": false with nothing failed means that the run itself broke.
  if (report['success'] === false && failed === 0) return wrong('The validation run did not succeed, and the report names no expectation that failed. Look at the run, and import a complete result.')
  return counted('great-expectations', passed, failed, 0)
}

function readOwn(report: Fields): ReportReading {
  if (Array.isArray(report['checks'])) {
    const outcomes = report['checks'].map((check) => (isFields(check) ? check['outcome'] : null))
    const unknown = outcomes.findIndex((outcome) => outcome !== 'passed' && outcome !== 'failed' && outcome !== 'skipped')
    if (unknown >= 0) return wrong(`Check ${unknown + 1} has no outcome. Each check says "passed", "failed" or "skipped".`)
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
    return counted('gatehouse', count('passed'), count('failed'), count('skipped'))
  }
  const passed = wholeNumber(report['passed'])
  const failed = wholeNumber(report['failed'])
  const skipped = report['skipped'] === undefined ? 0 : wholeNumber(report['skipped'])
  if (passed === null || failed === null || skipped === null) return wrong('A Gatehouse result names "passed", "failed" and, if there are any, "skipped" as whole numbers, or lists "checks" with an "outcome" each.')
  return counted('gatehouse', passed, failed, skipped)
}

/**
 * Counts a JSON report. In: the parsed JSON. Out: the counts, or what is wrong with it and what to do.
 * Great Expectations: one validation result, or a checkpoint result with several (0.x `run_results`, 1.x `validation_results`).
 * Own schema: `{ "format": "gatehouse", "passed": 12, "failed": 0, "skipped": 1 }` or `{ "format": "gatehouse", "checks": [{ "name", "outcome" }] }`.
 */
export function countJson(report: unknown): ReportReading {
  if (!isFields(report)) return wrong('The file is JSON, but no report: expected an object at the top.')
  if (report['format'] === 'gatehouse') return readOwn(report)
  if ('run_results' in report || 'validation_results' in report || 'statistics' in report || (Array.isArray(report['results']) && 'success' in report)) return readExpectations(report)
  return wrong('This JSON is neither a Great Expectations result (it has "results" or "statistics") nor a Gatehouse result ("format": "gatehouse").')
}

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

function countCase(testCase: unknown): Tally {
  const fields = isFields(testCase) ? testCase : {}
  if ('failure' in fields || 'error' in fields) return { passed: 0, failed: 1, skipped: 0 }
  // Surefire and pytest write <skipped/>, GoogleTest an attribute.
  const isSkipped = 'skipped' in fields || fields['@status'] === 'notrun' || fields['@status'] === 'skipped' || fields['@result'] === 'skipped'
  return isSkipped ? { passed: 0, failed: 0, skipped: 1 } : { passed: 1, failed: 0, skipped: 0 }
}

function countSuite(suite: unknown, depth: number): Tally | null {
  if (!isFields(suite)) return { passed: 0, failed: 0, skipped: 0 }
  if (depth > MOST_DEPTH) return null
  const cases = listOf(suite['testcase'])
  const inner = listOf(suite['testsuite']).map((one) => countSuite(one, depth + 1))
  let total: Tally = { passed: 0, failed: 0, skipped: 0 }
  for (const one of [...cases.map(countCase), ...inner]) {
    if (one === null) return null
    total = { passed: total.passed + one.passed, failed: total.failed + one.failed, skipped: total.skipped + one.skipped }
  }
  const stated = (wholeNumber(suite['@failures']) ?? 0) + (wholeNumber(suite['@errors']) ?? 0)
  if (cases.length + inner.length === 0) {
    const skipped = wholeNumber(suite['@skipped']) ?? wholeNumber(suite['@disabled']) ?? 0
    const tests = wholeNumber(suite['@tests']) ?? 0
    return { passed: Math.max(0, tests - stated - skipped), failed: stated, skipped }
  }
  // A suite that failed outside of its cases (set-up, collection) states it in its head only.
  const missing = Math.max(0, stated - total.failed)
  return { ...total, passed: Math.max(0, total.passed - missing), failed: total.failed + missing }
}

/**
 * Counts a JUnit report. In: the XML as a tree, attributes with `@` before their name, repeated elements as arrays. Out: the counts, or what is wrong.
 * Takes `<testsuites>` and a bare `<testsuite>`, nested suites too. A case with `<failure>` or `<error>` failed.
 */
export function countJunit(tree: unknown): ReportReading {
  const root = isFields(tree) ? tree : {}
  const suites = 'testsuites' in root ? root['testsuites'] : 'testsuite' in root ? { testsuite: root['testsuite'] } : null
  if (suites === null) return wrong('This XML is no JUnit report: expected <testsuites> or <testsuite> at the top.')
  const total = countSuite(suites, 0)
  if (total === null) return wrong('The suites of this report are nested too deeply to be read.')
  return counted('junit', total.passed, total.failed, total.skipped)
}

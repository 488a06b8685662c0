// `npm test`: installs what the tests need, runs every check, and ends with one line of counts. A part that cannot run says so, and fails under CI=true.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { install, ROOT } from './prepare.mjs'
import { ensureTools, howToGet } from './tools.mjs'

process.chdir(ROOT)
install()
const { chromium, prometheus, alertmanager } = ensureTools(['chromium', 'prometheus', 'alertmanager'])
const isCi = process.env.CI === 'true'
const reports = mkdtempSync(path.join(tmpdir(), 'gatehouse-test-'))
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
if (chromium) env.CHROMIUM_BIN = chromium
if (prometheus) env.PROMETHEUS_BIN = prometheus
if (alertmanager) env.ALERTMANAGER_BIN = alertmanager

let passed = 0
let failed = 0
const notes = []

if (!prometheus) skip('tests against a real Prometheus', howToGet('prometheus'))
if (!alertmanager) skip('tests against a real Alertmanager', howToGet('alertmanager'))
check('types', ['node_modules/next/dist/bin/next', 'typegen'], ['node_modules/typescript/bin/tsc', '--noEmit'])
check('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'])
suite('unit and store tests', {
  report: 'vitest.json',
  args: (file) => ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  // A file that cannot be loaded fails without having tests.
  count: (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
})
const isBuilt = check('build', ['bin/build.mjs'])
if (!chromium) skip('browser tests', howToGet('chromium'))
else if (isBuilt) {
  suite('browser tests', {
    report: 'playwright.json',
    env: (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
    args: () => ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    count: ({ stats, errors }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }),
  })
} else skip('browser tests', 'There is no build to test.')

for (const note of notes) console.log(`\n!! ${note}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Runs one part that passes or fails as a whole: each command in turn, as arguments of this Node. */
function check(name, ...commands) {
  const isGood = commands.every((args) => run(name, args))
  if (isGood) passed += 1
  else failed += 1
  return isGood
}

/** Runs a part that counts its own tests. */
function suite(name, { report, args, count, env: extra = () => ({}) }) {
  const file = path.join(reports, report)
  const isGood = run(name, args(file), extra(file))
  try {
    const counts = count(JSON.parse(readFileSync(file, 'utf8')))
    passed += counts.passed
    failed += counts.failed
    if (counts.skipped > 0) skip(name, `${counts.skipped} skipped.`)
    if (!isGood && counts.failed === 0) failed += 1
  } catch {
    failed += 1
    notes.push(`${name} left no report.`)
  }
}

function run(name, args, extra = {}) {
  console.log(`\n── ${name} ──`)
  const began = Date.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...env, ...extra } })
  console.log(`── ${name}: ${status === 0 ? 'good' : 'FAILED'} after ${Math.round((Date.now() - began) / 1000)} s ──`)
  return status === 0
}

function skip(name, why) {
  notes.push(`NOT RUN: ${name}. ${why}`)
  if (isCi) failed += 1
}

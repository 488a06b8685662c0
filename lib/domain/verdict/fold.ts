/** Folds single measurements into the verdict of an item: Argo Rollouts' count semantics for a run, and a hysteresis for what is watched for long. */

import { isPass, type Verdict } from './verdict'

export interface MeasurePlan {
  /** Seconds between two measurements. */
  readonly intervalSeconds: number
  /** Measured every two scrapes where the source is scraped faster than the interval: what nobody chose follows the source. */
  readonly followsScrapes?: true
  /** Measurements that a run needs; errors do not count towards it (Argo: errors are retried). Also the passes in a row that end an at-risk. */
  readonly count: number
  /** Failed measurements that are still tolerated: past it the verdict is `fail`. */
  readonly failureLimit: number
  /** Inconclusive, idle and empty measurements that a run tolerates. */
  readonly inconclusiveLimit: number
  /** Errors in a row that are still tolerated: past it the verdict is `error`. */
  readonly consecutiveErrorLimit: number
}

/** Argo Rollouts' defaults (analysis.go): one measurement, nothing tolerated but four errors in a row. */
export const DEFAULT_PLAN: MeasurePlan = { intervalSeconds: 30, followsScrapes: true, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4 }

export interface Folded {
  readonly verdict: Verdict
  /** Whether the run needs no further measurement. */
  readonly isComplete: boolean
  readonly measured: number
  readonly reason: string
}

function trailing(measurements: readonly Verdict[], wanted: Verdict): number {
  let run = 0
  for (let at = measurements.length - 1; at >= 0 && measurements[at] === wanted; at -= 1) run += 1
  return run
}

/**
 * A snapshot's run. In: its measurements, oldest first. Out: the verdict so far.
 * Argo's rules: Failed when failed > failureLimit, Inconclusive when inconclusive > inconclusiveLimit (idle and no-data count as such),
 * Error when consecutive errors > consecutiveErrorLimit, success when `count` measurements are done. A run under way is inconclusive, never a pass.
 */
export function foldRun(plan: MeasurePlan, measurements: readonly Verdict[]): Folded {
  let failed = 0
  let doubtful = 0
  let counted = 0
  let errors = 0
  for (const verdict of measurements) {
    errors = verdict === 'error' ? errors + 1 : 0
    if (verdict !== 'error') counted += 1
    if (verdict === 'fail') failed += 1
    const isDoubtful = verdict === 'inconclusive' || verdict === 'idle' || verdict === 'no-data'
    if (isDoubtful) doubtful += 1
    if (errors > plan.consecutiveErrorLimit) return { verdict: 'error', isComplete: true, measured: counted, reason: `${errors} errors in a row; ${plan.consecutiveErrorLimit} are tolerated.` }
    if (isDoubtful && doubtful > plan.inconclusiveLimit) return { verdict, isComplete: true, measured: counted, reason: `${doubtful} of ${counted} measurements said nothing; ${plan.inconclusiveLimit} are tolerated.` }
    if (failed > plan.failureLimit) return { verdict: 'fail', isComplete: true, measured: counted, reason: `${failed} of ${counted} measurements failed; ${plan.failureLimit} are tolerated.` }
    if (counted >= plan.count && failed + doubtful === counted) {
      // Argo calls a run successful that used up its tolerance without one success; here only what passed passes.
      return { verdict: failed > 0 ? 'fail' : verdict, isComplete: true, measured: counted, reason: `None of ${counted} measurements passed.` }
    }
    if (counted >= plan.count) return { verdict: 'pass', isComplete: true, measured: counted, reason: `${counted} of ${plan.count} measurements done, ${failed} failed.` }
  }
  if (errors > 0) return { verdict: 'error', isComplete: false, measured: counted, reason: `The last ${errors === 1 ? 'measurement' : `${errors} measurements`} could not be made.` }
  if (counted === 0) return { verdict: 'no-data', isComplete: false, measured: 0, reason: 'Not measured yet.' }
  return { verdict: 'inconclusive', isComplete: false, measured: counted, reason: `${counted} of ${plan.count} measurements done.` }
}

/** The newest measurements that make up one run: `count` that are no errors, with the errors between them. A snapshot that is not frozen is judged on these. */
export function lastRun(plan: MeasurePlan, measurements: readonly Verdict[]): readonly Verdict[] {
  let counted = 0
  let start = measurements.length
  while (start > 0 && counted < plan.count) {
    start -= 1
    if (measurements[start] !== 'error') counted += 1
  }
  return measurements.slice(start)
}

/** A snapshot that is measured again and again until it is frozen: the last whole run counts, unless the source has been in error for longer than is tolerated. */
export function foldSnapshot(plan: MeasurePlan, measurements: readonly Verdict[]): Folded {
  const errors = trailing(measurements, 'error')
  if (errors > plan.consecutiveErrorLimit) return { verdict: 'error', isComplete: true, measured: measurements.length, reason: `${errors} errors in a row; ${plan.consecutiveErrorLimit} are tolerated.` }
  return foldRun(plan, lastRun(plan, measurements))
}

/**
 * A standing watch. In: the verdict that stands, the newest measurements (oldest first). Out: the verdict that stands now.
 * A pass holds through tolerated failures and errors; a fail is left only by `count` passes in a row (hysteresis, so that a value at
 * its limit does not flap) or when nothing can be measured any more; what is not measured is said at once.
 */
export function foldStanding(plan: MeasurePlan, standing: Verdict | null, measurements: readonly Verdict[]): Folded {
  const last = measurements.at(-1)
  const measured = measurements.length
  if (last === undefined) return { verdict: standing ?? 'no-data', isComplete: false, measured, reason: 'Not measured yet.' }
  const run = trailing(measurements, last)
  if (last === 'pass') {
    if (standing === 'fail' && run < plan.count) return { verdict: 'fail', isComplete: false, measured, reason: `${run} of ${plan.count} passes in a row after a failure.` }
    return { verdict: 'pass', isComplete: true, measured, reason: 'Within its limit.' }
  }
  if (last === 'fail') {
    if (run > plan.failureLimit || standing === 'fail') return { verdict: 'fail', isComplete: true, measured, reason: `${run} failures in a row; ${plan.failureLimit} are tolerated.` }
    return { verdict: isPass(standing) ? 'pass' : 'inconclusive', isComplete: false, measured, reason: `${run} of ${plan.failureLimit} tolerated failures.` }
  }
  if (last === 'error') {
    if (run > plan.consecutiveErrorLimit || !(isPass(standing) || standing === 'fail')) return { verdict: 'error', isComplete: true, measured, reason: `${run} errors in a row.` }
    return { verdict: standing ?? 'error', isComplete: false, measured, reason: `${run} of ${plan.consecutiveErrorLimit} tolerated errors.` }
  }
  return { verdict: last, isComplete: true, measured, reason: 'Not measured.' }
}

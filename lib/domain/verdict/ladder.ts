/** Shows a judgement as the ladder that it went down: every doubt that was asked before "pass", which held, and which one decided. */

import { valueText, type Unit } from '@/lib/domain/preset/unit'
import type { Exchange, ExchangeRole } from './exchange'
import type { Verdict } from './verdict'

/** `held`: asked and fine; `fired`: decided the verdict; `open`: not reached, because an earlier rung had decided. */
export interface Rung {
  readonly id: 'answered' | 'warnings' | 'series' | 'number' | 'fresh' | 'samples' | 'limit'
  readonly asks: string
  readonly saw: string
  readonly state: 'held' | 'fired' | 'open'
}

/** What was kept of one evaluation, and what its rule asks. */
export interface Climbed {
  readonly verdict: Verdict
  readonly reason: string
  readonly value: number | null
  readonly raw: string | null
  readonly compared: number | null
  readonly samples: number | null
  readonly series: number
  readonly warnings: readonly string[]
  /** `null`: not kept then. */
  readonly exchanges: readonly Exchange[] | null
  readonly sourceName: string | null
  readonly unit: Unit
  readonly minSamples: number
  readonly hasReducer: boolean
  /** Whether the rule compares at all (presence does not). */
  readonly hasLimit: boolean
}

interface Doubt {
  readonly id: Rung['id']
  readonly asks: string
  readonly saw: string
  readonly isFine: boolean
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : one === 'series' ? '' : 's'}`
}

function find(exchanges: readonly Exchange[] | null, role: ExchangeRole): Exchange | undefined {
  return exchanges?.find((one) => one.role === role)
}

function answered({ exchanges, verdict, reason, series, sourceName, raw }: Climbed): Doubt {
  const asks = 'Did the source answer?'
  const own = find(exchanges, 'candidate') ?? exchanges?.[0]
  const failed = exchanges?.find((one) => !one.ok && one.role === 'candidate')
  if (failed) return { id: 'answered', asks, isFine: false, saw: failed.error?.message ?? reason }
  if (own) return { id: 'answered', asks, isFine: true, saw: `${sourceName ?? 'The source'} answered in ${own.tookMs < 1 ? 'under 1' : own.tookMs} ms${exchanges && exchanges.length > 1 ? `, ${exchanges.length} questions at one instant` : ''}` }
  const isSilent = series === 0 && raw === null
  if (verdict === 'error' && isSilent) return { id: 'answered', asks, isFine: false, saw: reason }
  if (verdict === 'no-data' && isSilent && exchanges !== null) return { id: 'answered', asks, isFine: false, saw: reason }
  return { id: 'answered', asks, isFine: true, saw: exchanges === null ? 'yes; the answer was not kept then' : 'yes' }
}

function doubts(climbed: Climbed): readonly Doubt[] {
  const { verdict, reason, value, raw, samples, series, warnings, exchanges, unit, minSamples, hasReducer, hasLimit } = climbed
  const isOne = series === 1 || (series > 1 && hasReducer)
  const age = find(exchanges, 'age')
  const isStale = verdict === 'inconclusive' && /\bold \(at most|\bin the future\b|\bage is unknown\b/.test(reason)
  const isShort = minSamples > 0 && (samples === null || samples < minSamples) && (verdict === 'inconclusive' || verdict === 'idle')
  return [
    answered(climbed),
    { id: 'warnings', asks: 'Without warnings?', isFine: warnings.length === 0, saw: warnings.length === 0 ? 'none' : warnings.join(' ') },
    { id: 'series', asks: hasReducer ? 'Are there series?' : 'Exactly one series?', isFine: isOne, saw: series === 0 ? 'no series matches' : `${counted(series, 'series')}${series > 1 && hasReducer ? ', reduced to one number' : ''}` },
    { id: 'number', asks: 'A finite number?', isFine: value !== null, saw: value !== null ? `${valueText(value, unit)}${raw !== null && raw !== String(value) ? ` (as received: ${raw})` : ''}` : raw === 'NaN' ? 'NaN: nothing was divided by nothing, there was no traffic' : (raw ?? 'none') },
    { id: 'fresh', asks: 'Fresh enough?', isFine: !isStale, saw: isStale ? reason : age?.series[0] ? `the newest is ${age.series[0].value} s old` : 'yes' },
    { id: 'samples', asks: minSamples > 0 ? `At least ${counted(minSamples, 'sample')}?` : 'Enough samples?', isFine: !isShort, saw: samples !== null ? counted(samples, 'sample') : minSamples > 0 ? 'nobody counted' : 'none are asked for' },
    { id: 'limit', asks: hasLimit ? 'Within its limit?' : 'Does it exist?', isFine: verdict === 'pass', saw: reason },
  ]
}

/**
 * The rungs of one evaluation, in the order in which `judge` asks. In: what was kept, and the rule. Out: one rung decided; those after it were not reached.
 * A verdict that no kept number explains is put on the last rung with its sentence, never explained by a guess.
 */
export function ladderOf(climbed: Climbed): readonly Rung[] {
  const all = doubts(climbed)
  const found = climbed.verdict === 'pass' ? -1 : all.findIndex((one) => !one.isFine)
  const decided = found === -1 ? all.length - 1 : found
  return all.map(({ id, asks, saw }, at): Rung => {
    if (at > decided) return { id, asks, saw: '', state: 'open' }
    if (at === decided) return { id, asks, saw: saw === '' ? climbed.reason : saw, state: climbed.verdict === 'pass' ? 'held' : 'fired' }
    return { id, asks, saw, state: 'held' }
  })
}

/** The names of the measures and how their values are said. */
import { formatCount, formatDuration, formatHours } from '@/lib/domain/format'
import type { MeasureKey, PlainMeasure } from './measure'

const TITLES: Readonly<Record<PlainMeasure, string>> = {
  finished: 'Finished releases', stable: 'Became stable', 'rolled-back': 'Rolled back', cancelled: 'Cancelled', superseded: 'Superseded', changes: 'Went live', 'lead-time': 'Lead time', 'time-to-go': 'Time to go', restore: 'Time to restore',
  rework: 'Done again', stale: 'Sign-offs gone stale', reopened: 'Gates reopened', rejected: 'Rejections', waivers: 'Waived or not applicable',
}

/** A measure in words. In: its key, and the names of teams and gates by id. */
export function measureTitle(key: MeasureKey, team: (id: string) => string | null, gate: (id: string) => string | null): string {
  const [kind = '', first = '', second] = key.split(':')
  if (kind === 'wait') {
    const who = first === 'clock' ? 'Measuring and soaking' : first === 'hold' ? 'On hold' : `Waiting for ${team(first) ?? first}`
    return second === undefined ? who : `${who}, gate ${gate(second) ?? second}`
  }
  if (kind === 'rework' && first !== '') return `Done again, gate ${gate(first) ?? first}`
  const plain = Object.entries(TITLES).find(([one]) => one === kind)
  return plain?.[1] ?? kind
}

/** A value of a measure: a time elapsed, working hours, or a count. */
export function valueWords(value: number, unit: 'time' | 'working-time' | 'count'): string {
  return unit === 'time' ? formatDuration(value) : unit === 'working-time' ? formatHours(value) : formatCount(value)
}

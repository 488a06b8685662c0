/** Says working hours in words. */
import type { WorkingHours } from '@/lib/domain/working-time'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** "Mon–Fri 09:00–17:00 Europe/Berlin, not on 2 holidays". Days in a row are said as a stretch. */
export function hoursWords({ zone, days, from, to, holidays = [] }: WorkingHours): string {
  const sorted = [...days].sort((a, b) => a - b)
  const runs: number[][] = []
  for (const day of sorted) {
    const last = runs.at(-1)
    if (last && last.at(-1) === day - 1) last.push(day)
    else runs.push([day])
  }
  const name = (day: number | undefined): string => DAYS[(day ?? 1) - 1] ?? ''
  const said = days.length === 7 ? 'every day' : runs.map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', '))).join(', ')
  return `${said} ${from}–${to} ${zone}${holidays.length === 0 ? '' : `, not on ${holidays.length} ${holidays.length === 1 ? 'holiday' : 'holidays'}`}`
}

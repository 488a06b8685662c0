/** The series of the demo, and the holidays that they know: two check-ins a week, a short one on every day of a rollout. */
import 'server-only'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import type { PlanWords } from '@/lib/domain/series/commands'
import { JONAS, MARA } from './cast'
import type { Stage } from './stage'

const PLACE = { lastDate: null, zone: 'Europe/Berlin', scope: { kind: 'all' }, onHoliday: 'next-day' } as const satisfies Partial<PlanWords>
const HOLIDAYS = [['01-01', 'New Year'], ['05-01', 'Labour Day'], ['12-25', 'Christmas Day'], ['12-26', 'Second day of Christmas']] as const

/** Planned on the last day, so that nothing of them was ever missed. */
export function planSeries(stage: Stage): void {
  const firstDate = stage.start.toISOString().slice(0, 10)
  const year = stage.start.getUTCFullYear()
  stage.at('22h', async () => {
    const holidays = [year, year + 1].flatMap((one) => HOLIDAYS.map(([day, name]) => ({ date: `${one}-${day}`, name, teams: 'all' as const }))).filter((one) => one.date > firstDate)
    await stage.order('installation', INSTALLATION_ID, { type: 'add-holidays', holidays }, MARA)
    const review: PlanWords = { ...PLACE, title: 'Release review', rhythm: { kind: 'weekly', days: [1, 4], everyWeeks: 1 }, firstDate, time: '10:00', durationMinutes: 30, teams: ['product', 'data-science', 'ops'] }
    const standUp: PlanWords = { ...PLACE, title: 'Rollout stand-up', rhythm: { kind: 'rollout' }, firstDate, time: '09:15', durationMinutes: 10, teams: ['data-science', 'ops'] }
    await stage.order('series', stage.freshId(), { type: 'start-series', plan: review }, MARA)
    await stage.order('series', stage.freshId(), { type: 'start-series', plan: standUp }, JONAS)
  })
}

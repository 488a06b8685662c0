/** The banner of the page: the worst of what is known now, in one headline. */

import { IMPACTS, type Impact } from '@/lib/domain/incident/state'
import type { PublicComponent, PublicIncident, PublicState, PublicStatus } from './status'

type Summary = Pick<PublicStatus, 'indicator' | 'headline' | 'detail'>

const COUNT = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

function models(count: number, one: string, many: string): string {
  return `${COUNT[count] ?? count} ${count === 1 ? `model ${one}` : `models ${many}`}`
}

const rank = (impact: Impact) => IMPACTS.indexOf(impact)

/** In: what the picture shows. Out: its indicator, headline and detail. What was written counts beside what was measured; the worse of both is told first. */
export function summaryOf(components: readonly PublicComponent[], incidents: readonly PublicIncident[]): Summary {
  const open = incidents.filter((one) => one.resolvedAt === null && one.impact !== 'none')
  const measured = measuredSummary(components, open)
  const [worst, ...others] = open.filter((one) => one.kind === 'written').toSorted((a, b) => rank(b.impact) - rank(a.impact))
  if (worst === undefined || rank(worst.impact) < rank(measured.indicator)) return measured
  if (worst.impact === measured.indicator) return measured
  const also = measured.indicator === 'none' ? [] : [`${measured.headline}.`]
  const more = others.length === 0 ? [] : [others.length === 1 ? 'One more incident is open.' : `${others.length} more incidents are open.`]
  return { indicator: worst.impact, headline: worst.name, detail: [...also, ...more].join(' ') }
}

function measuredSummary(components: readonly PublicComponent[], open: readonly PublicIncident[]): Summary {
  const of = (state: PublicState) => components.filter((one) => one.state === state)
  const detail = open.slice(0, 3).map((one) => `${one.name}.`).join(' ')
  if (of('rolling-back').length > 0) return { indicator: 'major', headline: `${models(of('rolling-back').length, 'is being rolled back', 'are being rolled back')}`, detail }
  if (of('at-risk').length > 0) return { indicator: 'minor', headline: `${models(of('at-risk').length, 'runs at risk', 'run at risk')}`, detail }
  if (components.length === 0) return { indicator: 'none', headline: 'Nothing is published here yet', detail: '' }
  const known = components.filter((one) => one.state !== null)
  if (known.length === 0) return { indicator: 'none', headline: 'What is live where', detail: '' }
  const unmeasured = of('unmeasured').length
  if (unmeasured === 0) return { indicator: 'none', headline: 'All models run as they should', detail: '' }
  return { indicator: 'none', headline: 'No problem is known', detail: `${models(unmeasured, 'is not measured', 'are not measured')} at the moment.` }
}

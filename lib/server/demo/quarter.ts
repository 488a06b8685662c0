/** The quarter before the stories of the demo: for each model the releases that led to what is live, with what goes wrong between three teams. */
import 'server-only'
import { CHURN, EMILY, EU, FELIX, FRA, FRAUD, HANNAH, JONAS, LENA, MARA, PIA, PRICE, RECOMMEND, SEARCH, STORES, TOMAS, TRANSCRIBE, US, VISION, type EnvironmentCast, type ModelCast } from './cast'
import { EVALUATOR, Release } from './moves'
import { addVersion } from './scene'
import { span, type Stage } from './stage'
import { watch } from './stories-past'

/** What goes wrong on the way. */
type Twist = 'claim' | 'reopened' | 'rejected' | 'waiver' | 'held' | 'ops-late' | 'science-late' | 'product-late'

interface Planned {
  readonly label: string
  /** Days of preparation, from opening to the go. */
  readonly days: number
  readonly twists?: readonly Twist[]
  readonly ends?: 'rolled-back' | 'cancelled'
}

/** The releases of one model, one after the other; the last leaves live what the stories begin with. */
export interface Chain {
  readonly model: ModelCast
  readonly environment: EnvironmentCast
  /** Live before the first of them. */
  readonly from: string
  /** Days before the start at which the first is opened. */
  readonly begins: number
  readonly releases: readonly Planned[]
}

export const QUARTER: readonly Chain[] = [
  { model: FRAUD, environment: EU, from: '4.0.0', begins: 97, releases: [{ label: '4.0.1', days: 6 }, { label: '4.1.0', days: 11, twists: ['claim', 'ops-late'] }, { label: '4.1.2', days: 5, ends: 'rolled-back' }, { label: '4.1.3', days: 7, twists: ['waiver'] }] },
  { model: CHURN, environment: US, from: '2.6.0', begins: 98, releases: [{ label: '2.7.0', days: 10, twists: ['science-late'] }, { label: '2.7.1', days: 4 }, { label: '2.8.0', days: 9, twists: ['rejected'] }, { label: '2.8.1', days: 6 }] },
  { model: SEARCH, environment: EU, from: '1.0.4', begins: 96, releases: [{ label: '1.1.0', days: 8, twists: ['reopened'] }, { label: '1.2.0', days: 12, twists: ['ops-late', 'claim'] }, { label: '1.2.1', days: 4 }, { label: '1.3.0', days: 7 }] },
  { model: PRICE, environment: FRA, from: '6.1.0', begins: 95, releases: [{ label: '6.2.0', days: 13, twists: ['product-late'] }, { label: '6.3.0', days: 9, ends: 'cancelled' }, { label: '6.4.0', days: 14, twists: ['held', 'waiver'] }] },
  { model: VISION, environment: STORES, from: '0.5.0', begins: 97, releases: [{ label: '0.6.0', days: 15, twists: ['rejected', 'ops-late'] }, { label: '0.7.0', days: 8, ends: 'rolled-back' }, { label: '0.7.2', days: 9, twists: ['claim'] }] },
  { model: TRANSCRIBE, environment: US, from: '2.8.0', begins: 94, releases: [{ label: '2.9.0', days: 9 }, { label: '3.0.0', days: 17, twists: ['science-late', 'reopened'] }, { label: '3.0.4', days: 6 }] },
  { model: RECOMMEND, environment: US, from: '11.8.0', begins: 98, releases: [{ label: '12.0.0', days: 11, twists: ['product-late'] }, { label: '12.1.0', days: 7, ends: 'rolled-back' }, { label: '12.1.1', days: 3 }, { label: '12.2.0', days: 8, twists: ['waiver', 'held'] }] },
]

/** The version that each model begins with. */
export function firstVersions(chains: readonly Chain[]): ReadonlyMap<string, string> {
  return new Map(chains.map((chain) => [chain.model.id, chain.from]))
}

const DAY = 86_400_000
const HOUR = 3_600_000

/** The first instant from then on within the office hours that all teams share. */
function atWork(at: number): Date {
  const day = new Date(at)
  if (day.getUTCHours() >= 16) day.setUTCHours(32, 10, 0, 0)
  else if (day.getUTCHours() < 8) day.setUTCHours(8, 10, 0, 0)
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCHours(32, 10, 0, 0)
  return day
}

/** Plans the chains. */
export function planQuarter(stage: Stage, chains: readonly Chain[]): void {
  for (const [index, chain] of chains.entries()) {
    let at = stage.ago(`${chain.begins}d`).getTime() + index * HOUR
    let stable = chain.from
    for (const [turn, planned] of chain.releases.entries()) {
      const isLast = turn === chain.releases.length - 1
      at = planRelease(stage, chain, planned, stable, atWork(at), isLast) + (1 + ((index + turn) % 3)) * DAY
      if (!planned.ends) stable = planned.label
    }
  }
}

/** Parts of the preparation at which its steps are taken; who is late moves theirs and what comes after. */
function places(twists: ReadonlySet<Twist>): Readonly<Record<'data' | 'quality' | 'reproducible' | 'environment' | 'rollback' | 'sign', number>> {
  if (twists.has('science-late')) return { data: 0.3, quality: 0.72, reproducible: 0.8, environment: 0.4, rollback: 0.9, sign: 0.96 }
  if (twists.has('ops-late')) return { data: 0.08, quality: 0.22, reproducible: 0.34, environment: 0.82, rollback: 0.92, sign: 0.97 }
  if (twists.has('product-late')) return { data: 0.08, quality: 0.24, reproducible: 0.36, environment: 0.46, rollback: 0.55, sign: 0.6 }
  return { data: 0.14, quality: 0.38, reproducible: 0.52, environment: 0.66, rollback: 0.85, sign: 0.95 }
}

/** Plans one release. Out: when it has ended or become stable, in ms. */
function planRelease(stage: Stage, { model, environment }: Chain, { label, days, twists: given = [], ends }: Planned, stableLabel: string, opened: Date, isLast: boolean): number {
  const twists = new Set(given)
  const by = model.ownerTeam === 'product' ? EMILY : LENA
  const release = new Release(stage, { model, label, stableLabel, environment, by, target: new Date(opened.getTime() + (days + 2) * DAY), risk: days > 12 ? 'medium' : 'low', labelDelayDays: 7 })
  const place = places(twists)
  const part = (share: number) => atWork(opened.getTime() + share * days * DAY)
  const plan = (at: Date, run: () => Promise<void>) => stage.at(at, run)
  plan(new Date(opened.getTime() - 5 * HOUR), () => addVersion(stage, model, label))
  plan(opened, () => release.open())
  plan(atWork(opened.getTime() + (2 + (days % 5)) * HOUR), () => release.pass('scope'))
  plan(part(place.data), () => release.pass('data', 'monitoring'))
  if (ends === 'cancelled') {
    const end = part(0.6)
    plan(end, () => release.do({ type: 'cancel', reason: 'The gain vanished on the frozen set of the summer; not worth a rollout.', as: 'cancelled' }, PIA))
    return end.getTime()
  }
  plan(part(place.quality), () => release.pass('quality'))
  plan(part(place.reproducible), async () => {
    if (twists.has('waiver')) {
      await release.do({ type: 'request-waiver', itemId: '4.1', reason: 'The lock file of this run was overwritten; commit and digests stand on the version.', until: new Date(stage.now.getTime() + 30 * DAY).toISOString() }, TOMAS)
      await release.do({ type: 'approve-waiver', itemId: '4.1' }, PIA)
    }
    await release.pass('reproducible')
  })
  plan(part(place.environment), async () => {
    await release.settle('environment')
    if (!twists.has('rejected')) return release.sign('environment')
    await release.do({ type: 'reject', gateId: 'environment', reason: 'The load test ran on hosts that production does not have.' }, HANNAH)
  })
  if (twists.has('rejected')) {
    plan(atWork(part(place.environment).getTime() + 26 * HOUR), async () => {
      const rejection = (await release.gate('environment')).rejections[0]
      if (rejection) await release.do({ type: 'withdraw-rejection', gateId: 'environment', rejectionId: rejection.id, reason: 'Repeated on the right hosts.' }, HANNAH)
      await release.sign('environment')
    })
  }
  planTwists(release, twists, part(place.rollback - 0.06))
  const rolledBackAt = atWork(part(place.rollback).getTime() + (twists.has('held') ? 52 * HOUR : twists.has('rejected') ? 30 * HOUR : 0))
  plan(rolledBackAt, () => release.pass('quality', 'reproducible', 'environment', 'rollback'))
  const signing = atWork(Math.max(part(place.sign).getTime(), rolledBackAt.getTime() + HOUR))
  plan(signing, () => release.sign('decision', [LENA, MARA]))
  const go = atWork(Math.max(part(1).getTime(), signing.getTime() + HOUR))
  plan(go, async () => {
    await release.sign('decision')
    await release.go('Better on the frozen set, and nothing got slower.')
  })
  const start = atWork(go.getTime() + (3 + (days % 4) * 5) * HOUR)
  if (ends === 'rolled-back') return planRollBack(release, start, days)
  const stable = atWork(release.rollOut(start, { stepIndex: 3, isSoaked: true }).getTime())
  plan(stable, () => release.pass('full-rollout'))
  plan(new Date(stable.getTime() + 20 * 60_000), () => (isLast ? watch(release) : Promise.resolve()))
  plan(atWork(stable.getTime() + 8 * DAY), async () => {
    await release.measure('11.1')
    await release.pass('follow-up')
  })
  return stable.getTime()
}

function planTwists(release: Release, twists: ReadonlySet<Twist>, at: Date): void {
  const { stage } = release
  const later = (hours: number) => atWork(at.getTime() + hours * HOUR)
  if (twists.has('claim')) {
    stage.at(at, async () => {
      const { claim } = await release.state()
      await release.do({ type: 'change', change: { part: 'claim', value: { ...claim, memoryGiB: claim.memoryGiB * 2 } }, reason: 'The load test showed that eight gibibytes do not last at peak.' }, FELIX)
    })
  }
  if (twists.has('reopened')) stage.at(at, () => release.do({ type: 'reopen-gate', gateId: 'quality', reason: 'The slice of new customers was drawn from the training set.' }, LENA))
  if (twists.has('held')) {
    stage.at(at, () => release.do({ type: 'hold', reason: 'The quarter is being closed; nothing may move the numbers.', checkInId: null }, JONAS))
    stage.at(later(44), () => release.do({ type: 'resume', reason: 'The books are closed.' }, PIA))
  }
}

/** Plans a canary that fails and the way back. Out: when it was rolled back. */
function planRollBack(release: Release, start: Date, days: number): number {
  const { stage } = release
  release.rollOut(start, { stepIndex: 0, isSoaked: false })
  const fails = start.getTime() + span('40m')
  const restored = fails + span('4m') + (days * 137 + 90) * 1000
  stage.at(new Date(fails), () => release.measure('9.2', { verdict: 'fail', value: 0.024, reason: '2.4 % is 12.00 × stable (0.2 %); outside its limit, ≤ 1.2 × stable.' }, 0.002))
  stage.at(new Date(fails + span('3m')), () => release.do({ type: 'roll-back', reason: 'Errors at 2.4 % and rising.' }, HANNAH))
  stage.at(new Date(restored), () => release.do({ type: 'observe', share: 0, requests: null }, EVALUATOR))
  stage.at(atWork(restored + 4 * HOUR), async () => {
    const cause = (await release.state()).actions.find((action) => action.source === 'roll-back')
    if (cause) await release.do({ type: 'complete-action', actionId: cause.id, note: 'A feature came empty for a tenth of the requests; the default was not trained. The next version fills it.' }, HANNAH)
  })
  return restored
}

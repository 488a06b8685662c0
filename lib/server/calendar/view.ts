/** Reads one month of the calendar: check-ins, target dates, planned releases, freezes and holidays. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import { movingReleases, type MovingRelease } from '@/db/calendar'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { CalendarEvent, CalendarView } from '@/lib/domain/calendar/view'
import { withoutStop } from '@/lib/domain/format'
import { listOf } from '@/lib/domain/policy'
import { wallAt } from '@/lib/domain/series/wall-clock'
import { wordsOf } from '@/lib/domain/text'
import { isTimeZone } from '@/lib/domain/words'
import { gather, type Gathered, type KnownCheckIn } from '@/lib/server/calendar/check-ins'
import { rawStore } from '@/lib/server/raw-store'
import { loadNames, loadTeams, whyNot } from '@/lib/server/view/people'

const DAY_MS = 86_400_000
/** Weeks of a month reach into its neighbours, and zones into the next day. */
const MARGIN_MS = 8 * DAY_MS
const MOST_EVENTS = 1_500

/** The month as everybody signed in may see it. In: a month that `isMonth` let through. */
export async function calendarView(actor: Actor, month: string, now = new Date()): Promise<CalendarView> {
  const store = await rawStore()
  const start = Date.parse(`${month}-01T00:00Z`)
  const end = new Date(start)
  end.setUTCMonth(end.getUTCMonth() + 1)
  const [from, to] = [new Date(start - MARGIN_MS), new Date(end.getTime() + MARGIN_MS)]
  const [gathered, releases, freezes, teams] = await Promise.all([gather(store, from, to, now), movingReleases(store), freezeEvents(store, from, to), loadTeams(store)])
  const teamNames = new Map(teams.map((team) => [team.id, team.name]))
  const events = [...checkInEvents(gathered, teamNames, await whyCancelled(store, gathered)), ...releases.flatMap((one) => targetEvent(one, from, to)), ...freezes, ...holidayEvents(gathered, teamNames, from, to)]
    .toSorted((a, b) => (a.startsAt === b.startsAt ? a.title.localeCompare(b.title, 'en') : a.startsAt < b.startsAt ? -1 : 1))
  return {
    month, events: events.slice(0, MOST_EVENTS), isCut: gathered.isCut || events.length > MOST_EVENTS,
    allowed: { plan: whyNot(actor, 'series.plan'), open: whyNot(actor, 'series.open') },
  }
}

/** The month that it is in a zone; in UTC where the zone is none. */
export function monthIn(zone: string, now = new Date()): string {
  return wallAt(isTimeZone(zone) ? zone : 'UTC', now.getTime()).slice(0, 7)
}

type Names = ReadonlyMap<string, string>

function teamWords(teams: readonly string[], names: Names): string {
  return listOf(teams.map((team) => names.get(team) ?? team), 'and')
}

function endOf(startsAt: string, minutes: number): string {
  return new Date(Date.parse(startsAt) + minutes * 60_000).toISOString()
}

/** Who called off which check-in, and why: what everybody asks first. Out: by the id of the check-in. */
async function whyCancelled(store: Store, { checkIns }: Gathered): Promise<ReadonlyMap<string, string>> {
  const ids = checkIns.filter((one) => one.status === 'cancelled').map((one) => one.id)
  if (ids.length === 0) return new Map()
  const [loaded, words, people] = await Promise.all([loadAggregates(store, 'check-in', ids), revealTexts(store, ids), loadNames(store)])
  return new Map([...loaded].flatMap(([id, { state }]) => {
    const { cancelled } = state
    return cancelled ? [[id, `cancelled by ${people.get(cancelled.by) ?? 'the product'}: ${withoutStop(wordsOf(cancelled.reason, (hash) => words.get(hash)))}`] as const] : []
  }))
}

function checkInEvents({ series, checkIns }: Gathered, names: Names, cancelled: ReadonlyMap<string, string>): readonly CalendarEvent[] {
  const notes = new Map(series.flatMap((one) => one.occurrences.map(({ laid, checkIn }) => [checkIn?.id ?? '', checkIn && checkIn.startsAt === laid.startsAt ? laid.note : null] as const)))
  const there = checkIns.map((one): CalendarEvent => ({
    id: one.id, kind: 'check-in', title: one.title, detail: detailOf(one, names), note: cancelled.get(one.id) ?? notes.get(one.id) ?? null, startsAt: one.startsAt, endsAt: endOf(one.startsAt, one.durationMinutes), date: null,
    status: one.status, href: `/check-ins/${one.id}`, occurrence: one.series && { seriesId: one.series.id, key: one.series.key }, zone: one.zone, teams: one.teams,
  }))
  const coming = series.flatMap((one) => one.occurrences.filter(({ checkIn, isShown }) => checkIn === null && isShown).map(({ laid }): CalendarEvent => {
    const { plan } = laid.stretch
    return {
      id: `${one.id} ${laid.key}`, kind: 'check-in', title: one.titleOf(laid), detail: `${lengthWords(plan.answerHours ? null : plan.durationMinutes)} · ${teamWords(plan.teams, names)}`, note: laid.note,
      startsAt: laid.startsAt, endsAt: laid.endsAt, date: null, status: laid.status === 'skipped' ? 'skipped' : laid.isConditional ? 'conditional' : 'scheduled', href: null,
      occurrence: { seriesId: one.id, key: laid.key }, zone: plan.zone, teams: plan.teams,
    }
  }))
  return [...there, ...coming]
}

/** How much time it takes of those who are asked. In: minutes; null where they answer in writing. */
function lengthWords(minutes: number | null): string {
  return minutes === null ? 'in writing' : `${minutes} min`
}

function detailOf(one: KnownCheckIn, names: Names): string {
  return [lengthWords(one.isWritten ? null : one.durationMinutes), ...(one.teams.length > 0 ? [teamWords(one.teams, names)] : [])].join(' · ')
}

/** Words of a release's card. */
export function cardWords(one: MovingRelease): { readonly modelName: string; readonly versionLabel: string; readonly environmentName: string } {
  const card: Readonly<Record<string, unknown>> = typeof one.card === 'object' && one.card !== null ? { ...one.card } : {}
  const text = (name: string) => { const value = card[name]; return typeof value === 'string' ? value : '' }
  return { modelName: text('modelName'), versionLabel: text('versionLabel'), environmentName: text('environmentName') }
}

/** Phases in which a go is recorded: the day is not a target any more, but planned. */
const GONE = new Set(['approved', 'rolling-out', 'soaking'])

export function targetEvent(one: MovingRelease, from: Date, to: Date): readonly CalendarEvent[] {
  if (one.targetAt === null || one.targetAt < from || one.targetAt >= to) return []
  const { modelName, versionLabel, environmentName } = cardWords(one)
  const isGone = GONE.has(one.phase)
  const startsAt = one.targetAt.toISOString()
  return [{
    id: `target ${one.id}`, kind: isGone ? 'release' : 'target', title: isGone ? `${one.code} goes to ${environmentName}` : `${one.code} target date`, detail: `${modelName} ${versionLabel} to ${environmentName}`, note: null,
    startsAt, endsAt: startsAt, date: null, status: null, href: `/releases/${one.code}`, occurrence: null, zone: null, teams: [],
  }]
}

/** Freezes that hold in a time, as they were declared. */
export async function freezeEvents(store: Store, from: Date, to: Date): Promise<readonly CalendarEvent[]> {
  return (await freezesWithEnds(store, from, to, to)).filter((one) => !one.isOff).map((one) => one.event)
}

export interface KnownFreeze {
  readonly event: CalendarEvent
  /** 0 as it was declared, 1 once it was ended early. */
  readonly sequence: number
  readonly at: Date
  readonly isOff: boolean
}

/** The same with those that were ended early since an instant, for calendars that have them still. */
export async function freezesWithEnds(store: Store, from: Date, to: Date, endedSince: Date): Promise<readonly KnownFreeze[]> {
  const environments = await loadAggregates(store, 'environment', 'all')
  const words = await revealTexts(store, [...environments.keys()])
  return [...environments.values()].filter(({ state }) => state.archivedAt === null).flatMap(({ state }) => state.freezes
    .filter((freeze) => (freeze.ended === null || freeze.ended.at >= endedSince.toISOString()) && freeze.from < to.toISOString() && freeze.to > from.toISOString())
    .map((freeze): KnownFreeze => ({ isOff: freeze.ended !== null, sequence: freeze.ended === null ? 0 : 1, at: new Date(freeze.ended?.at ?? freeze.at), event: {
      id: `freeze ${freeze.id}`, kind: 'freeze', title: `Freeze of ${state.name}`, detail: wordsOf(freeze.reason, (hash) => words.get(hash)), note: null,
      startsAt: freeze.from, endsAt: freeze.to, date: null, status: null, href: '/environments', occurrence: null, zone: freeze.zone, teams: [],
    } })))
}

function holidayEvents({ ground }: Gathered, names: Names, from: Date, to: Date): readonly CalendarEvent[] {
  const [first, last] = [from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)]
  return ground.holidays.filter((one) => one.date >= first && one.date <= last).map((one): CalendarEvent => ({
    id: `holiday ${one.date} ${one.name}`, kind: 'holiday', title: one.name, detail: one.teams === 'all' ? 'holiday of everybody' : `holiday of ${teamWords(one.teams, names)}`, note: null,
    startsAt: `${one.date}T00:00:00.000Z`, endsAt: `${one.date}T23:59:59.999Z`, date: one.date, status: null, href: null, occurrence: null, zone: null, teams: one.teams === 'all' ? [] : one.teams,
  }))
}

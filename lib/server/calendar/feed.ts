/** Makes the calendars that people subscribe to (RFC 5545): series with their exceptions, single check-ins, target dates and freezes. */
import 'server-only'
import ical, { ICalCalendarMethod, ICalEventStatus, type ICalCalendar, type ICalEventData } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { endedBeforeTarget, movingReleases, targetTurns, type MovingRelease } from '@/db/calendar'
import type { Store } from '@/db/store'
import type { CalendarEvent } from '@/lib/domain/calendar/view'
import { listOf } from '@/lib/domain/policy'
import { commonDays, dateWords, layOutStretch, type Ground, type Occurrence } from '@/lib/domain/series/lay-out'
import { ruleOf } from '@/lib/domain/series/rhythm'
import type { Stretch } from '@/lib/domain/series/state'
import { addDays, instantAt, wallAt } from '@/lib/domain/series/wall-clock'
import { gather, type KnownCheckIn, type KnownSeries } from '@/lib/server/calendar/check-ins'
import { freezesWithEnds, targetEvent } from '@/lib/server/calendar/view'
import { zoneComponent } from '@/lib/server/calendar/zone'
import { loadTeams } from '@/lib/server/view/people'

const DAY_MS = 86_400_000
/** Single days that lie further away stand in the rule of their series alone. */
const BACK_DAYS = 90
const AHEAD_DAYS = 400
/** A plan that was replaced is told as cancelled for so long; then calendars have heard of it. */
const GONE_DAYS = 90

/** Whose calendar: what concerns some teams (none: everything), or one series. */
export interface FeedOf {
  readonly name: string
  readonly teams: readonly string[]
  readonly seriesId: string | null
}

interface Making {
  readonly calendar: ICalCalendar
  readonly ground: Ground
  readonly host: string
  readonly publicUrl: string
  readonly teamWords: (teams: readonly string[]) => string
}

/** In: whose calendar, the moment, and where the product is reached. Out: the document; the same bytes as long as nothing in it changes. */
export async function makeFeed(store: Store, of: FeedOf, now: Date, publicUrl: string): Promise<string> {
  const [from, to] = [new Date(now.getTime() - BACK_DAYS * DAY_MS), new Date(now.getTime() + AHEAD_DAYS * DAY_MS)]
  const [gathered, teams] = await Promise.all([gather(store, from, to, now, of.seriesId), loadTeams(store)])
  const calendar = ical({ name: plain(of.name), prodId: { company: 'Gatehouse', product: 'Calendar', language: 'EN' }, method: ICalCalendarMethod.PUBLISH, ttl: 3600 })
  calendar.timezone({ name: null, generator: (zone) => zoneComponent(zone, now.getUTCFullYear() - 2) })
  const names = new Map(teams.map((team) => [team.id, team.name]))
  const making: Making = { calendar, ground: gathered.ground, host: new URL(publicUrl).host, publicUrl, teamWords: (ids) => listOf(ids.map((id) => names.get(id) ?? id), 'and') }
  const isMine = (asked: readonly string[]) => of.teams.length === 0 || asked.length === 0 || asked.some((team) => of.teams.includes(team))
  for (const one of gathered.series) addSeries(making, one, isMine, now)
  if (of.seriesId === null) {
    for (const one of gathered.checkIns) if (one.series === null && isMine(one.teams)) addSingle(making, one)
    await addTargets(making, store, from, to, now)
    for (const { event, sequence, at, isOff } of await freezesWithEnds(store, from, to, new Date(now.getTime() - GONE_DAYS * DAY_MS))) addDay(making, event, { sequence, at, isOff })
  }
  return calendar.toString()
}

/** A name that calendars take without escaping, which the library leaves out for it. */
function plain(text: string): string {
  return text.replaceAll(/[,;\\\r\n]+/g, ' ').trim()
}

const local = (wall: string) => Temporal.PlainDateTime.from(wall)
const later = (wall: string, minutes: number) => local(wall).add({ minutes })

function addSeries(making: Making, known: KnownSeries, isMine: (teams: readonly string[]) => boolean, now: Date): void {
  for (const stretch of known.state.stretches) {
    if (!isMine(stretch.plan.teams)) continue
    const own = known.occurrences.filter(({ laid }) => laid.stretch.number === stretch.number)
    if (stretch.to === stretch.from) addGone(making, known, stretch, now)
    else if (stretch.plan.rhythm.kind === 'rollout') {
      for (const { laid, checkIn, isShown } of own) if (checkIn !== null || isShown) addOccurrence(making, known, laid, checkIn, `${uid(known.id, stretch)}-${laid.key.replaceAll(/\D/g, '')}`, false)
    } else if (addMaster(making, known, stretch)) {
      for (const { laid, checkIn } of own) if (isException(laid, checkIn, known)) addOccurrence(making, known, laid, checkIn, uid(known.id, stretch), true)
    }
  }
}

function uid(seriesId: string, stretch: Stretch): string {
  return `${seriesId}-${stretch.number}`
}

function firstOf(stretch: Stretch, ground: Ground): Occurrence | null {
  const start = stretch.plan.firstDate > stretch.from ? stretch.plan.firstDate : stretch.from
  return layOutStretch(stretch, ground, start, addDays(start, 6 * 365))[0] ?? null
}

/** In: the minutes that it takes; null where teams answer in writing. */
function words(making: Making, teams: readonly string[], minutes: number | null, note: string | null, path: string): Pick<ICalEventData, 'description' | 'url'> {
  const url = `${making.publicUrl}${path}`
  return { description: [`${minutes === null ? 'In writing' : `${minutes} min`} with ${making.teamWords(teams)}.`, ...(note === null ? [] : [`${note.charAt(0).toUpperCase()}${note.slice(1)}.`]), url].join('\n'), url }
}

/** The event that comes back by its rule. Out: false when it never takes place. */
function addMaster(making: Making, { id, titleOf }: KnownSeries, stretch: Stretch): boolean {
  const { plan } = stretch
  const first = firstOf(stretch, making.ground)
  if (!first) return false
  const last = [stretch.to === null ? null : addDays(stretch.to, -1), plan.lastDate].filter((date) => date !== null).toSorted()[0]
  const until = last === undefined ? '' : `;UNTIL=${instantAt(plan.zone, `${last}T23:59`).slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  making.calendar.createEvent({
    id: `${uid(id, stretch)}@${making.host}`, sequence: stretch.sequence, stamp: new Date(stretch.changedAt), lastModified: new Date(stretch.changedAt), timezone: plan.zone,
    start: local(first.key), end: later(first.key, plan.durationMinutes), repeating: `RRULE:${ruleOf(plan.rhythm, commonDays(making.ground.teams, plan.teams))}${until}`,
    summary: titleOf(first), status: ICalEventStatus.CONFIRMED, ...words(making, plan.teams, plan.answerHours ? null : plan.durationMinutes, null, '/calendar'),
  })
  return true
}

/** Whether a day differs from what the rule of its series says. */
function isException(laid: Occurrence, checkIn: KnownCheckIn | null, { titleOf }: KnownSeries): boolean {
  const { plan } = laid.stretch
  const regular = instantAt(plan.zone, laid.key)
  if (!checkIn) return laid.status === 'skipped' || laid.startsAt !== regular || laid.note !== null
  return checkIn.status === 'cancelled' || checkIn.startsAt !== regular || checkIn.durationMinutes !== plan.durationMinutes || checkIn.title !== titleOf(laid)
}

function addOccurrence(making: Making, { titleOf }: KnownSeries, laid: Occurrence, checkIn: KnownCheckIn | null, id: string, isException: boolean): void {
  const { plan, sequence, changedAt } = laid.stretch
  const minutes = checkIn?.durationMinutes ?? plan.durationMinutes
  const isOff = checkIn ? checkIn.status === 'cancelled' : laid.status === 'skipped'
  const start = wallAt(plan.zone, checkIn?.startsAt ?? laid.startsAt)
  const note = checkIn && checkIn.startsAt !== laid.startsAt ? `moved from its regular time, ${dateWords(laid.key.slice(0, 10))}, ${laid.key.slice(11)}` : laid.note
  making.calendar.createEvent({
    id: `${id}@${making.host}`, sequence: sequence + (checkIn?.sequence ?? 0), stamp: new Date(changedAt), lastModified: new Date(changedAt), timezone: plan.zone,
    ...(isException ? { recurrenceId: local(laid.key) } : {}), start: local(start), end: later(start, minutes),
    summary: checkIn?.title ?? titleOf(laid), status: isOff ? ICalEventStatus.CANCELLED : laid.isConditional && !checkIn ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    ...words(making, checkIn?.teams ?? plan.teams, (checkIn ? checkIn.isWritten : plan.answerHours) ? null : minutes, note, checkIn ? `/check-ins/${checkIn.id}` : '/calendar'),
  })
}

/** A plan that another one replaced before it ever took place. */
function addGone(making: Making, known: KnownSeries, stretch: Stretch, now: Date): void {
  if (Date.parse(stretch.changedAt) < now.getTime() - GONE_DAYS * DAY_MS || stretch.plan.rhythm.kind === 'rollout') return
  const first = firstOf({ ...stretch, to: null }, making.ground)
  if (!first) return
  making.calendar.createEvent({
    id: `${uid(known.id, stretch)}@${making.host}`, sequence: stretch.sequence, stamp: new Date(stretch.changedAt), lastModified: new Date(stretch.changedAt), timezone: stretch.plan.zone,
    start: local(first.key), end: later(first.key, stretch.plan.durationMinutes), summary: known.titleOf(first), status: ICalEventStatus.CANCELLED,
  })
}

function addSingle(making: Making, one: KnownCheckIn): void {
  const start = wallAt(one.zone, one.startsAt)
  making.calendar.createEvent({
    id: `${one.id}@${making.host}`, sequence: one.sequence, stamp: new Date(one.scheduledAt), timezone: one.zone, start: local(start), end: later(start, one.durationMinutes),
    summary: one.title, status: one.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED, ...words(making, one.teams, one.isWritten ? null : one.durationMinutes, null, `/check-ins/${one.id}`),
  })
}

/** Target dates and planned releases; those of releases that ended before their day are told as cancelled for a while. */
async function addTargets(making: Making, store: Store, from: Date, to: Date, now: Date): Promise<void> {
  const [moving, ended] = await Promise.all([movingReleases(store), endedBeforeTarget(store, new Date(now.getTime() - GONE_DAYS * DAY_MS))])
  const events = [...moving.map((one) => ({ one, isOff: false })), ...ended.map((one) => ({ one, isOff: true }))]
    .flatMap(({ one, isOff }: { one: MovingRelease; isOff: boolean }) => targetEvent(one, from, to).map((event) => ({ one, isOff, event })))
  const turns = await targetTurns(store, events.map(({ one }) => one.id))
  for (const { one, isOff, event } of events) {
    const turn = turns.get(one.id)
    addDay(making, event, { sequence: (turn?.count ?? 0) + Number(isOff), at: turn?.at ?? now, isOff })
  }
}

/** A target date is a day; a freeze lasts from an instant to another. In: how often it was changed, when last, and whether it is off. */
function addDay(making: Making, event: CalendarEvent, { sequence, at, isOff }: { readonly sequence: number; readonly at: Date; readonly isOff: boolean }): void {
  const isDay = event.kind !== 'freeze'
  const day = Temporal.PlainDate.from(event.startsAt.slice(0, 10))
  making.calendar.createEvent({
    id: `${event.id.replaceAll(' ', '-')}@${making.host}`, sequence, stamp: at, lastModified: at, summary: event.title, description: `${event.detail}\n${making.publicUrl}${event.href ?? ''}`, url: `${making.publicUrl}${event.href ?? ''}`,
    ...(isDay ? { start: day, end: day.add({ days: 1 }), allDay: true } : { start: new Date(event.startsAt), end: new Date(event.endsAt) }),
    status: isOff ? ICalEventStatus.CANCELLED : event.kind === 'target' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
  })
}


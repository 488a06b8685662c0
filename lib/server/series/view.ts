/** Reads series: how each goes, when it takes place next, and for whom it lies outside of working hours; and what a plan would come to before it is saved. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { movingReleases } from '@/db/calendar'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { NextShown, PlanPreview, SeriesListView, SeriesView } from '@/lib/domain/calendar/view'
import { formatPlural } from '@/lib/domain/format'
import { listOf } from '@/lib/domain/policy'
import type { Team } from '@/lib/domain/installation/state'
import { applySeries } from '@/lib/domain/series/apply'
import type { PlanWords } from '@/lib/domain/series/commands'
import { decideSeries } from '@/lib/domain/series/decide'
import { dateWords, layOut, type Ground } from '@/lib/domain/series/lay-out'
import { rhythmWords, tidyRule } from '@/lib/domain/series/rhythm'
import { currentPlan, type SeriesPlan, type SeriesState } from '@/lib/domain/series/state'
import { addDays, wallAt, weekdayOf } from '@/lib/domain/series/wall-clock'
import { freeText, wordsOf } from '@/lib/domain/text'
import { cardWords } from '@/lib/server/calendar/view'
import { gather, type KnownSeries } from '@/lib/server/calendar/check-ins'
import { rawStore } from '@/lib/server/raw-store'
import { loadGround } from '@/lib/server/series/ground'
import { loadNames, loadTeams, whyNot } from '@/lib/server/view/people'

const DAY_MS = 86_400_000
/** Long enough to find the next of a rule that names one month of a year. */
const AHEAD_DAYS = 400
const MOST_NEXT = 5

interface Around {
  readonly teams: readonly Team[]
  readonly names: ReadonlyMap<string, string>
  readonly models: ReadonlyMap<string, string>
  readonly codes: ReadonlyMap<string, string>
}

async function around(store: Store): Promise<Around & Pick<SeriesListView, 'releases'>> {
  const [teams, names, models, releases] = await Promise.all([loadTeams(store), loadNames(store), loadAggregates(store, 'model', 'all'), movingReleases(store)])
  return {
    teams, names, models: new Map([...models].filter(([, one]) => one.state.archivedAt === null).map(([id, { state }]) => [id, state.name])), codes: new Map(releases.map((one) => [one.id, one.code])),
    releases: releases.map((one) => ({ id: one.id, code: one.code, modelName: cardWords(one).modelName })),
  }
}

/** All series that go on, and those that ended in the last month. */
export async function seriesList(actor: Actor, now = new Date()): Promise<SeriesListView> {
  const store = await rawStore()
  const [place, { series }] = await Promise.all([around(store), gather(store, now, new Date(now.getTime() + AHEAD_DAYS * DAY_MS), now)])
  const shown = series.filter(({ state }) => state.ended === null || Date.parse(state.ended.at) > now.getTime() - 30 * DAY_MS)
  const views = await Promise.all(shown.map((one) => viewOf(store, one, place, actor, now)))
  return {
    series: views.toSorted((a, b) => Number(a.ended !== null) - Number(b.ended !== null) || a.title.localeCompare(b.title, 'en')),
    models: [...place.models].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en')), releases: place.releases,
    teams: place.teams.map(({ id, name }) => ({ id, name })), allowed: { plan: whyNot(actor, 'series.plan') },
  }
}

/** One series, or null. */
export async function seriesView(actor: Actor, id: string, now = new Date()): Promise<SeriesView | null> {
  const store = await rawStore()
  if (!(await loadAggregate(store, 'series', id))) return null
  const [place, { series }] = await Promise.all([around(store), gather(store, now, new Date(now.getTime() + AHEAD_DAYS * DAY_MS), now, id)])
  const [one] = series
  return one ? viewOf(store, one, place, actor, now) : null
}

async function viewOf(store: Store, { id, version, state, occurrences }: KnownSeries, place: Around, actor: Actor, now: Date): Promise<SeriesView> {
  const words = await revealTexts(store, [id])
  const reveal = (hash: string) => words.get(hash)
  const plan = currentPlan(state)
  const next = occurrences.filter(({ laid, checkIn, isShown }) => (checkIn ? checkIn.startsAt : laid.startsAt) > now.toISOString() && (checkIn !== null || isShown)).slice(0, MOST_NEXT).map(({ laid, checkIn }): NextShown => ({
    key: laid.key, startsAt: checkIn?.startsAt ?? laid.startsAt, status: checkIn?.status === 'cancelled' ? 'cancelled' : checkIn ? 'planned' : laid.status === 'skipped' ? 'skipped' : laid.isConditional ? 'conditional' : 'planned',
    note: checkIn && checkIn.startsAt !== laid.startsAt ? `moved by hand from ${laid.key.slice(11)}` : laid.note, href: checkIn ? `/check-ins/${checkIn.id}` : null,
  }))
  const title = wordsOf(plan.title, reveal)
  return {
    id, version, revision: state.revision, title, rhythm: courseWords(state, wallAt(plan.zone, now.getTime()).slice(0, 10)), scope: scopeWords(plan, place), teams: plan.teams.map((team) => place.teams.find((one) => one.id === team)?.name ?? team),
    plan: { ...plan, title }, next, warnings: state.ended ? [] : warningsOf(plan, place.teams, next[0]?.startsAt ?? null),
    changedBy: place.names.get(state.changedBy) ?? 'someone', ended: state.ended && { at: state.ended.at, reason: wordsOf(state.ended.reason, reveal) },
    allowed: { plan: whyNot(actor, 'series.plan'), open: whyNot(actor, 'series.open') },
  }
}

/** How it goes, and from when on otherwise: "Every Monday at 10:00 UTC; from Mon 21 December: every Monday at 11:30 UTC". In: today's date in its zone. */
function courseWords(state: SeriesState, today: string): string {
  const told = state.stretches.filter((one) => one.to === null || one.to > today).map((one) => ({ from: one.from, words: rhythmWords(one.plan) }))
  const [first, ...later] = told.filter((one, index) => one.words !== told[index - 1]?.words)
  return [first?.words ?? rhythmWords(currentPlan(state)), ...later.map((one) => `from ${dateWords(one.from)}: ${one.words.charAt(0).toLowerCase()}${one.words.slice(1)}`)].join('; ')
}

function scopeWords({ scope }: SeriesPlan, { models, codes }: Around): string {
  if (scope.kind === 'all') return 'all releases'
  if (scope.kind === 'model') return `releases of ${models.get(scope.modelId) ?? 'a model that was archived'}`
  const known = scope.releaseIds.flatMap((id) => codes.get(id) ?? [])
  return known.length === 0 ? formatPlural(scope.releaseIds.length, 'release') : known.join(', ')
}

/** Teams for which the time lies outside of their working hours. In: an instant at which it takes place. */
export function warningsOf(plan: Pick<SeriesPlan, 'teams' | 'durationMinutes'>, teams: readonly Team[], at: string | null): readonly string[] {
  if (at === null) return []
  const outside = teams.filter((team) => plan.teams.includes(team.id)).flatMap((team) => {
    const { zone, days, from, to } = team.workingHours
    const [start, end] = [wallAt(zone, at), wallAt(zone, Date.parse(at) + plan.durationMinutes * 60_000)]
    const isWithin = days.includes(weekdayOf(start.slice(0, 10))) && start.slice(11) >= from && end.slice(11) <= to && end.slice(0, 10) === start.slice(0, 10)
    const why = `${from} to ${to} ${zone.replaceAll('_', ' ')}; for them it is at ${start.slice(11)}${days.includes(weekdayOf(start.slice(0, 10))) ? '' : ' on a free day'}.`
    return isWithin ? [] : [{ name: team.name, why }]
  })
  // teams with the same hours are told in one sentence
  return [...new Set(outside.map((one) => one.why))].map((why) => {
    const names = outside.filter((one) => one.why === why).map((one) => one.name)
    return `${listOf(names, 'and')} ${names.length === 1 ? 'works' : 'work'} ${why}`
  })
}

/** What a plan comes to. In: its words, checked by their schema. */
export async function previewPlan(actor: Actor, words: PlanWords, now = new Date()): Promise<PlanPreview> {
  const plan: PlanWords = words.rhythm.kind === 'rule' ? { ...words, rhythm: { kind: 'rule', rule: tidyRule(words.rhythm.rule) } } : words
  const store = await rawStore()
  const [ground, teams] = await Promise.all([loadGround(store), loadTeams(store)])
  const id = '00000000-0000-4000-8000-000000000000'
  const outcome = decideSeries(null, { type: 'start-series', plan }, {
    actor, id, ground, now: now.toISOString(), teams, isScopeKnown: () => true, releaseIdsOf: () => 'all', isRollingOut: () => false, checkInIdOf: (key) => key, checkIns: new Map(), reveal: () => null,
  })
  const rhythm = rhythmWords(plan)
  if (!outcome.ok) return { problem: outcome.refusal.message, rhythm, next: [], warnings: [] }
  const state = applySeries(null, { type: 'series-started', v: 1, at: now.toISOString(), by: '', id, plan: { ...plan, title: freeText(plan.title) } })
  const next = nextOf(state, ground, now)
  return { problem: null, rhythm, next, warnings: warningsOf(plan, teams, next.find((one) => one.status !== 'skipped')?.startsAt ?? null) }
}

function nextOf(state: SeriesState, ground: Ground, now: Date): readonly NextShown[] {
  const today = now.toISOString().slice(0, 10)
  const from = currentPlan(state).firstDate > today ? currentPlan(state).firstDate : today
  return layOut(state, ground, from, addDays(from, AHEAD_DAYS)).filter((one) => one.startsAt > now.toISOString()).slice(0, MOST_NEXT)
    .map((one) => ({ key: one.key, startsAt: one.startsAt, status: one.status === 'skipped' ? 'skipped' : one.isConditional ? 'conditional' : 'planned', note: one.note, href: null }))
}

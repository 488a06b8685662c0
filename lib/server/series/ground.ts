/** What series are laid out on: the rules' days, the teams' working days and everybody's holidays; and which check-in an occurrence is. */
import 'server-only'
import { v5 as named } from 'uuid'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import type { Ground } from '@/lib/domain/series/lay-out'
import { currentPlan, type Scope } from '@/lib/domain/series/state'
import { wordsOf } from '@/lib/domain/text'
import { datesOf } from './recurrence'

/** The same id whoever asks, in every process: so an occurrence becomes one check-in, however many open it at once. */
export function checkInIdOf(seriesId: string, key: string): string {
  return named(key, seriesId)
}

export async function loadGround(store: Store): Promise<Ground> {
  const loaded = await loadAggregate(store, 'installation', INSTALLATION_ID)
  const teams = (loaded?.state.teams ?? []).map((team) => ({ id: team.id, days: team.workingHours.days }))
  return { datesOf, teams, holidays: loaded?.state.holidays ?? [] }
}

interface Moving {
  readonly id: string
  readonly modelId: string
  readonly phase: string
}

/** Releases in flight that a scope means. */
export function inScope<R extends Moving>(scope: Scope, moving: readonly R[]): readonly R[] {
  switch (scope.kind) {
    case 'all': return moving
    case 'model': return moving.filter((one) => one.modelId === scope.modelId)
    case 'releases': return moving.filter((one) => scope.releaseIds.includes(one.id))
  }
}

const ROLLING = new Set(['rolling-out', 'soaking', 'rolling-back'])

/** Whether a release of the scope is on its way to its traffic, or back. */
export function isRollingOut(scope: Scope, moving: readonly Moving[]): boolean {
  return inScope(scope, moving).some((one) => ROLLING.has(one.phase))
}

/** The releases that a check-in of the scope speaks of: a model's are those in flight at the time. */
export function releaseIdsOf(scope: Scope, moving: readonly Moving[]): 'all' | readonly string[] {
  if (scope.kind === 'all') return 'all'
  return scope.kind === 'releases' ? scope.releaseIds : inScope(scope, moving).map((one) => one.id).toSorted()
}

/** The title of a series, or null where there is none. */
export async function seriesTitle(store: Store, id: string): Promise<string | null> {
  const loaded = await loadAggregate(store, 'series', id)
  if (!loaded) return null
  const words = await revealTexts(store, [id])
  return wordsOf(currentPlan(loaded.state).title, (hash) => words.get(hash))
}

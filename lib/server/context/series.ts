/** What decisions on a series rest on: itself, the days and holidays, the releases that it means, and the check-ins that it has become. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { movingPhases } from '@/db/calendar'
import type { Store } from '@/db/store'
import type { CheckInState } from '@/lib/domain/check-in/state'
import { seriesCommand, type SeriesCommand } from '@/lib/domain/series/commands'
import type { SeriesContext } from '@/lib/domain/series/context'
import { decideSeries } from '@/lib/domain/series/decide'
import { layOut, type Ground } from '@/lib/domain/series/lay-out'
import { LOOK_BACK_DAYS, NEXT_LEAD_DAYS } from '@/lib/domain/series/settle'
import type { Scope, SeriesState } from '@/lib/domain/series/state'
import { addDays } from '@/lib/domain/series/wall-clock'
import { defineContext, type Seen } from '@/lib/server/context/registration'
import { checkInIdOf, isRollingOut, loadGround, releaseIdsOf } from '@/lib/server/series/ground'
import { loadTeams } from '@/lib/server/view/people'

interface Loaded {
  readonly state: SeriesState | null
  readonly context: SeriesContext
  /** The occurrence that the command names. */
  readonly key: string | null
}

async function unknownIn(store: Store, scope: Scope): Promise<boolean> {
  if (scope.kind === 'all') return false
  const [kind, ids] = scope.kind === 'model' ? (['model', [scope.modelId]] as const) : (['release', scope.releaseIds] as const)
  return (await loadAggregates(store, kind, ids)).size < ids.length
}

/** Keys whose check-ins may change by a command: what is laid out around now, what was opened for later, and the one that is named. */
function keysFor(state: SeriesState, command: SeriesCommand, ground: Ground, now: Date): readonly string[] {
  const today = now.toISOString().slice(0, 10)
  const laid = layOut(state, ground, addDays(today, -LOOK_BACK_DAYS), addDays(today, NEXT_LEAD_DAYS + 1)).map((one) => one.key)
  const later = state.opened.filter((key) => key >= addDays(today, -2))
  const one = 'key' in command ? [command.key] : command.type === 'change-series' && command.from !== 'next' ? [command.from] : []
  return [...new Set([...laid, ...later, ...one])]
}

export const seriesContext = defineContext<SeriesCommand, Loaded>({
  schema: seriesCommand,
  async load(store, id, command, actor, now) {
    const [loaded, ground, teams, moving, words] = await Promise.all([loadAggregate(store, 'series', id), loadGround(store), loadTeams(store), movingPhases(store), revealTexts(store, [id])])
    const state = loaded?.state ?? null
    const isUnknown = 'plan' in command && (await unknownIn(store, command.plan.scope))
    const keys = state ? keysFor(state, command, ground, now) : []
    const ids = new Map(keys.map((key) => [checkInIdOf(id, key), key]))
    const found = await loadAggregates(store, 'check-in', [...ids.keys()])
    const checkIns = new Map<string, CheckInState>([...found].flatMap(([checkInId, one]) => { const key = ids.get(checkInId); return key === undefined ? [] : [[key, one.state] as const] }))
    // Those that are running or over are never touched, so that what happens in them does not make this decision start again.
    const touched = [...ids.keys()].flatMap((checkInId): Seen[] => {
      const there = found.get(checkInId)
      return there && there.state.status !== 'scheduled' ? [] : [{ kind: 'check-in', id: checkInId, version: there?.version ?? 0 }]
    })
    const context: SeriesContext = {
      actor, id, ground, checkIns, now: now.toISOString(), teams: teams.map((team) => ({ id: team.id, name: team.name })),
      isScopeKnown: () => !isUnknown, releaseIdsOf: (scope) => releaseIdsOf(scope, moving), isRollingOut: (scope) => isRollingOut(scope, moving),
      checkInIdOf: (key) => checkInIdOf(id, key), reveal: (hash) => words.get(hash),
    }
    return { context: { state, context, key: 'key' in command ? command.key : null }, versions: [{ kind: 'series', id, version: loaded?.version ?? 0 }, ...touched] }
  },
  decide: ({ state, context }, command) => decideSeries(state, command, context),
  answer: (_changes, { context, key }) => (key === null ? null : { checkInId: context.checkInIdOf(key) }),
})

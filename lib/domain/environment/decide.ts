/** The rules by which environments and their freezes are registered and changed. */
import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'
import type { EnvironmentCommand } from './commands'
import type { EnvironmentEvent } from './events'
import type { EnvironmentState } from './state'

export interface EnvironmentContext {
  readonly actor: Actor
  readonly now: string
  /** The id of the environment, also before it exists. */
  readonly id: string
  /** Slugs of the other environments, archived ones too. */
  readonly otherSlugs: readonly string[]
  /** Ids of metrics sources that are not archived. */
  readonly sources: readonly string[]
  /** Codes of releases into it that are not over. */
  readonly openReleases: readonly string[]
}

const ACTIONS = {
  'add-environment': 'environment.register', 'edit-environment': 'environment.change', 'add-freeze': 'environment.add-freeze',
  'end-freeze': 'environment.end-freeze', 'archive-environment': 'environment.archive', 'restore-environment': 'environment.restore',
} as const satisfies Record<EnvironmentCommand['type'], ActionName>

const LONGEST_FREEZE_DAYS = 120
const DAY = 86_400_000

/** In: the state (null before it was added), the command, and what else it rests on. Out: changes, or a refusal that says what to do. */
export function decideEnvironment(state: EnvironmentState | null, command: EnvironmentCommand, context: EnvironmentContext): Outcome {
  const allowed = may(context.actor, ACTIONS[command.type])
  if (allowed !== true) return { ok: false, refusal: allowed }
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const happened = (event: EnvironmentEvent) => accept({ kind: 'environment', id: context.id, events: [event] })

  if (command.type === 'add-environment') {
    if (state !== null) return refuse('exists', 'An environment with this id exists already.')
    if (context.otherSlugs.includes(command.slug)) return refuse('exists', `The slug “${command.slug}” is taken. Choose another one.`)
    const { type: _type, ...fields } = command
    return missingSource(context, command.sourceId) ?? happened({ ...stamp, ...fields, type: 'environment-added', id: context.id })
  }
  if (state === null) return refuse('not-found', 'There is no such environment.')
  if (state.archivedAt !== null && command.type !== 'restore-environment') return refuse('closed', `${state.name} is archived. Restore it first.`)

  switch (command.type) {
    case 'edit-environment': {
      const { type: _type, ...fields } = command
      return missingSource(context, command.sourceId) ?? happened({ ...stamp, ...fields, type: 'environment-edited' })
    }
    case 'add-freeze': return addFreeze(state, command, context, happened)
    case 'end-freeze': {
      const freeze = state.freezes.find((one) => one.id === command.freezeId)
      if (!freeze) return refuse('not-found', 'There is no such freeze.')
      if (freeze.ended !== null || freeze.to <= context.now) return refuse('closed', 'This freeze is over already.')
      return happened({ ...stamp, type: 'freeze-ended', freezeId: freeze.id })
    }
    case 'archive-environment': {
      if (context.openReleases.length > 0) return refuse('blocked', `${context.openReleases.join(', ')} is still open here. Finish or cancel it first.`)
      return happened({ ...stamp, type: 'environment-archived' })
    }
    case 'restore-environment': return state.archivedAt === null ? refuse('closed', `${state.name} is not archived.`) : happened({ ...stamp, type: 'environment-restored' })
  }
}

function addFreeze(
  state: EnvironmentState,
  command: Extract<EnvironmentCommand, { type: 'add-freeze' }>,
  context: EnvironmentContext,
  happened: (event: EnvironmentEvent) => Outcome,
): Outcome {
  const { freezeId, from, to, zone, reason } = command
  if (state.freezes.some((freeze) => freeze.id === freezeId)) return refuse('exists', 'A freeze with this id exists already.')
  if (to <= from) return refuse('invalid', 'The freeze ends before it begins. Choose a later end.')
  if (to <= context.now) return refuse('invalid', 'The freeze is over before it is declared. Choose a later end.')
  if (Date.parse(to) - Date.parse(from) > LONGEST_FREEZE_DAYS * DAY) return refuse('invalid', `A freeze lasts at most ${LONGEST_FREEZE_DAYS} days. Choose an earlier end, and declare another one later.`)
  const by = actorId(context.actor)
  const freeze = { id: freezeId, from, to, zone, reason: freeText(reason), by, at: context.now, ended: null }
  return happened({ type: 'freeze-added', v: 1, at: context.now, by, freeze })
}

function missingSource(context: EnvironmentContext, sourceId: string | null): Outcome | null {
  return sourceId === null || context.sources.includes(sourceId) ? null : refuse('not-found', 'There is no such metrics source. Add it first, or choose none.')
}

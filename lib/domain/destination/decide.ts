/** The rules by which destinations are added, changed, tested and given up. */

import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import type { DestinationCommand } from '@/lib/domain/destination/commands'
import type { DestinationEvent } from '@/lib/domain/destination/events'
import type { DestinationState } from '@/lib/domain/destination/state'
import type { Routing } from '@/lib/domain/notice/routing'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'

export interface DestinationContext {
  readonly actor: Actor
  readonly id: string
  /** The time of the command as an ISO string. */
  readonly now: string
  /** Ids of the teams that are not archived. */
  readonly teams: readonly string[]
}

const ACTION: Readonly<Record<Exclude<DestinationCommand['type'], 'disable-destination'>, ActionName>> = {
  'add-destination': 'destination.create',
  'edit-destination': 'destination.change',
  'change-address': 'destination.change',
  'rotate-signing': 'destination.change',
  'enable-destination': 'destination.change',
  'archive-destination': 'destination.archive',
  'send-test': 'destination.test',
  'replay': 'destination.replay',
}

/**
 * Decides one command on a destination. In: the state (null before it is added), the command, who asks and when.
 * Out: changes, or a refusal that says what to do. Only the product disables for what the other side answered; people may pause.
 */
export function decideDestination(state: DestinationState | null, command: DestinationCommand, context: DestinationContext): Outcome {
  const allowed = isAllowed(state, command, context.actor)
  if (allowed !== true) return { ok: false, refusal: allowed }
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const change = (event: DestinationEvent): Outcome => accept({ kind: 'destination', id: context.id, events: [event] })

  if ('team' in command && command.team !== null && !context.teams.includes(command.team)) {
    return refuse('invalid', `There is no team "${command.team}". Choose one of ${context.teams.join(', ')}, or all teams.`)
  }
  if ('hours' in command && command.hours?.kind === 'team' && !context.teams.includes(command.hours.team)) {
    return refuse('invalid', `There is no team "${command.hours.team}" whose working hours could be kept. Choose one of ${context.teams.join(', ')}.`)
  }
  const unknown = 'routing' in command ? newTeams(command.routing, state?.routing).find((one) => !context.teams.includes(one)) : undefined
  if (unknown !== undefined) return refuse('invalid', `There is no team "${unknown}". The rule may name ${context.teams.join(', ')}.`)
  if (command.type === 'add-destination') {
    if (state !== null) return refuse('exists', 'This destination exists already. Open it to change it.')
    const { kind, team, eventKinds, secretId, hint } = command
    return change({ type: 'destination-added', ...stamp, id: context.id, kind, name: freeText(command.name), team, eventKinds, ...choicesOf(command), secretId, hint })
  }
  if (state === null) return refuse('not-found', 'There is no such destination. It may never have been saved; add it again.')
  if (state.archivedAt !== null) return refuse('closed', 'This destination was removed. Add a new one.')

  switch (command.type) {
    case 'edit-destination':
      return change({ type: 'destination-edited', ...stamp, name: freeText(command.name), team: command.team, eventKinds: command.eventKinds, ...choicesOf(command) })
    case 'change-address':
      return change({ type: 'destination-addressed', ...stamp, secretId: command.secretId, hint: command.hint })
    case 'rotate-signing':
      if (state.kind !== 'webhook') return refuse('invalid', 'Only plain webhooks are signed; the address of this one is its secret. Change the address instead.')
      return change({ type: 'signing-rotated', ...stamp })
    case 'disable-destination':
      if (state.disabled !== null) return refuse('exists', 'This destination is switched off already.')
      return change({ type: 'destination-disabled', ...stamp, reason: command.reason, answer: command.answer })
    case 'enable-destination':
      if (state.disabled === null) return refuse('exists', 'This destination is switched on already.')
      return change({ type: 'destination-enabled', ...stamp })
    case 'archive-destination': return change({ type: 'destination-archived', ...stamp })
    case 'send-test':
      if (state.disabled !== null) return refuse('blocked', 'This destination is switched off. Switch it on, then send the test.')
      return change({ type: 'test-asked', ...stamp })
    case 'replay':
      if (state.disabled !== null) return refuse('blocked', 'This destination is switched off. Switch it on, then send the messages again.')
      return change({ type: 'replay-asked', ...stamp, deliveryIds: command.deliveryIds })
  }
}

/** What a command does not say is left as it is. */
function choicesOf({ routing, hours }: Pick<Extract<DestinationCommand, { type: 'edit-destination' }>, 'routing' | 'hours'>): Pick<DestinationState, 'routing' | 'hours'> {
  return { ...(routing === undefined ? {} : { routing }), ...(hours === undefined ? {} : { hours }) }
}

/** Teams that a rule names and the one before it did not; a team that was archived since may stay in a rule that is otherwise changed. */
function newTeams(routing: Routing | undefined, before: Routing | undefined): readonly string[] {
  const named = (rule: Routing | undefined): readonly string[] => [...(rule?.teams?.anyOf ?? []), ...(rule?.teams?.noneOf ?? [])]
  return named(routing).filter((one) => !named(before).includes(one))
}

function isAllowed(state: DestinationState | null, command: DestinationCommand, actor: Actor): ReturnType<typeof may> {
  if (command.type === 'disable-destination' && command.reason !== 'paused') {
    if (actor.kind === 'system') return true
    return { code: 'forbidden', message: 'Only the product itself may say what the other side answered. Pause the destination instead.' }
  }
  // Weighed by the team that has it now, so that nobody takes another team's destination by moving it to their own.
  const teams = state === null || state.team === null ? [] : [state.team]
  return may(actor, command.type === 'disable-destination' ? 'destination.change' : ACTION[command.type], { teams })
}

/** The rules by which incidents of the status page are opened, told on, corrected and withdrawn. */

import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import type { IncidentCommand } from '@/lib/domain/incident/commands'
import type { IncidentEvent } from '@/lib/domain/incident/events'
import { incidentStatus, type IncidentPlace, type IncidentState } from '@/lib/domain/incident/state'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'

export interface IncidentContext {
  readonly actor: Actor
  readonly id: string
  /** The time of the command as an ISO string. */
  readonly now: string
  readonly modelIds: readonly string[]
  readonly environmentIds: readonly string[]
  /** What the other incidents that were not withdrawn are about. */
  readonly othersAbout: readonly string[]
}

const ACTION: Readonly<Record<IncidentCommand['type'], ActionName>> = {
  'open-incident': 'incident.open', 'update-incident': 'incident.tell', 'edit-incident': 'incident.tell', 'correct-update': 'incident.tell',
  'write-post-mortem': 'incident.tell', 'withdraw-incident': 'incident.withdraw',
}
/** More would not be read by anybody, and every page that shows the incident carries them all. */
const MOST_UPDATES = 200
/** How far back an incident may have begun. */
const LONGEST_AGO_MS = 400 * 86_400_000

/**
 * Decides one command on an incident. In: the state (null before it is opened), the command, who asks and when.
 * Out: changes, or a refusal that says what to do. What was told stays in the record; a correction is shown as one.
 */
export function decideIncident(state: IncidentState | null, command: IncidentCommand, context: IncidentContext): Outcome {
  const allowed = may(context.actor, ACTION[command.type])
  if (allowed !== true) return { ok: false, refusal: allowed }
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const change = (event: IncidentEvent): Outcome => accept({ kind: 'incident', id: context.id, events: [event] })
  if ('places' in command) {
    const missing = missingPlace(command.places, state?.places ?? [], context)
    if (missing !== null) return refuse('invalid', missing)
  }

  if (command.type === 'open-incident') {
    if (state !== null) return refuse('exists', 'This incident is open already. Add an update to it.')
    if (command.about !== null && context.othersAbout.includes(command.about)) return refuse('exists', 'Somebody has written about this already. Add an update there.')
    const startedAt = new Date(command.startedAt ?? context.now).toISOString()
    const ago = Date.parse(context.now) - Date.parse(startedAt)
    if (ago < 0) return refuse('invalid', 'An incident cannot begin in the future. Say when it began, or leave it empty for now.')
    if (ago > LONGEST_AGO_MS) return refuse('invalid', 'An incident of more than a year ago is not shown any more. Say when it began.')
    const { about, audience, title, impact, places, status, text } = command
    return change({ type: 'incident-opened', ...stamp, id: context.id, about, audience, title: freeText(title), impact, places, status, text: freeText(text), startedAt })
  }
  if (state === null) return refuse('not-found', 'There is no such incident. It may never have been saved; open it again.')
  if (state.withdrawn !== null) return refuse('closed', 'This incident was withdrawn. Open another one.')

  switch (command.type) {
    case 'update-incident':
      if (state.updates.length >= MOST_UPDATES) return refuse('blocked', `An incident has at most ${MOST_UPDATES} updates. Resolve it and open another one.`)
      return change({ type: 'incident-updated', ...stamp, number: state.updates.length + 1, status: command.status, text: freeText(command.text), impact: command.impact ?? state.impact })
    case 'edit-incident':
      return change({ type: 'incident-edited', ...stamp, audience: command.audience, title: freeText(command.title), impact: command.impact, places: command.places })
    case 'correct-update':
      if (!state.updates.some((one) => one.number === command.number)) return refuse('not-found', `There is no update ${command.number}. Choose one of the ${state.updates.length}.`)
      return change({ type: 'update-corrected', ...stamp, number: command.number, text: freeText(command.text) })
    case 'write-post-mortem':
      if (incidentStatus(state) !== 'resolved') return refuse('blocked', 'A post-mortem comes after the end. Resolve the incident first.')
      return change({ type: 'post-mortem-written', ...stamp, text: freeText(command.text) })
    case 'withdraw-incident':
      return change({ type: 'incident-withdrawn', ...stamp, reason: freeText(command.reason) })
  }
}

/** What it names already may stay, though it was archived since. */
function missingPlace(places: readonly IncidentPlace[], before: readonly IncidentPlace[], { modelIds, environmentIds }: IncidentContext): string | null {
  for (const place of places) {
    if (before.some((one) => one.modelId === place.modelId && one.environmentId === place.environmentId)) continue
    if (!modelIds.includes(place.modelId)) return 'One of the models does not exist. Choose again what is affected.'
    if (!environmentIds.includes(place.environmentId)) return 'One of the environments does not exist. Choose again what is affected.'
  }
  return null
}

/** The rules by which metrics sources are added, changed and given up. */

import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'
import type { SourceCommand } from './commands'
import type { SourceEvent } from './events'
import type { SourceState } from './state'
import { originOf } from './url'

export interface SourceContext {
  readonly actor: Actor
  readonly id: string
  /** The time of the command as an ISO string. */
  readonly now: string
  /** The URL as it is, in words; null before it was added or when it was erased. */
  readonly url: string | null
  /** Slugs of the environments, not archived, that use this source. */
  readonly usedBy: readonly string[]
}

const ACTION: Readonly<Record<SourceCommand['type'], ActionName>> = {
  'add-source': 'source.register',
  'edit-source': 'source.change',
  'archive-source': 'source.archive',
  'restore-source': 'source.restore',
}

type Wishes = Extract<SourceCommand, { type: 'add-source' | 'edit-source' }>

function secretFault(command: Wishes, secretId: string | null): string | null {
  if (secretId !== null || !needsSecret(command)) return null
  if (command.auth !== 'none') return 'Give the credentials for this way of signing in.'
  return command.headerNames.length > 0 ? 'Give a value for each header.' : 'Give the certificates.'
}

function needsSecret(command: Wishes): boolean {
  return command.auth !== 'none' || command.headerNames.length > 0 || (command.tls ?? []).length > 0
}

/**
 * Decides one command on a metrics source. In: the state (null before it is added), the command, who asks and when.
 * Out: changes, or a refusal that says what to do. Credentials never follow a source to another host: they are given again.
 */
export function decideSource(state: SourceState | null, command: SourceCommand, context: SourceContext): Outcome {
  const allowed = may(context.actor, ACTION[command.type])
  if (allowed !== true) return { ok: false, refusal: allowed }
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const change = (event: SourceEvent): Outcome => accept({ kind: 'source', id: context.id, events: [event] })
  if (command.type === 'add-source') {
    if (state !== null) return refuse('exists', 'This source exists already. Open it to change it.')
    const fault = secretFault(command, command.secretId)
    if (fault !== null) return refuse('invalid', fault)
    return change({ type: 'source-added', ...stamp, id: context.id, ...wordsOf(command), secretId: command.secretId })
  }
  if (state === null) return refuse('not-found', 'There is no such metrics source. It may never have been saved; add it again.')
  if (command.type === 'restore-source') {
    return state.archivedAt === null ? refuse('exists', 'This source is not archived.') : change({ type: 'source-restored', ...stamp })
  }
  if (state.archivedAt !== null) return refuse('closed', 'This source is archived. Restore it first.')
  if (command.type === 'archive-source') {
    if (context.usedBy.length > 0) return refuse('blocked', `The ${context.usedBy.length === 1 ? 'environment' : 'environments'} ${context.usedBy.join(', ')} use this source. Give them another one first.`)
    return change({ type: 'source-archived', ...stamp })
  }
  const isNew = command.secretId !== undefined
  const secretId = command.secretId === undefined ? state.secretId : command.secretId
  const fault = secretFault(command, secretId)
  if (fault !== null) return refuse('invalid', fault)
  const isMoved = context.url === null || originOf(context.url) !== originOf(command.url)
  if (!isNew && secretId !== null && isMoved) return refuse('invalid', 'The address is another one: give the credentials again, so that they do not go to a host they were not meant for.')
  if (!isNew && secretId !== null && (command.auth !== state.auth || !sameNames(command.headerNames, state.headerNames) || !sameNames(command.tls ?? [], state.tls ?? []))) return refuse('invalid', 'The way of signing in, the headers or the certificates change: give their values again.')
  return change({ type: 'source-edited', ...stamp, ...wordsOf(command), secretId: needsSecret(command) ? secretId : null })
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, at) => name === right[at])
}

function wordsOf(command: Wishes) {
  const { auth, headerNames, tls, scrapeIntervalSeconds } = command
  return { name: freeText(command.name), url: freeText(command.url), auth, headerNames, ...(tls === undefined || tls.length === 0 ? {} : { tls }), scrapeIntervalSeconds }
}

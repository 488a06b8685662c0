/** The rules by which API tokens come and go (PRODUCT rule 20). */

import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import type { TokenCommand } from '@/lib/domain/token/commands'
import type { TokenEvent } from '@/lib/domain/token/events'
import type { TokenState } from '@/lib/domain/token/state'

export interface TokenContext {
  readonly id: string
  /** Null before creation. */
  readonly token: TokenState | null
  /** Names of the tokens that can still be used, lower case. */
  readonly namesInUse: readonly string[]
  /** Ids out of the command's `modelIds` that no model has. */
  readonly unknownModels: readonly string[]
}

const DAY_MS = 86_400_000

/** Decides one command on a token. In: the token and what it would clash with, the command, who asks and when. Out: changes, or a refusal. */
export function decideToken(context: TokenContext, command: TokenCommand, actor: Actor, now: Date): Outcome {
  const { token } = context
  const allowed = may(actor, `token.${command.type}`, token ? { named: [token.createdBy] } : {})
  if (allowed !== true) return { ok: false, refusal: allowed }
  const by = actorId(actor)
  const at = now.toISOString()
  if (command.type === 'create') {
    if (token !== null) return refuse('exists', 'This token exists already.')
    if (context.namesInUse.includes(command.name.toLowerCase())) return refuse('exists', `A token "${command.name}" is in use. Choose another name, or revoke that one.`)
    if (context.unknownModels.length > 0) return refuse('invalid', 'One of the models does not exist. Choose from the list of models.')
    const { name, scopes, modelIds, hash, days } = command
    const expiresAt = new Date(now.getTime() + days * DAY_MS).toISOString()
    return change(context.id, { type: 'token-created', v: 1, id: context.id, name, scopes, modelIds, hash, by, at, expiresAt })
  }
  if (token === null) return refuse('not-found', 'There is no such token.')
  if (token.revokedAt !== null) return refuse('closed', 'This token is revoked already.')
  return change(context.id, { type: 'token-revoked', v: 1, by, at })
}

function change(id: string, event: TokenEvent): Outcome {
  return accept({ kind: 'token', id, events: [event] })
}

/** Hides the steps around the record when people are invited, archived, erased, or change their password. */
import 'server-only'
import { credentialWrites, dropCredential, findCredential, setPassword } from '@/db/access'
import { eraseTexts, loadAggregate, wordsAbout } from '@/db/aggregate'
import { eraseFromOutbox } from '@/db/outbox-erase'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { Refusal } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import { beginAttempt } from '@/lib/server/auth/limiter'
import { makeLink, type MadeLink } from '@/lib/server/auth/links'
import { hashPassword, isPassword, passwordFault } from '@/lib/server/auth/password'
import { execute } from '@/lib/server/execute'
import { emailAddress } from '@/lib/domain/words'

export interface Invitation {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly memberships: readonly { readonly team: string; readonly role: 'member' | 'lead' }[]
  readonly isAdmin: boolean
}

/** Registers somebody and makes their link. A repeat under the same key registers once and makes a fresh link; the earlier one stops working. */
export async function invite(store: Store, wish: Invitation, actor: Actor, key: string, now: Date): Promise<MadeLink & { personId: string } | Refusal> {
  const allowed = may(actor, 'person.register')
  if (allowed !== true) return allowed
  const email = emailAddress.safeParse(wish.email)
  if (!email.success) return { code: 'invalid', message: 'email: must be an e-mail address', blockers: [{ code: 'email', message: 'must be an e-mail address' }] }
  const { id, name, memberships, isAdmin } = wish
  const beside = credentialWrites({ personId: id, emailLower: email.data, passwordHash: null, oidcIssuer: null, oidcSubject: null })
  const result = await execute({ kind: 'person', id, command: { type: 'register', name, email: email.data, memberships, isAdmin }, actor, key, now, beside })
  if (!result.ok) return result.refusal
  // Of a repeat under the same key, whoever was registered then.
  const personId = result.id
  const link = await makeLink(store, personId, now)
  return 'url' in link ? { ...link, personId } : link
}

/** Changes one's own password; asks for the current one, as a session may be a stranger's at an open desk. Every session ends. */
export async function changePassword(store: Store, personId: string, current: string, next: string, address: string, now: Date): Promise<null | Refusal> {
  const credential = await findCredential(store, { personId })
  if (!credential?.passwordHash) return { code: 'blocked', message: 'You sign in by the identity provider; change your password there.' }
  const attempt = await beginAttempt(store, `change ${personId}`, address, now)
  if (!attempt.isAllowed) return { code: 'blocked', message: 'Too many attempts. Wait a minute and try again.' }
  if (!(await isPassword(current, credential.passwordHash))) {
    return { code: 'forbidden', message: 'The current password is not right.', blockers: [{ code: 'current', message: 'This is not your current password.' }] }
  }
  await attempt.succeed()
  const fault = passwordFault(next, [credential.emailLower])
  if (fault !== null) return { code: 'invalid', message: `password: ${fault}`, blockers: [{ code: 'password', message: fault }] }
  await setPassword(store, personId, await hashPassword(next))
  return null
}

/**
 * Meets a request for erasure (PRODUCT rule 21): the words about an archived person and their sign-in are emptied; entries keep their
 * seals, so that the chain still verifies. Out: how many texts were emptied, or why not.
 */
export async function erasePerson(store: Store, personId: string, actor: Actor, now: Date): Promise<{ erased: number } | Refusal> {
  const allowed = may(actor, 'person.erase', { personId })
  if (allowed !== true) return allowed
  const person = (await loadAggregate(store, 'person', personId))?.state
  if (!person) return { code: 'not-found', message: 'There is no such person.' }
  if (person.archivedAt === null) return { code: 'blocked', message: 'Archive this person first; erasing cannot be undone.' }
  await eraseFromOutbox(store, await wordsAbout(store, personId))
  const erased = await eraseTexts(store, { subjectId: personId }, now)
  await dropCredential(store, personId)
  return { erased: erased.length }
}

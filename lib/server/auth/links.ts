/** Hides the one-time links by which people set their password: an invitation, or a reset that an admin made. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { findCredential, findLink, replaceLink, setPassword, spendLink, type LinkPurpose } from '@/db/access'
import { loadAggregate } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { SystemActor } from '@/lib/domain/actor'
import type { Refusal } from '@/lib/domain/aggregate'
import { codeHash, linkCode } from '@/lib/server/auth/code'
import { hashPassword, passwordFault } from '@/lib/server/auth/password'
import { env } from '@/lib/server/env'
import { execute } from '@/lib/server/execute'
import { loadPeople } from '@/lib/server/view/people'

/** How long links can be used, in milliseconds. */
const LIFE_MS = { invite: 7 * 86_400_000, reset: 86_400_000 } as const
const SETUP: SystemActor = { kind: 'system', name: 'setup' }
const USELESS: Refusal = { code: 'not-found', message: 'This link was used already, has expired, or was replaced. Ask an admin for a new one.' }

export interface MadeLink {
  readonly url: string
  readonly purpose: 'invite' | 'reset'
  readonly expiresAt: string
}

/** Makes the link by which a person sets a password; an earlier one stops working. In: a registered, unarchived person who has a credential. */
export async function makeLink(store: Store, personId: string, now: Date): Promise<MadeLink | Refusal> {
  const person = (await loadAggregate(store, 'person', personId))?.state
  if (!person || !(await findCredential(store, { personId }))) return { code: 'not-found', message: 'There is no such person.' }
  if (person.archivedAt !== null) return { code: 'closed', message: 'This person is archived. Restore them first.' }
  if (person.email === null) return { code: 'blocked', message: 'This person signs in by the identity provider.' }
  const purpose = person.joinedAt === null ? 'invite' : 'reset'
  const code = linkCode()
  const expiresAt = new Date(now.getTime() + LIFE_MS[purpose])
  await replaceLink(store, { hash: codeHash(code), purpose, personId, expiresAt })
  return { url: `${env().publicUrl}/${purpose}/${code}`, purpose, expiresAt: expiresAt.toISOString() }
}

/** Whose link it is, for the page that it opens; null when it cannot be used. */
export async function readLink(store: Store, purpose: LinkPurpose, code: string, now: Date): Promise<{ name: string; email: string | null } | null> {
  const link = await findLink(store, codeHash(code), now)
  if (link?.personId === undefined || link.personId === null || link.purpose !== purpose) return null
  const person = (await loadPeople(store)).get(link.personId)
  return person && person.state.archivedAt === null ? { name: person.name, email: person.email } : null
}

/** Uses a link: sets the password, ends earlier sessions, and lets an invited person join. Out: null, or why not; a refused password leaves the link. */
export async function acceptLink(store: Store, code: string, password: string, now: Date): Promise<null | Refusal> {
  const hash = codeHash(code)
  const link = await findLink(store, hash, now)
  if (!link || link.personId === null) return USELESS
  const person = (await loadPeople(store)).get(link.personId)
  if (!person || person.state.archivedAt !== null) return USELESS
  const fault = passwordFault(password, [person.name, person.email ?? ''])
  if (fault !== null) return { code: 'invalid', message: `password: ${fault}`, blockers: [{ code: 'password', message: fault }] }
  const passwordHash = await hashPassword(password)
  if (!(await spendLink(store, hash, now))) return USELESS
  await setPassword(store, link.personId, passwordHash)
  if (person.state.joinedAt === null) {
    const result = await execute({ kind: 'person', id: link.personId, command: { type: 'join' }, actor: SETUP, key: randomUUID() })
    if (!result.ok && result.refusal.code !== 'closed') return result.refusal
  }
  return null
}

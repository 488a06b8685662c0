/** Hides how somebody who comes from the identity provider becomes a person here, and how their groups become roles at each sign-in. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { credentialWrites, findCredential } from '@/db/access'
import { loadAggregate } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Membership, SystemActor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { membershipsOfGroups } from '@/lib/server/auth/groups'
import { execute } from '@/lib/server/execute'

export interface Identity {
  readonly issuer: string
  /** The provider's `sub`; with the issuer it is the key. The e-mail address never is: it can be changed and re-used. */
  readonly subject: string
  readonly name: string
  readonly groups: unknown
}

const PROVIDER: SystemActor = { kind: 'system', name: 'setup' }

/**
 * Finds or registers the person behind an identity, and sets their teams from their groups where groups are mapped.
 * Out: the person's id; null when there is no installation yet or the person may not come in (archived).
 */
export async function arriveFromProvider(store: Store, identity: Identity): Promise<string | null> {
  const installation = (await loadAggregate(store, 'installation', INSTALLATION_ID))?.state
  if (!installation) return null
  const isMapped = installation.groups.length > 0
  const open = new Set(installation.teams.filter((team) => team.archivedAt === null).map((team) => team.id))
  const memberships = membershipsOfGroups(identity.groups, installation.groups).filter((place) => open.has(place.team))
  const known = await findCredential(store, identity)
  if (known === null) return register(store, identity, isMapped ? memberships : [])
  const person = (await loadAggregate(store, 'person', known.personId))?.state
  if (!person || person.archivedAt !== null) return null
  if (isMapped && !isSame(person.memberships, memberships)) {
    const command = { type: 'set-memberships', memberships }
    const result = await execute({ kind: 'person', id: known.personId, command, actor: PROVIDER, key: randomUUID() })
    if (!result.ok) return null // never let somebody in with roles that their groups no longer give
  }
  return known.personId
}

async function register(store: Store, identity: Identity, memberships: readonly Membership[]): Promise<string | null> {
  const id = newId()
  const { issuer, subject } = identity
  const beside = credentialWrites({ personId: id, emailLower: `${issuer}#${subject}`, passwordHash: null, oidcIssuer: issuer, oidcSubject: subject })
  const name = identity.name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 80) || 'Somebody without a name'
  const command = { type: 'register', name, email: null, memberships, isAdmin: false }
  const result = await execute({ kind: 'person', id, command, actor: PROVIDER, key: randomUUID(), beside })
  // Another sign-in of the same identity may have been first.
  return result.ok ? id : ((await findCredential(store, identity))?.personId ?? null)
}

function isSame(a: readonly Membership[], b: readonly Membership[]): boolean {
  return a.length === b.length && a.every((place) => b.some((other) => other.team === place.team && other.role === place.role))
}

/** Hides how an empty installation gets its first admin: a code on the console, once, and the door closes for good. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { credentialWrites, findLink, replaceLink, spendLink } from '@/db/access'
import type { Store } from '@/db/store'
import type { Membership, SystemActor } from '@/lib/domain/actor'
import type { Refusal } from '@/lib/domain/aggregate'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { codeHash, typedCode } from '@/lib/server/auth/code'
import { beginAttempt } from '@/lib/server/auth/limiter'
import { hashPassword, passwordFault } from '@/lib/server/auth/password'
import { env } from '@/lib/server/env'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { loadInstallation } from '@/lib/server/view/people'

const SETUP: SystemActor = { kind: 'system', name: 'setup' }
const CODE_MS = 7 * 86_400_000

export interface FirstAdmin {
  readonly code: string
  readonly installation: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly memberships: readonly Membership[]
}

/** For the boot: prints a fresh code while the installation is not set up. Earlier codes stop working, so the last console line counts. */
export async function announceSetup(): Promise<void> {
  const store = await rawStore()
  if ((await loadInstallation(store)) !== null) return
  const code = typedCode()
  await replaceLink(store, { hash: codeHash(code, true), purpose: 'setup', personId: null, expiresAt: new Date(Date.now() + CODE_MS) })
  console.log(`\n  First run. Open ${env().publicUrl}/set-up and enter this code:  ${code}\n`)
}

/**
 * Sets the installation up with its first admin. In: what /set-up asks, and the client's address for the limit on guesses.
 * Out: the admin's id, or a refusal. Installation and admin are one transaction; the code is spent only with it.
 */
export async function setUp(store: Store, wish: FirstAdmin, address: string, now: Date): Promise<{ personId: string } | Refusal> {
  if ((await loadInstallation(store)) !== null) return { code: 'closed', message: 'This installation is set up already. Sign in, or ask an admin for an invitation.' }
  const attempt = await beginAttempt(store, 'set-up code', address, now)
  if (!attempt.isAllowed) return { code: 'blocked', message: 'Too many attempts. Wait a minute and try again.' }
  const hash = codeHash(wish.code, true)
  const link = await findLink(store, hash, now)
  if (link?.purpose !== 'setup') return { code: 'forbidden', message: 'This is not the code that the console shows. Restart the server for a new one.' }
  await attempt.succeed()
  const fault = passwordFault(wish.password, [wish.name, wish.email])
  if (fault !== null) return { code: 'invalid', message: `password: ${fault}`, blockers: [{ code: 'password', message: fault }] }

  const personId = newId()
  const emailLower = wish.email.trim().toLowerCase()
  const passwordHash = await hashPassword(wish.password)
  const beside = credentialWrites({ personId, emailLower, passwordHash, oidcIssuer: null, oidcSubject: null })
  const { name, email, memberships } = wish
  const command = { type: 'set-up', name: wish.installation, admin: { id: personId, name, email, memberships } }
  const result = await execute({ kind: 'installation', id: INSTALLATION_ID, command, actor: SETUP, key: randomUUID(), beside })
  if (!result.ok) return result.refusal
  await spendLink(store, hash, now)
  return { personId }
}

/** Hides what happens between an address with a password and an open session: limit, constant work, the same answer for every failure. */
import 'server-only'
import { findCredential, rehashPassword } from '@/db/access'
import type { Store } from '@/db/store'
import { personActor } from '@/lib/server/actor'
import { beginAttempt } from '@/lib/server/auth/limiter'
import { hashPassword, isOutdated, isPassword, MAX_PASSWORD } from '@/lib/server/auth/password'
import { openSession } from '@/lib/server/auth/session'

export interface SignInTry {
  readonly email: string
  readonly password: string
  /** Address of the client, as the server settled it. */
  readonly address: string
  readonly agent: string
}

export type SignInResult =
  | { readonly ok: true; readonly personId: string; readonly sessionId: string }
  | { readonly ok: false; readonly reason: 'wrong' | 'too-many' }

/**
 * Checks a password and opens a session. Unknown, archived, invited and wrong all take the same time and answer `wrong`;
 * `too-many` counts per named address and client, whether or not there is such an account.
 */
export async function signIn(store: Store, attempt: SignInTry, now: Date): Promise<SignInResult> {
  const email = attempt.email.trim().toLowerCase().slice(0, 254)
  const counted = await beginAttempt(store, email, attempt.address, now)
  if (!counted.isAllowed) return { ok: false, reason: 'too-many' }
  const credential = await findCredential(store, { email })
  const isRight = attempt.password.length <= MAX_PASSWORD && (await isPassword(attempt.password, credential?.passwordHash ?? null))
  if (!isRight || credential === null) return { ok: false, reason: 'wrong' }
  if ((await personActor(store, credential.personId, now)) === null) return { ok: false, reason: 'wrong' }
  await counted.succeed()
  if (credential.passwordHash !== null && isOutdated(credential.passwordHash)) {
    await rehashPassword(store, credential.personId, await hashPassword(attempt.password))
  }
  // Under the version that was read with the hash: a reset in between ends this session too.
  const sessionId = await openSession(store, credential.personId, credential.sessionVersion, attempt.agent, now)
  return { ok: true, personId: credential.personId, sessionId }
}

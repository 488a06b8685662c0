/** Hides where sign-in data lies: credentials, one-time links and the attempts that the login limit counts. */
import { and, count, eq, gt, gte, isNull, lt, sql } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { AggregateConflict, type Write, write } from '@/db/write'

export type Credential = Store['t']['credential']['$inferSelect']
export type OneTimeLink = Store['t']['oneTimeLink']['$inferSelect']

/** The credential of a person, or null. */
export async function credentialOf(store: Store, personId: string): Promise<Credential | null> {
  const [row] = await store.db.select().from(store.t.credential).where(eq(store.t.credential.personId, personId))
  return row ?? null
}

/** The credential under an e-mail address, in any case of letters. */
export async function credentialByEmail(store: Store, email: string): Promise<Credential | null> {
  const [row] = await store.db.select().from(store.t.credential).where(eq(store.t.credential.emailLower, email.trim().toLowerCase()))
  return row ?? null
}

/** The credential bound to an identity: issuer and subject together, never the e-mail address (ASVS 6.8.1). */
export async function credentialByIdentity(store: Store, issuer: string, subject: string): Promise<Credential | null> {
  const { credential } = store.t
  const [row] = await store.db.select().from(credential).where(and(eq(credential.oidcIssuer, issuer), eq(credential.oidcSubject, subject)))
  return row ?? null
}

/** The write that gives a person a credential; a taken address or identity makes it a conflict. */
export function addCredentialWrite(credential: Credential): Write {
  const row = { ...credential, emailLower: credential.emailLower.trim().toLowerCase() }
  return write((tx, t) => tx.insert(t.credential).values(row).returning({ personId: t.credential.personId }))
}

/** The write that sets members of a credential. `endsSessions` raises the session version, which ends every session of the person. */
export function changeCredentialWrite(personId: string, change: Partial<Omit<Credential, 'personId' | 'sessionVersion'>>, endsSessions: boolean): Write {
  return write((tx, { credential }) =>
    tx
      .update(credential)
      .set({ ...change, sessionVersion: endsSessions ? sql`${credential.sessionVersion} + 1` : sql`${credential.sessionVersion}` })
      .where(eq(credential.personId, personId))
      .returning({ personId: credential.personId }),
  )
}

/** The write that ends every session of a person, who need not have a credential. */
export function endSessionsWrite(personId: string): Write {
  return { ...changeCredentialWrite(personId, {}, true), rows: 'any' }
}

/** The write that keeps a link. `id` is the hash of its code. */
export function addLinkWrite(link: Omit<OneTimeLink, 'usedAt'>): Write {
  return write((tx, { oneTimeLink }) => tx.insert(oneTimeLink).values({ ...link, usedAt: null }).returning({ id: oneTimeLink.id }))
}

/** A link that may still be used, or null. */
export async function openLink(store: Store, id: string, now: Date): Promise<OneTimeLink | null> {
  const { oneTimeLink } = store.t
  const [row] = await store.db
    .select()
    .from(oneTimeLink)
    .where(and(eq(oneTimeLink.id, id), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, now)))
  return row ?? null
}

/** The write that uses a link up; used or expired meanwhile, it is a conflict, so that a link works once. */
export function useLinkWrite(id: string, now: Date): Write {
  return write((tx, { oneTimeLink }) =>
    tx
      .update(oneTimeLink)
      .set({ usedAt: now })
      .where(and(eq(oneTimeLink.id, id), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, now)))
      .returning({ id: oneTimeLink.id }),
  )
}

/** The write that voids all open links of a purpose, for one person or for everyone. */
export function voidLinksWrite(purpose: OneTimeLink['purpose'], personId: string | null, now: Date): Write {
  return write(
    (tx, { oneTimeLink }) =>
      tx
        .update(oneTimeLink)
        .set({ usedAt: now })
        .where(and(eq(oneTimeLink.purpose, purpose), isNull(oneTimeLink.usedAt), personId === null ? undefined : eq(oneTimeLink.personId, personId)))
        .returning({ id: oneTimeLink.id }),
    'any',
  )
}

/** Counts an attempt to sign in. */
export async function noteLoginAttempt(store: Store, attempt: { id: string; key: string; at: Date }): Promise<void> {
  await store.commit({ writes: [write((tx, t) => tx.insert(t.loginAttempt).values(attempt).returning({ id: t.loginAttempt.id }))] })
}

/** How many attempts there were under a key (account and address) since an instant. */
export async function loginAttemptsSince(store: Store, key: string, since: Date): Promise<number> {
  const { loginAttempt } = store.t
  const [row] = await store.db.select({ n: count() }).from(loginAttempt).where(and(eq(loginAttempt.key, key), gte(loginAttempt.at, since)))
  return row?.n ?? 0
}

/** Forgets attempts under a key (after a good login), or all from before an instant. */
export async function forgetLoginAttempts(store: Store, what: { key: string } | { before: Date }): Promise<void> {
  await store.commit({
    writes: [
      write(
        (tx, { loginAttempt }) =>
          tx
            .delete(loginAttempt)
            .where('key' in what ? eq(loginAttempt.key, what.key) : lt(loginAttempt.at, what.before))
            .returning({ id: loginAttempt.id }),
        'any',
      ),
    ],
  })
}

/** Commits writes of this file by themselves. Out: false when a guard missed (address taken, link used up). */
export async function commitSignIn(store: Store, writes: readonly Write[]): Promise<boolean> {
  try {
    await store.commit({ writes })
    return true
  } catch (error) {
    if (error instanceof AggregateConflict) return false
    throw error
  }
}

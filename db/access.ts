/** Hides the tables of sign-in, which are no record: credentials, sessions, attempts, one-time links, and when a token was last used. */
import { and, count, desc, eq, gt, inArray, isNull, lt, lte, notExists, sql } from 'drizzle-orm'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'
import { write, type Write } from '@/db/write'

export interface Credential {
  readonly personId: string
  readonly emailLower: string
  readonly passwordHash: string | null
  readonly sessionVersion: number
  readonly oidcIssuer: string | null
  readonly oidcSubject: string | null
}

/** How somebody signs in, by the address (lower case), by the person, or by the identity at a provider. */
export async function findCredential(
  store: Store,
  by: { email: string } | { personId: string } | { issuer: string; subject: string },
): Promise<Credential | null> {
  const { credential } = store.t
  const chosen = 'email' in by ? eq(credential.emailLower, by.email)
    : 'personId' in by ? eq(credential.personId, by.personId)
      : and(eq(credential.oidcIssuer, by.issuer), eq(credential.oidcSubject, by.subject))
  const [row] = await store.db.select().from(credential).where(chosen)
  return row ?? null
}

/** People who can sign in with a password, by id. */
export async function peopleWithPassword(store: Store): Promise<ReadonlySet<string>> {
  const { credential } = store.t
  const rows = await store.db.select({ id: credential.personId, hash: credential.passwordHash }).from(credential)
  return new Set(rows.filter((row) => row.hash !== null).map((row) => row.id))
}

/** Keeps a new credential. Out: false when the address, the person or the identity has one already. */
export async function addCredential(store: Store, credential: Omit<Credential, 'sessionVersion'>): Promise<boolean> {
  const rows = await store.db.insert(store.t.credential).values({ ...credential, sessionVersion: 1 }).onConflictDoNothing().returning({ id: store.t.credential.personId })
  return rows.length === 1
}

/**
 * The writes that keep a new credential in the transaction that registers its person, so that a crash leaves both or neither. A credential of the same
 * address whose person was never registered, as a crash between the two once left them, gives way. A taken address is a conflict.
 */
export function credentialWrites(credential: Omit<Credential, 'sessionVersion'>): readonly Write[] {
  return [
    write((tx, t) => tx.delete(t.credential)
      .where(and(eq(t.credential.emailLower, credential.emailLower), notExists(tx.select({ one: sql`1` }).from(t.aggregate).where(and(eq(t.aggregate.kind, 'person'), eq(t.aggregate.id, t.credential.personId))))))
      .returning({ id: t.credential.personId }), 'any'),
    write((tx, t) => tx.insert(t.credential).values({ ...credential, sessionVersion: 1 }).returning({ id: t.credential.personId })),
  ]
}

/** Takes a credential away when the person is erased. */
export async function dropCredential(store: Store, personId: string): Promise<void> {
  await store.db.delete(store.t.credential).where(eq(store.t.credential.personId, personId)).returning({ id: store.t.credential.personId })
}

/** Sets a new password and ends every session that was opened with the old one. */
export async function setPassword(store: Store, personId: string, passwordHash: string): Promise<void> {
  const { credential } = store.t
  await store.db.update(credential).set({ passwordHash, sessionVersion: sql`${credential.sessionVersion} + 1` }).where(eq(credential.personId, personId)).returning({ id: credential.personId })
}

/** Replaces an older hash of the same password; sessions stay. */
export async function rehashPassword(store: Store, personId: string, passwordHash: string): Promise<void> {
  const { credential } = store.t
  await store.db.update(credential).set({ passwordHash }).where(eq(credential.personId, personId)).returning({ id: credential.personId })
}

/** Ends every session of the person at their next request, wherever they are. */
export async function endSessions(store: Store, personId: string): Promise<void> {
  const { credential } = store.t
  await store.db.update(credential).set({ sessionVersion: sql`${credential.sessionVersion} + 1` }).where(eq(credential.personId, personId)).returning({ id: credential.personId })
}

export interface Session {
  readonly id: string
  readonly personId: string
  readonly agent: string
  readonly createdAt: Date
  readonly seenAt: Date
  readonly endsAt: Date
}

/** Opens a session under the version that the credential had when it was checked, so that a reset in between ends it. Forgets sessions long over. */
export async function addSession(store: Store, session: Session & { readonly version: number }): Promise<void> {
  const { session: table } = store.t
  await store.db.delete(table).where(lt(table.endsAt, session.createdAt)).returning({ id: table.id })
  await store.db.insert(table).values({ ...session, endedAt: null }).returning({ id: table.id })
}

const askSession = preparedOnce(({ db, t: { session, credential } }) =>
  db
    .select({ id: session.id, personId: session.personId, agent: session.agent, createdAt: session.createdAt, seenAt: session.seenAt, endsAt: session.endsAt })
    .from(session)
    .innerJoin(credential, and(eq(credential.personId, session.personId), eq(credential.sessionVersion, session.version)))
    .where(and(eq(session.id, sql.placeholder('id')), isNull(session.endedAt)))
    .prepare(),
)

/** A session that has not ended and whose version still holds; null otherwise. Idle and absolute limits are the caller's. */
export async function findSession(store: Store, id: string): Promise<Session | null> {
  const [row] = await askSession(store).execute({ id })
  return row ?? null
}

/** The sessions of a person that still count, the latest first. */
export async function sessionsOf(store: Store, personId: string, now: Date): Promise<readonly Session[]> {
  const { session, credential } = store.t
  return store.db
    .select({ id: session.id, personId: session.personId, agent: session.agent, createdAt: session.createdAt, seenAt: session.seenAt, endsAt: session.endsAt })
    .from(session)
    .innerJoin(credential, and(eq(credential.personId, session.personId), eq(credential.sessionVersion, session.version)))
    .where(and(eq(session.personId, personId), isNull(session.endedAt), gt(session.endsAt, now)))
    .orderBy(desc(session.seenAt), desc(session.id))
}

/** Who came in by the provider and has a session that still counts. */
export async function signedInByProvider(store: Store, issuer: string, now: Date): Promise<readonly { readonly personId: string; readonly subject: string }[]> {
  const { session, credential } = store.t
  const rows = await store.db
    .selectDistinct({ personId: credential.personId, subject: credential.oidcSubject })
    .from(credential)
    .innerJoin(session, and(eq(credential.personId, session.personId), eq(credential.sessionVersion, session.version)))
    .where(and(eq(credential.oidcIssuer, issuer), isNull(session.endedAt), gt(session.endsAt, now)))
  return rows.flatMap(({ personId, subject }) => (subject === null ? [] : [{ personId, subject }]))
}

/** Notes that the session was used. */
export async function stampSession(store: Store, id: string, at: Date): Promise<void> {
  await store.db.update(store.t.session).set({ seenAt: at }).where(eq(store.t.session.id, id)).returning({ id: store.t.session.id })
}

/** Ends one session of a person. Out: whether there was one. */
export async function endSession(store: Store, personId: string, id: string, at: Date): Promise<boolean> {
  const { session } = store.t
  const rows = await store.db.update(session).set({ endedAt: at }).where(and(eq(session.id, id), eq(session.personId, personId), isNull(session.endedAt))).returning({ id: session.id })
  return rows.length === 1
}

/** The longest that anybody looks back; one number for the table, as who kept less would forget for all. */
const ATTEMPTS_KEPT_MS = 86_400_000

/** Notes attempts, and forgets those of more than a day ago, whosever they are. */
export async function addAttempt(store: Store, attempts: readonly { id: string; key: string }[], at: Date): Promise<void> {
  const { loginAttempt } = store.t
  await store.db.delete(loginAttempt).where(lt(loginAttempt.at, new Date(at.getTime() - ATTEMPTS_KEPT_MS))).returning({ id: loginAttempt.id })
  await store.db.insert(loginAttempt).values(attempts.map((attempt) => ({ ...attempt, at }))).returning({ id: loginAttempt.id })
}

/** How many attempts a key has since a time, up to the one with this id; ids rise with time, so each of many at once gets its own place. */
export async function countAttempts(store: Store, key: string, since: Date, upTo: string): Promise<number> {
  const { loginAttempt } = store.t
  const [row] = await store.db.select({ many: count() }).from(loginAttempt).where(and(eq(loginAttempt.key, key), gt(loginAttempt.at, since), lte(loginAttempt.id, upTo)))
  return row?.many ?? 0
}

/** Forgets attempts by id (refused ones do not count) or all of a key (after a success). */
export async function forgetAttempts(store: Store, which: { ids: readonly string[] } | { key: string }): Promise<void> {
  const { loginAttempt } = store.t
  const chosen = 'key' in which ? eq(loginAttempt.key, which.key) : inArray(loginAttempt.id, [...which.ids])
  await store.db.delete(loginAttempt).where(chosen).returning({ id: loginAttempt.id })
}

export type LinkPurpose = 'setup' | 'invite' | 'reset'

export interface OneTimeLink {
  readonly hash: string
  readonly purpose: LinkPurpose
  readonly personId: string | null
  readonly expiresAt: Date
}

/** Keeps a link by the hash of its code, in place of earlier ones of the same purpose for the same person. */
export async function replaceLink(store: Store, link: OneTimeLink): Promise<void> {
  const { oneTimeLink: table } = store.t
  const whose = link.personId === null ? isNull(table.personId) : eq(table.personId, link.personId)
  await store.db.delete(table).where(and(eq(table.purpose, link.purpose), whose, isNull(table.usedAt))).returning({ id: table.id })
  const { hash, ...rest } = link
  await store.db.insert(table).values({ id: hash, ...rest, payload: {}, usedAt: null }).returning({ id: table.id })
}

/** An unused link that has not expired. */
export async function findLink(store: Store, hash: string, now: Date): Promise<OneTimeLink | null> {
  const { oneTimeLink: table } = store.t
  const [row] = await store.db.select().from(table).where(and(eq(table.id, hash), isNull(table.usedAt), gt(table.expiresAt, now)))
  return row ? { hash: row.id, purpose: row.purpose, personId: row.personId, expiresAt: row.expiresAt } : null
}

/** Uses a link up. Out: false when somebody else was first or it has expired. */
export async function spendLink(store: Store, hash: string, now: Date): Promise<boolean> {
  const { oneTimeLink: table } = store.t
  const rows = await store.db.update(table).set({ usedAt: now }).where(and(eq(table.id, hash), isNull(table.usedAt), gt(table.expiresAt, now))).returning({ id: table.id })
  return rows.length === 1
}

/** When each token was last used. */
export async function tokenUses(store: Store): Promise<ReadonlyMap<string, Date>> {
  const rows = await store.db.select().from(store.t.tokenUse)
  return new Map(rows.map((row) => [row.tokenId, row.at]))
}

/** Notes the use of a token unless it was noted after `unlessSince`. */
export async function stampToken(store: Store, tokenId: string, at: Date, unlessSince: Date): Promise<void> {
  const { tokenUse } = store.t
  await store.db.insert(tokenUse).values({ tokenId, at }).onConflictDoUpdate({ target: tokenUse.tokenId, set: { at }, setWhere: lt(tokenUse.at, unlessSince) }).returning({ id: tokenUse.tokenId })
}

/** The stored hash of a token's secret, for comparison in constant time. */
export async function tokenHash(store: Store, tokenId: string): Promise<string | null> {
  const { tokenRow } = store.t
  const [row] = await store.db.select({ hash: tokenRow.hash }).from(tokenRow).where(eq(tokenRow.tokenId, tokenId))
  return row?.hash ?? null
}

const askDelegators = preparedOnce(({ db, t: { aggregate } }) =>
  db.select({ id: aggregate.id }).from(aggregate).where(and(eq(aggregate.kind, 'person'), sql`${aggregate.state} like ${sql.placeholder('named')}`)).prepare(),
)

/** Ids of people who named this person as their delegate at some time; whether it still holds is in their state. */
export async function delegatorsOf(store: Store, personId: string): Promise<readonly string[]> {
  const rows = await askDelegators(store).execute({ named: `%"to":"${personId}"%` })
  return rows.map((row) => row.id)
}

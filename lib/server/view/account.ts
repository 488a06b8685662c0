/** Reads one's own account: roles, who stands in for whom, preferences, and where one is signed in. */
import 'server-only'
import { findCredential, sessionsOf } from '@/db/access'
import type { Store } from '@/db/store'
import type { AccountView } from '@/lib/domain/person/view'
import type { SignedIn } from '@/lib/server/actor'
import { IDLE_MS } from '@/lib/server/auth/session'
import { STANDARD } from '@/lib/domain/notice/preferences'
import { isMailOn } from '@/lib/server/notify/mail'
import { viewOwnMail } from '@/lib/server/view/mail-trouble'
import { loadInstallation, loadPeople } from '@/lib/server/view/people'

/** The account of the person who asks; null when it was erased meanwhile. */
export async function viewAccount(store: Store, actor: SignedIn): Promise<AccountView | null> {
  const now = new Date()
  const people = await loadPeople(store)
  const own = people.get(actor.personId)
  if (!own) return null
  const teams = new Map((await loadInstallation(store))?.state.teams.map((team) => [team.id, team.name]))
  const credential = await findCredential(store, { personId: own.id })
  const sessions = (await sessionsOf(store, own.id, now)).filter((session) => now.getTime() - session.seenAt.getTime() <= IDLE_MS)
  const { delegation, preferences } = own.state
  const named = (id: string) => ({ id, name: people.get(id)?.name ?? '[unknown]' })
  return {
    id: own.id,
    version: own.version,
    name: own.name,
    email: own.email,
    hasPassword: credential !== null && credential.passwordHash !== null,
    isAdmin: own.state.isAdmin,
    memberships: own.state.memberships.map(({ team, role }) => ({ team, role, name: teams.get(team) ?? team })),
    delegation: delegation !== null && new Date(delegation.until) > now ? { to: named(delegation.to), until: delegation.until } : null,
    standsFor: actor.delegatedBy.map((from) => named(from.personId)),
    preferences: { timeZone: preferences.timeZone, theme: preferences.theme, slackMemberId: own.slackMemberId },
    notices: own.state.notices ?? STANDARD,
    mailRefusal: !isMailOn() ? 'This installation sends no e-mail; the operator sets SMTP_URL and MAIL_FROM.' : own.email === null ? 'Your account has no e-mail address.' : null,
    troubledMail: await viewOwnMail(store, own.id, now),
    sessions: sessions.map(({ id, agent, createdAt, seenAt }) => ({
      id, agent: describeAgent(agent), createdAt: createdAt.toISOString(), seenAt: seenAt.toISOString(), isThis: id === actor.sessionId,
    })),
    others: [...people.values()]
      .filter((person) => person.id !== own.id && person.state.archivedAt === null && person.state.joinedAt !== null)
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    allowed: { delegate: own.state.memberships.length === 0 ? 'You are in no team, so there is nothing to sign for.' : null },
  }
}

/** A browser as a person would call it: "Firefox on Linux". */
export function describeAgent(agent: string): string {
  const browser = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark = '']) => agent.includes(mark))?.[1]
  const system = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']].find(([mark = '']) => agent.includes(mark))?.[1]
  if (browser === undefined) return agent === '' ? 'Unknown browser' : agent.slice(0, 60)
  return system === undefined ? browser : `${browser} on ${system}`
}

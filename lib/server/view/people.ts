/** Reads people and teams for screens, lists and other areas: names revealed, and for each action why the reader may not take it. */
import 'server-only'
import { peopleWithPassword } from '@/db/access'
import { loadAggregate, loadAggregates, revealTexts, type Loaded } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor, Membership, TeamId } from '@/lib/domain/actor'
import { INSTALLATION_ID, workingTeams, type InstallationState, type Team } from '@/lib/domain/installation/state'
import { decidePerson, type PersonContext } from '@/lib/domain/person/decide'
import type { PersonCommand } from '@/lib/domain/person/commands'
import type { PersonState, PersonSummary } from '@/lib/domain/person/state'
import type { Allowed, PeopleView, PersonStanding, PersonView } from '@/lib/domain/person/view'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { isTokenLive, type TokenState } from '@/lib/domain/token/state'
import { summaryOf } from '@/lib/server/context/person'

export interface KnownPerson {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly email: string | null
  readonly slackMemberId: string | null
  readonly state: PersonState
}

/** Everybody, archived people included, with their words revealed; by id. For lists, mentions, and names in other areas' views. */
export async function loadPeople(store: Store): Promise<ReadonlyMap<string, KnownPerson>> {
  const loaded = await loadAggregates(store, 'person', 'all')
  const words = await revealTexts(store, [...loaded.keys()])
  const reveal = (text: FreeText | null) => (text === null ? null : wordsOf(text, (hash) => words.get(hash)))
  return new Map([...loaded].map(([id, { state, version }]) => [id, {
    id, version, state,
    name: reveal(state.name) ?? '',
    email: reveal(state.email),
    slackMemberId: reveal(state.preferences.slackMemberId),
  }]))
}

/** Names of people by id, for views of other areas; ask once per request. */
export async function loadNames(store: Store): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await loadPeople(store))].map(([id, person]) => [id, person.name]))
}

/** The installation with its version, or null before set-up. */
export async function loadInstallation(store: Store): Promise<Loaded<InstallationState> | null> {
  return loadAggregate(store, 'installation', INSTALLATION_ID)
}

/** The teams that are not archived, in the order of the rail's lanes. */
export async function loadTeams(store: Store): Promise<readonly Team[]> {
  const loaded = await loadInstallation(store)
  return loaded === null ? [] : workingTeams(loaded.state)
}

/** The list of people as the actor may see it. E-mail addresses are for admins and for oneself. */
export async function viewPeople(store: Store, actor: Actor): Promise<PeopleView> {
  const people = await loadPeople(store)
  const teams = await loadTeams(store)
  const withPassword = await peopleWithPassword(store)
  const tokens = whyNot(actor, 'token.read') === null ? [...(await loadAggregates(store, 'token', 'all')).values()].map(({ state }) => state) : null
  const now = new Date()
  const summaries = [...people.values()].map((one) => summaryOf(one.state))
  const views = [...people.values()].map((person) => viewOf(person, { people, summaries, teams, withPassword, tokens, actor, now }))
  return {
    people: views.sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1)),
    teams: teams.map(({ id, name, shape }) => ({ id, name, shape })),
    allowed: { invite: whyNot(actor, 'person.register') },
  }
}

/** One person as the actor may see them, or null. */
export async function viewPerson(store: Store, actor: Actor, id: string): Promise<PersonView | null> {
  return (await viewPeople(store, actor)).people.find((person) => person.id === id) ?? null
}

/** Null when the table lets the actor through, else the sentence. */
export function whyNot(actor: Actor, action: ActionName, about: Parameters<typeof may>[2] = {}): Allowed {
  const answer = may(actor, action, about)
  return answer === true ? null : answer.message
}

export function standingOf(person: PersonState): PersonStanding {
  if (person.archivedAt !== null) return 'archived'
  return person.joinedAt === null ? 'invited' : 'active'
}

function order(person: PersonView): number {
  return person.standing === 'archived' ? 1 : 0
}

/** What is the same for everybody on the page. */
interface Around {
  readonly people: ReadonlyMap<string, KnownPerson>
  readonly summaries: readonly PersonSummary[]
  readonly teams: readonly Team[]
  readonly withPassword: ReadonlySet<string>
  readonly tokens: readonly TokenState[] | null
  readonly actor: Actor
  readonly now: Date
}

function viewOf(person: KnownPerson, { people, summaries, teams, withPassword, tokens, actor, now }: Around): PersonView {
  const { state } = person
  const isOwn = actor.kind === 'person' && actor.personId === person.id
  const seesAddress = isOwn || (actor.kind === 'person' && actor.isAdmin)
  const context: PersonContext = {
    id: person.id,
    person: state,
    people: summaries,
    teams: Object.fromEntries(teams.map((team) => [team.id, team.name])),
    isEmailTaken: false,
    liveTokens: [],
  }
  const wouldBe = (command: PersonCommand): Allowed => {
    const outcome = decidePerson(context, command, actor, now)
    return outcome.ok ? null : outcome.refusal.message
  }
  const perTeam = Object.fromEntries(teams.map((team) => [team.id, wouldBe({ type: 'set-memberships', memberships: toggled(state.memberships, team.id) })]))
  const refusals = Object.values(perTeam)
  const delegation = state.delegation !== null && new Date(state.delegation.until) > now ? state.delegation : null
  const archived: Allowed = state.archivedAt === null ? null : 'This person is archived. Restore them first.'
  const self = { personId: person.id }
  return {
    id: person.id,
    version: person.version,
    name: person.name,
    email: seesAddress ? person.email : null,
    standing: standingOf(state),
    memberships: state.memberships,
    isAdmin: state.isAdmin,
    signsIn: state.email === null ? 'provider' : withPassword.has(person.id) ? 'password' : 'not yet',
    registeredAt: state.registeredAt,
    tokens: tokens === null ? null : tokens.filter((token) => token.createdBy === person.id && isTokenLive(token, now)).length,
    delegation: delegation && { to: { id: delegation.to, name: people.get(delegation.to)?.name ?? '[unknown]' }, until: delegation.until },
    allowed: {
      rename: wouldBe({ type: 'rename', name: person.name }),
      setMemberships: refusals.includes(null) ? null : (refusals[0] ?? 'There is no team yet.'),
      teams: perTeam,
      setAdmin: wouldBe({ type: 'set-admin', isAdmin: !state.isAdmin }),
      archive: wouldBe({ type: 'archive' }),
      restore: wouldBe({ type: 'restore' }),
      link: whyNot(actor, 'person.reset-link', self) ?? archived ?? (state.email === null ? 'This person signs in by the identity provider.' : null),
      endSessions: whyNot(actor, 'person.end-sessions', self) ?? archived,
      endDelegation: wouldBe({ type: 'end-delegation' }),
      erase: whyNot(actor, 'person.erase', self) ?? (state.archivedAt === null ? 'Archive this person first; erasing cannot be undone.' : null),
    },
  }
}

// A change of exactly one team, to ask `decide` whether this reader may make it.
function toggled(memberships: readonly Membership[], team: TeamId): Membership[] {
  const others = memberships.filter((m) => m.team !== team)
  return others.length === memberships.length ? [...others, { team, role: 'member' }] : others
}

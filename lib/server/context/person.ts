/** What decisions on a person rest on: the person, everybody else's roles, and the teams there are. */
import 'server-only'
import { findCredential } from '@/db/access'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import type { Store } from '@/db/store'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { personCommand } from '@/lib/domain/person/commands'
import { decidePerson, type PersonContext } from '@/lib/domain/person/decide'
import type { PersonState, PersonSummary } from '@/lib/domain/person/state'
import { isTokenLive } from '@/lib/domain/token/state'
import { defineContext, type Seen } from '@/lib/server/context/registration'

export const personContext = defineContext({
  schema: personCommand,
  async load(store, id, command, _actor, now) {
    const people = await loadAggregates(store, 'person', 'all')
    const installation = await loadAggregate(store, 'installation', INSTALLATION_ID)
    const own = people.get(id)
    const rival = command.type === 'register' && command.email !== null ? await findCredential(store, { email: command.email }) : null
    const tokens = command.type === 'archive' ? await liveTokensOf(store, id, now) : []
    const context: PersonContext = {
      id,
      person: own?.state ?? null,
      people: [...people.values()].map(({ state }) => summaryOf(state)),
      teams: Object.fromEntries((installation?.state.teams ?? []).filter((team) => team.archivedAt === null).map((team) => [team.id, team.name])),
      // A credential whose person was never registered gives way (credentialWrites).
      isEmailTaken: rival !== null && rival.personId !== id && people.has(rival.personId),
      liveTokens: tokens.map((token) => token.id),
    }
    const versions: Seen[] = [{ kind: 'person', id, version: own?.version ?? 0 }, ...tokens.map((token) => ({ kind: 'token' as const, ...token }))]
    // Two admins who unmake or archive each other at once would leave none.
    const endsAdmin = command.type === 'archive' || command.type === 'set-admin'
    if (endsAdmin) for (const [other, loaded] of people) if (other !== id && loaded.state.isAdmin) versions.push({ kind: 'person', id: other, version: loaded.version })
    // A team must not be archived while somebody is put into it.
    if (command.type === 'set-memberships' && installation) versions.push({ kind: 'installation', id: INSTALLATION_ID, version: installation.version })
    return { context, versions }
  },
  decide: decidePerson,
})

/** The API tokens that a person made and that can still be used, at their versions. */
async function liveTokensOf(store: Store, personId: string, now: Date): Promise<readonly { readonly id: string; readonly version: number }[]> {
  const tokens = await loadAggregates(store, 'token', 'all')
  return [...tokens].filter(([, { state }]) => state.createdBy === personId && isTokenLive(state, now)).map(([id, { version }]) => ({ id, version }))
}

/** What rules about people need to know of one. */
export function summaryOf(person: PersonState): PersonSummary {
  return { id: person.id, memberships: person.memberships, isAdmin: person.isAdmin, isArchived: person.archivedAt !== null }
}

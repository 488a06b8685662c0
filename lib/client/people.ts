/** Reads of people, teams, policy, tokens and the own account from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import type { AccountView, PeopleView, PolicyView, TeamsView } from '@/lib/domain/person/view'
import type { TokensView } from '@/lib/domain/token/view'

async function read<T>(path: string): Promise<T> {
  const response = await fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  // The server sends what the view function of the same type gave.
  return response.json()
}

export const peopleQuery = () => queryOptions({ queryKey: ['person', 'list'], queryFn: () => read<PeopleView>('/people') })
/** Under the installation; who is in a team is a change of a person, so it is also read again now and then. */
export const teamsQuery = () => queryOptions({ queryKey: ['installation', 'installation', 'teams'], queryFn: () => read<TeamsView>('/teams'), refetchInterval: 15_000 })
export const policyQuery = () => queryOptions({ queryKey: ['installation', 'installation', 'policy'], queryFn: () => read<PolicyView>('/policy') })
export const tokensQuery = () => queryOptions({ queryKey: ['token', 'list'], queryFn: () => read<TokensView>('/tokens') })
export const accountQuery = (id: string) => queryOptions({ queryKey: ['person', id, 'account'], queryFn: () => read<AccountView>('/session') })

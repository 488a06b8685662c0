/** Settings: Teams. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TeamsScreen } from '@/components/people/teams-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewTeams } from '@/lib/server/view/installation'

export const metadata: Metadata = { title: 'Teams' }

export default async function TeamsPage() {
  const actor = await requireActor('/settings/teams')
  const view = await viewTeams(await store(), actor)
  if (view === null) notFound()
  return <TeamsScreen initial={view} />
}

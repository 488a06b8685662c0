/** Settings: Teams. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HolidaysCard } from '@/components/people/holidays-card'
import { TeamsScreen } from '@/components/people/teams-screen'
import { holidaysQuery } from '@/lib/client/calendar'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { viewHolidays, viewTeams } from '@/lib/server/view/installation'

export const metadata: Metadata = { title: 'Teams' }

export default async function TeamsPage() {
  const actor = await requireActor('/settings/teams')
  const view = await viewTeams(await store(), actor)
  if (view === null) notFound()
  return (
    <Hydrated reads={[{ queryKey: holidaysQuery().queryKey, queryFn: async () => viewHolidays(await store(), actor) }]}>
      <TeamsScreen initial={view} />
      <div className="mt-4"><HolidaysCard /></div>
    </Hydrated>
  )
}

/** Settings: the incidents of the status page. */
import type { Metadata } from 'next'
import { IncidentsScreen } from '@/components/incident/incidents-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewIncidents } from '@/lib/server/view/incidents'

export const metadata: Metadata = { title: 'Incidents' }

export default async function IncidentsPage() {
  const actor = await requireActor('/settings/status/incidents')
  return <IncidentsScreen initial={await viewIncidents(await store(), actor)} />
}

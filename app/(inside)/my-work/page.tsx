/** What waits for the person who looks, and for their teams. */
import type { Metadata } from 'next'
import { WorkScreen } from '@/components/work/work-screen'
import { workQuery } from '@/lib/client/queries'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { loadTeams } from '@/lib/server/view/people'
import { workView } from '@/lib/server/view/work'

export const metadata: Metadata = { title: 'My work' }

export default async function MyWorkPage() {
  const actor = await requireActor('/my-work')
  const teams = await loadTeams(await store())
  return (
    <Hydrated reads={[{ queryKey: workQuery().queryKey, queryFn: () => workView(actor) }]}>
      <WorkScreen shapes={Object.fromEntries(teams.map((team) => [team.id, team.shape]))} />
    </Hydrated>
  )
}

/** All check-ins. */
import type { Metadata } from 'next'
import { SeriesCard } from '@/components/calendar/series-card'
import { CheckInsScreen } from '@/components/check-in/check-ins-screen'
import { seriesListQuery } from '@/lib/client/calendar'
import { checkInsQuery } from '@/lib/client/queries'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { seriesList } from '@/lib/server/series/view'
import { checkInList } from '@/lib/server/view/check-ins'

export const metadata: Metadata = { title: 'Check-ins' }

export default async function CheckInsPage() {
  const actor = await requireActor('/check-ins')
  return (
    <Hydrated reads={[{ queryKey: checkInsQuery().queryKey, queryFn: () => checkInList(actor) }, { queryKey: seriesListQuery().queryKey, queryFn: () => seriesList(actor) }]}>
      <CheckInsScreen />
      <div className="mt-4"><SeriesCard /></div>
    </Hydrated>
  )
}

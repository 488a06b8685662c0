/** Where time goes, over all finished releases of a period. */
import type { Metadata } from 'next'
import { InsightsScreen } from '@/components/flow/insights-screen'
import { readerOf } from '@/lib/client/address'
import { insightsQuery } from '@/lib/client/flow'
import { filterOf, searchOf } from '@/lib/domain/flow/view'
import { requireActor } from '@/lib/server/actor'
import { insightsView } from '@/lib/server/flow/insights'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'

export const metadata: Metadata = { title: 'Where time goes' }

export default async function InsightsPage({ searchParams }: PageProps<'/insights'>) {
  const filter = filterOf({ get: readerOf(await searchParams) })
  const search = searchOf(filter, filter.behind)
  await requireActor(`/insights${search}`)
  const opened = await store()
  return (
    <Hydrated reads={[{ queryKey: insightsQuery(search).queryKey, queryFn: () => insightsView(opened, filter) }]}>
      <InsightsScreen />
    </Hydrated>
  )
}

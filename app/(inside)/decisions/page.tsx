/** All decisions, newest first, searched and filtered by the address. */
import type { Metadata } from 'next'
import { DecisionList } from '@/components/decision/decision-list'
import { readerOf } from '@/lib/client/address'
import { peopleQuery } from '@/lib/client/people'
import { DECISIONS_SHOWN, decisionsQuery, filtersOf } from '@/lib/client/queries'
import { modelsQuery } from '@/lib/client/scene'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { decisionList } from '@/lib/server/view/decisions'
import { viewModels } from '@/lib/server/view/model'
import { viewPeople } from '@/lib/server/view/people'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage({ searchParams }: PageProps<'/decisions'>) {
  const actor = await requireActor('/decisions')
  const opened = await store()
  const filters = filtersOf(readerOf(await searchParams))
  return (
    <Hydrated reads={[
      { queryKey: decisionsQuery(filters).queryKey, queryFn: () => decisionList({ ...filters, before: filters.before === '' ? undefined : Number(filters.before), limit: DECISIONS_SHOWN }) },
      { queryKey: modelsQuery().queryKey, queryFn: () => viewModels(opened, actor) },
      { queryKey: peopleQuery().queryKey, queryFn: () => viewPeople(opened, actor) },
    ]}>
      <DecisionList />
    </Hydrated>
  )
}

/** All decisions, newest first, searched and filtered by the address. */
import type { Metadata } from 'next'
import { DecisionList } from '@/components/decision/decision-list'
import { decisionsQuery } from '@/lib/client/queries'
import { modelsQuery } from '@/lib/client/scene'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { decisionList } from '@/lib/server/view/decisions'
import { viewModels } from '@/lib/server/view/model'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage({ searchParams }: PageProps<'/decisions'>) {
  const actor = await requireActor('/decisions')
  const opened = await store()
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value.slice(0, 200) : ''
  }
  const filters = { q: text('q'), kind: text('kind'), model: text('model') }
  return (
    <Hydrated reads={[
      { queryKey: decisionsQuery(filters).queryKey, queryFn: () => decisionList(filters) },
      { queryKey: modelsQuery().queryKey, queryFn: () => viewModels(opened, actor) },
    ]}>
      <DecisionList />
    </Hydrated>
  )
}

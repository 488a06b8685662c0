/** Settings: Metrics sources. */
import type { Metadata } from 'next'
import { SourcesScreen } from '@/components/metrics/sources-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewSources } from '@/lib/server/view/source'

export const metadata: Metadata = { title: 'Metrics sources' }

export default async function SourcesPage() {
  const actor = await requireActor('/settings/sources')
  return <SourcesScreen initial={await viewSources(await store(), actor)} />
}

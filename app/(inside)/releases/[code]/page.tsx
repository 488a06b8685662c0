/** One release, by its code or id. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ReleasePanels } from '@/components/metrics/release-panels'
import { Release } from '@/components/release/release'
import { releaseQuery } from '@/lib/client/queries'
import { DEFAULT_RANGE, windowOfSearch } from '@/lib/domain/preset/metrics-window'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { releaseMetricsSoon } from '@/lib/server/view/metrics'
import { releaseView } from '@/lib/server/view/release'

export async function generateMetadata({ params }: PageProps<'/releases/[code]'>): Promise<Metadata> {
  const { code } = await params
  return { title: code.length > 20 ? 'Release' : code.toUpperCase() }
}

export default async function ReleasePage({ params, searchParams }: PageProps<'/releases/[code]'>) {
  const [{ code }, search] = await Promise.all([params, searchParams])
  const actor = await requireActor(`/releases/${code}`)
  await store()
  const view = await releaseView(actor, code)
  if (!view) notFound()
  const metrics = await releaseMetricsSoon(actor, view.id, windowOfSearch(search) ?? DEFAULT_RANGE)
  return (
    <Hydrated reads={[{ queryKey: releaseQuery(code).queryKey, queryFn: () => Promise.resolve(view) }]}>
      <Release code={code} metrics={<ReleasePanels {...(metrics ? { initial: metrics } : {})} />} />
    </Hydrated>
  )
}

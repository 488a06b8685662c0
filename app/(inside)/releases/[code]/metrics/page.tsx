/** The charts of one release, for the window that the address says. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { MetricsScreen } from '@/components/metrics/metrics-screen'
import { DEFAULT_RANGE, windowOfSearch } from '@/lib/domain/preset/metrics-window'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { releaseMetricsSoon } from '@/lib/server/view/metrics'
import { releaseView } from '@/lib/server/view/release'

type Props = PageProps<'/releases/[code]/metrics'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params
  return { title: code.length > 20 ? 'Metrics' : `${code.toUpperCase()} metrics` }
}

export default async function MetricsPage({ params, searchParams }: Props) {
  const [{ code }, search] = await Promise.all([params, searchParams])
  const actor = await requireActor(`/releases/${code}/metrics`)
  await store()
  const view = await releaseView(actor, code)
  if (!view) notFound()
  const shown = windowOfSearch(search) ?? DEFAULT_RANGE
  const metrics = await releaseMetricsSoon(actor, view.id, shown, 'full', 800)
  const release = { id: view.id, code: view.code, modelName: view.model.name, candidate: view.candidate.label, environment: view.environment.name }
  const refusal = view.end ? 'The release has ended; its record stays as it is.' : (view.can['change']?.message ?? null)
  return <MetricsScreen release={release} titles={view.panels.map((panel) => panel.title)} refusal={refusal} {...(metrics ? { initial: metrics } : {})} />
}

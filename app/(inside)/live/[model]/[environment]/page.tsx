/** One live version: its watch, its turns, its record. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LivePage } from '@/components/live/live-page'
import { liveQuery } from '@/lib/client/live-versions'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { viewLive } from '@/lib/server/view/live-detail'
import { liveIdOf } from '@/lib/server/view/verdict-subject'

interface Props {
  params: Promise<{ model: string; environment: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, environment } = await params
  return { title: `${decodeURIComponent(model)} in ${decodeURIComponent(environment)}` }
}

export default async function LiveVersionPage({ params }: Props) {
  const { model, environment } = await params
  const actor = await requireActor(`/live/${model}/${environment}`)
  const opened = await store()
  const id = await liveIdOf(opened, decodeURIComponent(model), decodeURIComponent(environment))
  if (id === null) notFound()
  const view = await viewLive(opened, actor, id)
  if (view === null) notFound()
  return (
    <Hydrated reads={[{ queryKey: liveQuery(id).queryKey, queryFn: async () => view }]}>
      <LivePage id={id} />
    </Hydrated>
  )
}

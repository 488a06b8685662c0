/** Everything that happened to a release, newest first, as the record has it. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Timeline } from '@/components/release/timeline'
import { releaseQuery, timelineQuery } from '@/lib/client/queries'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { releaseTimeline, releaseView } from '@/lib/server/view/release'

export const metadata: Metadata = { title: 'Timeline' }

export default async function TimelinePage({ params }: PageProps<'/releases/[code]/timeline'>) {
  const { code } = await params
  const actor = await requireActor(`/releases/${code}/timeline`)
  await store()
  const [view, entries] = await Promise.all([releaseView(actor, code), releaseTimeline(code, undefined)])
  if (!view || !entries) notFound()
  return (
    <Hydrated reads={[
      { queryKey: releaseQuery(code).queryKey, queryFn: () => Promise.resolve(view) },
      { queryKey: timelineQuery(code).queryKey, queryFn: () => Promise.resolve(entries) },
    ]}>
      <Timeline code={code} />
    </Hydrated>
  )
}

/** One check-in: planned, running or over. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CheckIn } from '@/components/check-in/check-in'
import { checkInQuery, presenceQuery, releaseQuery } from '@/lib/client/queries'
import { requireActor } from '@/lib/server/actor'
import { Hydrated, type Read } from '@/lib/server/hydrate'
import { checkInView, presenceView } from '@/lib/server/view/check-in'
import { releaseView } from '@/lib/server/view/release'

export const metadata: Metadata = { title: 'Check-in' }

export default async function CheckInPage({ params }: PageProps<'/check-ins/[id]'>) {
  const { id } = await params
  const actor = await requireActor(`/check-ins/${id}`)
  const view = await checkInView(actor, id)
  if (!view) notFound()
  const code = view.topics.find((topic) => topic.id === view.currentTopicId)?.code
  const reads: readonly Read[] = [
    { queryKey: checkInQuery(id).queryKey, queryFn: () => Promise.resolve(view) },
    { queryKey: presenceQuery(id).queryKey, queryFn: () => presenceView(id) },
    ...(code ? [{ queryKey: releaseQuery(code).queryKey, queryFn: () => releaseView(actor, code) }] : []),
  ]
  return (
    <Hydrated reads={reads}>
      <CheckIn id={id} />
    </Hydrated>
  )
}

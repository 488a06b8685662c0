/** What is live where, and how it does. */
import type { Metadata } from 'next'
import { LiveScreen } from '@/components/live/live-screen'
import { liveListQuery } from '@/lib/client/live-versions'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { liveList } from '@/lib/server/view/live'

export const metadata: Metadata = { title: 'Live' }

export default async function LivePage() {
  const actor = await requireActor('/live')
  const opened = await store()
  return (
    <Hydrated reads={[{ queryKey: liveListQuery().queryKey, queryFn: () => liveList(opened, actor) }]}>
      <LiveScreen />
    </Hydrated>
  )
}

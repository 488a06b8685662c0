/** The environments that models run in, with their freezes. */
import type { Metadata } from 'next'
import { EnvironmentsScreen } from '@/components/environment/environments-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewEnvironments } from '@/lib/server/view/environment'

export const metadata: Metadata = { title: 'Environments' }

export default async function EnvironmentsPage() {
  const actor = await requireActor('/environments')
  return <EnvironmentsScreen initial={await viewEnvironments(await store(), actor)} />
}

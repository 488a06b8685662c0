/** Settings: where notifications go. */
import type { Metadata } from 'next'
import { NotificationsScreen } from '@/components/notify/notifications-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewDestinations } from '@/lib/server/view/destinations'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationsPage() {
  const actor = await requireActor('/settings/notifications')
  return <NotificationsScreen initial={await viewDestinations(await store(), actor)} />
}

/** Settings: where Slack hears of things. */
import type { Metadata } from 'next'
import { SlackScreen } from '@/components/notify/slack-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewDestinations } from '@/lib/server/view/destinations'

export const metadata: Metadata = { title: 'Slack' }

export default async function SlackPage() {
  const actor = await requireActor('/settings/slack')
  return <SlackScreen initial={await viewDestinations(await store(), actor)} />
}

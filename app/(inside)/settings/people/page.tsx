/** Settings: People. */
import type { Metadata } from 'next'
import { PeopleScreen } from '@/components/people/people-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewPeople } from '@/lib/server/view/people'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage() {
  const actor = await requireActor('/settings/people')
  const view = await viewPeople(await store(), actor)
  return <PeopleScreen initial={view} />
}

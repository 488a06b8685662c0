/** Settings: Policy. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PolicyScreen } from '@/components/people/policy-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewPolicy } from '@/lib/server/view/installation'

export const metadata: Metadata = { title: 'Policy' }

export default async function PolicyPage() {
  const actor = await requireActor('/settings/policy')
  const view = await viewPolicy(await store(), actor)
  if (view === null) notFound()
  return <PolicyScreen initial={view} />
}

/** Settings: Account. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AccountScreen } from '@/components/people/account-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewAccount } from '@/lib/server/view/account'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const actor = await requireActor('/settings/account')
  const view = await viewAccount(await store(), actor)
  if (view === null) notFound()
  return <AccountScreen initial={view} />
}

/** Settings: API tokens. */
import type { Metadata } from 'next'
import { TokensScreen } from '@/components/people/tokens-screen'
import { PageHead } from '@/components/ui/surface'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewTokens } from '@/lib/server/view/tokens'

export const metadata: Metadata = { title: 'API tokens' }

export default async function TokensPage() {
  const actor = await requireActor('/settings/tokens')
  const view = await viewTokens(await store(), actor)
  if (view === null) return <PageHead title="API tokens" lead="Leads of teams and admins see and make API tokens. Ask one of them." />
  return <TokensScreen initial={view} />
}

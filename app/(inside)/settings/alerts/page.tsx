/** Settings: the alerts that came in. */
import type { Metadata } from 'next'
import { InboundAlerts } from '@/components/live/inbound-alerts'
import { PageHead } from '@/components/ui/surface'
import { inboundAlertsQuery } from '@/lib/client/live-versions'
import { may } from '@/lib/domain/policy'
import { requireActor } from '@/lib/server/actor'
import { viewInboundPage } from '@/lib/server/alerts/receive'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'

export const metadata: Metadata = { title: 'Alerts' }

export default async function AlertsPage() {
  const actor = await requireActor('/settings/alerts')
  if (may(actor, 'token.read') !== true) return <PageHead title="Alerts" lead="Leads of teams and admins see the alerts that came in. Ask one of them." />
  await store()
  return (
    <Hydrated reads={[{ queryKey: inboundAlertsQuery().queryKey, queryFn: viewInboundPage }]}>
      <InboundAlerts />
    </Hydrated>
  )
}

/** All check-ins. */
import type { Metadata } from 'next'
import { CheckInsScreen } from '@/components/check-in/check-ins-screen'
import { checkInsQuery } from '@/lib/client/queries'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { checkInList } from '@/lib/server/view/check-ins'

export const metadata: Metadata = { title: 'Check-ins' }

export default async function CheckInsPage() {
  const actor = await requireActor('/check-ins')
  return (
    <Hydrated reads={[{ queryKey: checkInsQuery().queryKey, queryFn: () => checkInList(actor) }]}>
      <CheckInsScreen />
    </Hydrated>
  )
}

/** Settings: how the record stands, what was signed about it, and the evidence of a period. */
import type { Metadata } from 'next'
import { RecordScreen } from '@/components/evidence-pack/record-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { recordView } from '@/lib/server/view/record'

export const metadata: Metadata = { title: 'Record' }

export default async function RecordPage() {
  const actor = await requireActor('/settings/record')
  return <RecordScreen initial={await recordView(await store(), actor)} />
}

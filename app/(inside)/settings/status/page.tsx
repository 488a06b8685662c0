/** Settings: what the public status page shows. */
import type { Metadata } from 'next'
import { StatusEditor } from '@/components/notify/status-editor'
import '@/components/status/status.css'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewStatusEditor } from '@/lib/server/view/status-page'

export const metadata: Metadata = { title: 'Status page' }

export default async function StatusSettingsPage() {
  const actor = await requireActor('/settings/status')
  return <StatusEditor initial={await viewStatusEditor(await store(), actor)} />
}

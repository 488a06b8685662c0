/** The checklist templates. */
import type { Metadata } from 'next'
import { TemplatesScreen } from '@/components/template/templates-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewTemplates } from '@/lib/server/view/template'

export const metadata: Metadata = { title: 'Templates' }

export default async function TemplatesPage() {
  const actor = await requireActor('/settings/templates')
  return <TemplatesScreen initial={await viewTemplates(await store(), actor)} />
}

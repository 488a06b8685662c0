/** The studio in which a template is begun, also from an imported checklist. */
import type { Metadata } from 'next'
import { Studio } from '@/components/template/studio/studio'
import { STARTER } from '@/lib/domain/template/starter'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewTemplateFrame } from '@/lib/server/view/template'

export const metadata: Metadata = { title: 'New template' }

export default async function NewTemplatePage() {
  const actor = await requireActor('/settings/templates/new')
  return <Studio view={null} start={STARTER} frame={await viewTemplateFrame(await store(), actor)} />
}

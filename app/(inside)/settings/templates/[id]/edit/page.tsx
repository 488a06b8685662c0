/** The studio in which a template is revised. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Studio } from '@/components/template/studio/studio'
import { bareContent } from '@/lib/domain/template/template'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewTemplate, viewTemplateFrame } from '@/lib/server/view/template'

export const metadata: Metadata = { title: 'Revise a template' }

export default async function ReviseTemplatePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requireActor(`/settings/templates/${id}/edit`)
  const [view, frame] = await Promise.all([viewTemplate(await store(), actor, id), viewTemplateFrame(await store(), actor)])
  if (!view) notFound()
  return <Studio view={view} start={bareContent(view.content)} frame={frame} />
}

/** One template with its gates and revisions. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TemplateScreen } from '@/components/template/template-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewTemplate } from '@/lib/server/view/template'

export const metadata: Metadata = { title: 'Template' }

export default async function TemplatePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requireActor(`/settings/templates/${id}`)
  const view = await viewTemplate(await store(), actor, id)
  if (!view) notFound()
  return <TemplateScreen initial={view} />
}

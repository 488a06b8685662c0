/** The page on which a version of a model is registered. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NewVersion } from '@/components/model/new-version'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewModel } from '@/lib/server/view/model'

export const metadata: Metadata = { title: 'New version' }

export default async function NewVersionPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params
  const actor = await requireActor(`/models/${slug}/versions/new`)
  const model = await viewModel(await store(), actor, slug)
  if (!model) notFound()
  return <NewVersion model={model} />
}

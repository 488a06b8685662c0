/** One model with its versions, documents and what is live. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ModelScreen } from '@/components/model/model-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewModel } from '@/lib/server/view/model'
import { viewTestScore } from '@/lib/server/view/test-score'

export const metadata: Metadata = { title: 'Model' }

export default async function ModelPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params
  const actor = await requireActor(`/models/${slug}`)
  const opened = await store()
  const [view, score] = await Promise.all([viewModel(opened, actor, slug), viewTestScore(opened, slug)])
  if (!view) notFound()
  return <ModelScreen initial={view} score={score} />
}

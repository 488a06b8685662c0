/** The page on which a release is opened; `?model=<slug>` chooses the model. */
import type { Metadata } from 'next'
import { ReleaseForm } from '@/components/release-form/release-form'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewOpening } from '@/lib/server/view/opening'

export const metadata: Metadata = { title: 'Open a release' }

export default async function NewReleasePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const actor = await requireActor('/releases/new')
  const { model } = await searchParams
  return <ReleaseForm initial={await viewOpening(await store(), actor)} modelSlug={typeof model === 'string' ? model : null} />
}

/** The models of the teams. */
import type { Metadata } from 'next'
import { ModelsScreen } from '@/components/model/models-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { viewModels } from '@/lib/server/view/model'

export const metadata: Metadata = { title: 'Models' }

export default async function ModelsPage() {
  const actor = await requireActor('/models')
  return <ModelsScreen initial={await viewModels(await store(), actor)} />
}

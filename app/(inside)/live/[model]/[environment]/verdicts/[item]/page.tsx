/** Why one metric of what is live says what it says. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { VerdictPage, type VerdictSearch } from '@/app/(inside)/verdict-page'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { liveIdOf } from '@/lib/server/view/verdict-subject'

interface Props {
  params: Promise<{ model: string; environment: string; item: string }>
  searchParams: Promise<VerdictSearch>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, item } = await params
  return { title: `${decodeURIComponent(item)} of ${decodeURIComponent(model)}, verdict` }
}

export default async function LiveVerdictPage({ params, searchParams }: Props) {
  const [{ model, environment, item }, search] = await Promise.all([params, searchParams])
  const actor = await requireActor(`/live/${model}/${environment}/verdicts/${item}`)
  const id = await liveIdOf(await store(), decodeURIComponent(model), decodeURIComponent(environment))
  if (id === null) notFound()
  return <VerdictPage actor={actor} address={{ kind: 'live', id, itemId: decodeURIComponent(item) }} search={search} />
}

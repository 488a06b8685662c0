/** The short address of a decision, `/decisions/7`: numbers are given once in the installation, so it leads to the same decision for ever. */
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { placeOfDecision } from '@/lib/server/view/decisions'

export const metadata: Metadata = { title: 'Decision' }

export default async function DecisionNumberRoute({ params }: PageProps<'/decisions/[number]'>) {
  const { number } = await params
  await requireActor(`/decisions/${number}`)
  await store()
  const place = await placeOfDecision(number)
  if (place === null) notFound()
  redirect(`/releases/${place.code}/decisions/${place.number}`)
}

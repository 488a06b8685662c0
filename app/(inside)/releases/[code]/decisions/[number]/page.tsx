/** The permanent address of one decision, with what was known when it was taken. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DecisionPage } from '@/components/decision/decision-page'
import { releaseQuery } from '@/lib/client/queries'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'
import { releaseView } from '@/lib/server/view/release'

export async function generateMetadata({ params }: PageProps<'/releases/[code]/decisions/[number]'>): Promise<Metadata> {
  const { number } = await params
  return { title: /^\d{1,9}$/.test(number) ? `D-${number}` : 'Decision' }
}

export default async function DecisionRoute({ params }: PageProps<'/releases/[code]/decisions/[number]'>) {
  const { code, number } = await params
  const actor = await requireActor(`/releases/${code}/decisions/${number}`)
  await store()
  const view = await releaseView(actor, code)
  if (!view?.decisions.some((decision) => String(decision.number) === number)) notFound()
  return (
    <Hydrated reads={[{ queryKey: releaseQuery(code).queryKey, queryFn: () => Promise.resolve(view) }]}>
      <DecisionPage code={code} number={Number(number)} />
    </Hydrated>
  )
}

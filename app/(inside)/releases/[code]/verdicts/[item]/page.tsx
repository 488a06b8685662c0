/** Why one metric of a release says what it says. */
import type { Metadata } from 'next'
import { VerdictPage, type VerdictSearch } from '@/app/(inside)/verdict-page'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'

interface Props {
  params: Promise<{ code: string; item: string }>
  searchParams: Promise<VerdictSearch>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code, item } = await params
  return { title: `${decodeURIComponent(item)} of ${decodeURIComponent(code)}, verdict` }
}

export default async function ReleaseVerdictPage({ params, searchParams }: Props) {
  const [{ code, item }, search] = await Promise.all([params, searchParams])
  const actor = await requireActor(`/releases/${code}/verdicts/${item}`)
  await store()
  return <VerdictPage actor={actor} address={{ kind: 'release', id: code, itemId: decodeURIComponent(item) }} search={search} />
}

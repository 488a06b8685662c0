/** Where the time of a release went, as lanes of teams. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LanesScreen } from '@/components/flow/lanes-screen'
import { lanesQuery } from '@/lib/client/flow'
import { requireActor } from '@/lib/server/actor'
import { lanesView } from '@/lib/server/flow/lanes'
import { Hydrated } from '@/lib/server/hydrate'
import { store } from '@/lib/server/store'

type Props = PageProps<'/releases/[code]/timeline/lanes'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params
  return { title: code.length > 20 ? 'Where time went' : `${code.toUpperCase()}, where time went` }
}

export default async function LanesPage({ params }: Props) {
  const { code } = await params
  await requireActor(`/releases/${code}/timeline/lanes`)
  const view = await lanesView(await store(), code)
  if (!view) notFound()
  return (
    <Hydrated reads={[{ queryKey: lanesQuery(code).queryKey, queryFn: () => Promise.resolve(view) }]}>
      <LanesScreen code={code} />
    </Hydrated>
  )
}

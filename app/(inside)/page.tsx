/** The board: every release in flight. */
import type { Metadata } from 'next'
import { Board } from '@/components/board/board'
import { readerOf } from '@/lib/client/address'
import { boardKey } from '@/lib/client/board'
import { boardFiltersOf } from '@/lib/domain/board'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { boardView } from '@/lib/server/view/board'

export const metadata: Metadata = { title: 'Board' }

export default async function BoardPage({ searchParams }: PageProps<'/'>) {
  const actor = await requireActor()
  const filters = boardFiltersOf({ get: readerOf(await searchParams) })
  const view = await boardView(actor, filters, new Date(), true)
  const isBeginning = view.groups.some((group) => (group.hidden ?? 0) > 0)
  return (
    <Hydrated reads={[{ queryKey: boardKey(filters), queryFn: () => Promise.resolve(view), isBeginning }]}>
      <Board />
    </Hydrated>
  )
}

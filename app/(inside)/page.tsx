/** The board: every release in flight. */
import type { Metadata } from 'next'
import { Board } from '@/components/board/board'
import { boardKey } from '@/lib/client/board'
import { boardFiltersOf, firstRows } from '@/lib/domain/board'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { boardView } from '@/lib/server/view/board'

export const metadata: Metadata = { title: 'Board' }

/** A board of up to so many rows comes whole with its page; of a longer one the first rows do, more than the first picture draws. */
const WHOLE_UP_TO = 60
const FIRST_ROWS = 40

export default async function BoardPage({ searchParams }: PageProps<'/'>) {
  const actor = await requireActor()
  const asked = await searchParams
  const filters = boardFiltersOf({ get: (name) => (typeof asked[name] === 'string' ? asked[name] : null) })
  const view = await boardView(actor, filters)
  const isLong = view.shown > WHOLE_UP_TO
  return (
    <Hydrated reads={[{ queryKey: boardKey(filters), queryFn: () => Promise.resolve(isLong ? firstRows(view, FIRST_ROWS) : view), isBeginning: isLong }]}>
      <Board />
    </Hydrated>
  )
}

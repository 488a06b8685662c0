'use client'
/** The board: what is in flight, in one sentence, by team, and release by release; live, and filtered by the URL. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useDeferredValue } from 'react'
import { BoardScreen } from '@/components/board/board-screen'
import { boardFiltersOf, boardQueryString } from '@/lib/domain/board'
import { boardQuery } from '@/lib/client/board'

/** Reads the filters from the URL and the board from the cache; the old rows stay until the filtered ones are there. */
export function Board() {
  const params = useSearchParams()
  const query = boardQueryString(boardFiltersOf(params))
  const settled = useDeferredValue(query)
  const filters = boardFiltersOf(new URLSearchParams(settled))
  const { data } = useSuspenseQuery(boardQuery(filters))
  return <BoardScreen view={data} filters={filters} listKey={settled} />
}

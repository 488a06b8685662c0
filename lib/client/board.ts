/** Reads the board from the browser, under one key per set of filters. */
import { queryOptions } from '@tanstack/react-query'
import { boardQueryString, type BoardFilters, type BoardView } from '@/lib/domain/board'

/** The key of the board; live messages make everything that begins with `board` old. */
export function boardKey(filters: BoardFilters): readonly ['board', string] {
  return ['board', boardQueryString(filters)]
}

async function readBoard(filters: BoardFilters, signal: AbortSignal): Promise<BoardView> {
  const query = boardQueryString(filters)
  const response = await fetch(`/api/v1/board${query === '' ? '' : `?${query}`}`, { headers: { accept: 'application/json' }, signal })
  if (!response.ok) throw new Error(`The board answered ${response.status}.`)
  // The server answers with what its view function of the same type gave.
  return response.json()
}

/** The board under the filters. */
export function boardQuery(filters: BoardFilters) {
  return queryOptions({ queryKey: boardKey(filters), queryFn: ({ signal }) => readBoard(filters, signal) })
}

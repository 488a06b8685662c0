/** Reads the board from the browser, under one key per set of filters. */
import { queryOptions } from '@tanstack/react-query'
import { boardQueryString, type BoardFilters, type BoardView } from '@/lib/domain/board'
import { read } from './api'

/** The key of the board; live messages make everything that begins with `board` old. */
export function boardKey(filters: BoardFilters): readonly ['board', string] {
  return ['board', boardQueryString(filters)]
}

function boardPath(filters: BoardFilters): string {
  const query = boardQueryString(filters)
  return query === '' ? '/board' : `/board?${query}`
}

/** The board under the filters. */
export function boardQuery(filters: BoardFilters) {
  return queryOptions({ queryKey: boardKey(filters), queryFn: ({ signal }) => read<BoardView>(boardPath(filters), signal) })
}

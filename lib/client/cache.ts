/** The one react-query client per browser and per server request, set up for streaming from the server. */
import { defaultShouldDehydrateQuery, environmentManager, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api'

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        // A refusal will not change by asking again; a server that is away may come back.
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: true,
      },
      // What a page brings along is written as one text; see lib/server/hydrate.
      hydrate: { deserializeData: (data: unknown) => (typeof data === 'string' ? JSON.parse(data) : data) },
      dehydrate: { shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending', shouldRedactErrors: () => false },
    },
  })
}

let inBrowser: QueryClient | undefined

/** A fresh client per request on the server, the same one for the whole visit in the browser. */
export function queryClient(): QueryClient {
  if (environmentManager.isServer()) return makeQueryClient()
  inBrowser ??= makeQueryClient()
  return inBrowser
}

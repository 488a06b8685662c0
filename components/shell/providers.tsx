'use client'
/** The browser's cache of server data, one per tab, made once. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

/** Around everything behind the sign-in. Live messages say what is old, so nothing is fetched again merely because time passed. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, gcTime: 600_000, retry: 1, refetchOnWindowFocus: true } } }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

/** The search over everything that people wrote. */
import type { Metadata } from 'next'
import { SearchScreen } from '@/components/search/search-screen'
import { requireActor } from '@/lib/server/actor'
import { store } from '@/lib/server/store'
import { searchView } from '@/lib/server/view/search'

export const metadata: Metadata = { title: 'Search' }

export default async function SearchPage({ searchParams }: PageProps<'/search'>) {
  const { q } = await searchParams
  const query = (typeof q === 'string' ? q : '').slice(0, 200)
  await requireActor(`/search?q=${encodeURIComponent(query)}`)
  return <SearchScreen view={await searchView(await store(), query)} />
}

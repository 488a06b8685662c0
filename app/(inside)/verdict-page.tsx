/** A verdict page, whoever's item it is: reads all that the first HTML shows and hands it to the screen. */
import { notFound } from 'next/navigation'
import { VerdictScreen } from '@/components/verdict/verdict-screen'
import { readerOf } from '@/lib/client/address'
import { evaluationQuery, evaluationsQuery, verdictChartQuery, verdictQuery } from '@/lib/client/verdicts'
import type { Actor } from '@/lib/domain/actor'
import { VERDICTS } from '@/lib/domain/verdict/verdict'
import { Hydrated } from '@/lib/server/hydrate'
import { verdictFirst, type VerdictAddress } from '@/lib/server/view/verdict'

export type VerdictSearch = Readonly<Record<string, string | string[] | undefined>>

/** In: who looks, the item's address, the parameters of the page. Not found where there is none for this reader. */
export async function VerdictPage({ actor, address, search }: { actor: Actor; address: VerdictAddress; search: VerdictSearch }) {
  const read = readerOf(search)
  const asked = { at: read('at') ?? '', verdicts: VERDICTS.filter((verdict) => read('verdict')?.split(',').includes(verdict)) }
  const first = await verdictFirst(actor, address, asked)
  if (!first) notFound()
  const { page, lines, chart, detail } = first
  return (
    <Hydrated reads={[
      { queryKey: verdictQuery(page.api).queryKey, queryFn: () => Promise.resolve(page) },
      { queryKey: evaluationsQuery(page.api, asked.verdicts).queryKey, queryFn: () => Promise.resolve({ pages: [lines], pageParams: [''] }) },
      ...(chart ? [{ queryKey: verdictChartQuery(page.api, chart.span, null).queryKey, queryFn: () => Promise.resolve(chart) }] : []),
      ...(detail ? [{ queryKey: evaluationQuery(page.api, detail.id).queryKey, queryFn: () => Promise.resolve(detail) }] : []),
    ]}>
      <VerdictScreen api={page.api} />
    </Hydrated>
  )
}

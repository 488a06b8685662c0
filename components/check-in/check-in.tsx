'use client'
/** One check-in in the state that it is in: planned, running, or over. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { Meeting } from '@/components/check-in/meeting'
import { Over } from '@/components/check-in/over'
import { Planned } from '@/components/check-in/planned'
import { checkInQuery } from '@/lib/client/queries'

export function CheckIn({ id }: { id: string }) {
  const { data: view } = useSuspenseQuery(checkInQuery(id))
  if (view.status === 'running') return <Meeting view={view} />
  return view.status === 'scheduled' ? <Planned view={view} /> : <Over view={view} />
}

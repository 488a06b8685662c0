'use client'
/** One check-in in the state that it is in: planned, running, or over. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Meeting } from '@/components/check-in/meeting'
import { Over } from '@/components/check-in/over'
import { Planned } from '@/components/check-in/planned'
import { showToast } from '@/components/shell/toasts'
import { checkInQuery } from '@/lib/client/queries'

export function CheckIn({ id }: { id: string }) {
  const { data: view } = useSuspenseQuery(checkInQuery(id))
  const { status, minutes } = view
  const before = useRef(status)
  const self = view.people.find((person) => person.id === view.viewer.personId)?.name
  // who was in the meeting, perhaps about to close it too, is told who did
  useEffect(() => {
    if (before.current === 'running' && status === 'closed' && minutes && minutes.by !== self) showToast({ message: `The minutes were closed by ${minutes.by}.` })
    // the meeting begins at its topic, not where one had scrolled to in the longer plan
    if (before.current === 'scheduled' && status === 'running') window.scrollTo(0, 0)
    before.current = status
  }, [status, minutes, self])
  if (status === 'running') return <Meeting view={view} />
  return status === 'scheduled' ? <Planned view={view} /> : <Over view={view} />
}

'use client'
/** Who has the check-in open: tells the server that this browser is here, and shows the others. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { TeamMark } from '@/components/gate/team-mark'
import { classes } from '@/components/ui/class-names'
import { post } from '@/lib/client/api'
import { presenceQuery } from '@/lib/client/queries'
import type { CheckInView, PresenceView } from '@/lib/domain/check-in/view'

const BEAT_MS = 10_000

/** Says every ten seconds that somebody is here, and at once when they begin or stop writing, or leave. */
export function usePresence(id: string, writesOn: string | null): void {
  const client = useQueryClient()
  const writing = useRef(writesOn)
  // a page that is reloaded says goodbye after it has come back, so each says of itself which one it is
  const [page] = useState(() => Math.random().toString(36).slice(2))
  useEffect(() => {
    writing.current = writesOn
  }, [writesOn])
  useEffect(() => {
    let isGone = false
    const tell = () => {
      void post<PresenceView>(`/check-ins/${id}/presence`, { isHere: true, writesOn: writing.current, page })
        .then((view) => { if (!isGone) client.setQueryData(presenceQuery(id).queryKey, view) }).catch(() => undefined)
    }
    const bye = () => {
      // keepalive lets the word out while the page goes away
      void fetch(`/api/v1/check-ins/${id}/presence`, { method: 'POST', keepalive: true, credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ isHere: false, writesOn: null, page }) }).catch(() => undefined)
    }
    tell()
    const beat = setInterval(tell, BEAT_MS)
    window.addEventListener('pagehide', bye)
    return () => {
      isGone = true
      clearInterval(beat)
      window.removeEventListener('pagehide', bye)
      bye()
    }
  }, [id, page, client])
  useEffect(() => {
    if (writesOn !== null) void post<PresenceView>(`/check-ins/${id}/presence`, { isHere: true, writesOn, page }).catch(() => undefined)
  }, [id, page, writesOn])
}

/** The people, each with the mark of the team; the one whom all screens follow is framed, who writes has three dots. */
export function Presence({ view }: { view: CheckInView }) {
  const { data } = useQuery(presenceQuery(view.id))
  const people = data?.people ?? []
  if (people.length === 0) return null
  return (
    <ul role="list" aria-label="Who is here" className="flex flex-wrap gap-2">
      {people.map((person) => {
        const team = view.teams.find((one) => one.id === person.team)
        const leads = person.isHere && view.movedBy === person.name
        const isWriting = person.isHere && person.writesOn !== null
        const [first = person.name, ...others] = person.name.split(' ')
        return (
          <li key={person.id} title={isWriting ? `${person.name} writes` : person.name} className={classes('relative inline-flex h-7 items-center gap-2 rounded-surface border px-2 text-12', leads ? 'border-ink bg-surface font-medium' : 'border-line bg-sunken', !person.isHere && 'text-ink-2')}>
            {team && <TeamMark shape={team.shape} name={team.name} isNameHidden />}
            <span>{first}{others.length > 0 && <span className="max-md:sr-only"> {others.join(' ')}</span>}{!person.isHere && ', away'}</span>
            {/* over the edge, so that nothing moves when somebody begins or stops */}
            {isWriting && <span className="absolute -top-2 -right-1 rounded-full bg-ink px-1 text-11 leading-4 text-paper"><span aria-hidden="true">…</span><span className="sr-only"> writes</span></span>}
          </li>
        )
      })}
    </ul>
  )
}

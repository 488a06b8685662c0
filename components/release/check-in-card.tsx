'use client'
/** The next check-in that this release stands on, and the way to put what blocks it on the agenda. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Card, CardRow } from '@/components/release/card'
import { useStage } from '@/components/release/stage'
import { showToast } from '@/components/shell/toasts'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import { checkInQuery, checkInsQuery } from '@/lib/client/queries'
import { nextOf } from '@/lib/domain/check-in/next'
import type { CheckInLine, TopicView } from '@/lib/domain/check-in/view'
import type { ReleaseView } from '@/lib/domain/release/view'

const ALL = /^all releases/i
const FRESH_MS = 300_000

/** The coming check-ins that a release stands on, the next first; one for all releases is for those in flight. Under a key of its own: agendas are not counted anew at every change of a release. */
function useCheckIns(view: ReleaseView): { readonly lines: readonly CheckInLine[]; readonly isRead: boolean } {
  const { data } = useQuery({ ...checkInsQuery(), queryKey: ['coming-check-ins'], staleTime: FRESH_MS })
  const lines = (data?.coming ?? []).filter((line) => (view.end === null && ALL.test(line.scope)) || line.scope.split(/[\s,]+/).includes(view.code))
  return { lines: lines.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)), isRead: data !== undefined }
}

export function CheckInCard() {
  const { view } = useStage()
  const { lines, isRead } = useCheckIns(view)
  return (
    <Card title="Check-ins" {...(isRead ? { count: lines.length } : {})} action={<AppLink href="/check-ins" className="text-12 text-ink-2 hover:text-ink">All</AppLink>}>
      {lines.length === 0 && <p className="text-12 text-ink-2">{isRead ? 'None is planned that this release stands on.' : 'Reading…'}</p>}
      <ul role="list">
        {lines.slice(0, 3).map((line) => (
          <CardRow key={line.id} aside={<Time at={line.startsAt} as="moment" />}>
            <AppLink href={`/check-ins/${line.id}`} className="hover:underline">{line.title}</AppLink>
            <span className="text-12 text-ink-2">, {line.durationMinutes} min{line.lines !== null && `, ${line.lines} agenda ${line.lines === 1 ? 'line' : 'lines'}`}</span>
          </CardRow>
        ))}
      </ul>
    </Card>
  )
}

/** Puts the sentence of the release on the next check-in; nothing where none is planned. */
export function PutOnCheckIn({ gateId }: { gateId: string | null }) {
  const { view } = useStage()
  const { lines } = useCheckIns(view)
  const next = nextOf(lines, useNow()) ?? lines[0]
  if (!next) return null
  return <PutOn key={next.id} line={next} gateId={gateId} view={view} />
}

function PutOn({ line, gateId, view }: { line: CheckInLine; gateId: string | null; view: ReleaseView }) {
  const { run, pending } = useCommand('check-in', line.id)
  const [isDone, setDone] = useState(false)
  const client = useQueryClient()
  const press = async () => {
    const agenda = await client.fetchQuery({ ...checkInQuery(line.id), staleTime: 0 }).catch(() => null)
    const isThis = (one: TopicView) => one.releaseId === view.id && one.gateId === gateId
    // most of what blocks is on an agenda by itself, and one matter is spoken of once
    const place = agenda?.topics.findIndex((one) => isThis(one) && one.status === 'open') ?? -1
    if (agenda && place >= 0) {
      setDone(true)
      return showToast({ message: `It is on “${line.title}” already, number ${place + 1} of ${agenda.topics.length}.` })
    }
    const fresh = agenda?.fresh.find(isThis)
    const title = `${view.code}: ${view.sentence.map((part) => part.text).join('')}`.slice(0, 200)
    const ran = await run(fresh ? { type: 'add-line', key: fresh.key } : { type: 'add-topic', topicId: crypto.randomUUID(), title, releaseId: view.id, gateId })
    setDone(ran.ok)
    showToast(ran.ok ? { message: `It is on “${line.title}”.` } : { message: ran.refusal.message, isFailure: true })
  }
  return <Button isBusy={pending} refusal={isDone ? 'It is on the agenda.' : null} onClick={() => void press()}><span>{line.status === 'running' ? 'Put on the running check-in' : <>Put on <Time at={line.startsAt} as="day" />’s check-in</>}</span></Button>
}

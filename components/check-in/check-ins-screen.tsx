'use client'
/** All check-ins: what comes with the length of its agenda, and what was held with what it came to. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { nextHalfHour, PlanDialog } from '@/components/check-in/plan-dialog'
import { AppLink, isRoute } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { Pill, type PillState } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { checkInsQuery } from '@/lib/client/queries'
import { nextOf } from '@/lib/domain/check-in/next'
import type { CheckInStatus } from '@/lib/domain/check-in/state'
import type { CheckInLine } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'

const PILLS: Readonly<Record<CheckInStatus, readonly [PillState, string]>> = {
  scheduled: ['later', 'Planned'], running: ['open', 'Running'], closed: ['passed', 'Closed'], cancelled: ['idle', 'Cancelled'], missed: ['waiting', 'Missed'],
}

function Line({ line }: { line: CheckInLine }) {
  const [state, words] = PILLS[line.status]
  return (
    <Row
      title={<AppLink href={`/check-ins/${line.id}`} className="underline decoration-line-strong underline-offset-2 hover:decoration-current">{line.title}</AppLink>}
      detail={<><Time at={line.startsAt} as="moment" /> · {line.answerBy === null ? `${line.durationMinutes}\u00a0min` : <>in writing until <Time at={line.answerBy} as="moment" /></>} · {line.scope}</>}
      aside={<><span className="text-ink-2">{line.lines === null ? line.summary : formatPlural(line.lines, 'line')}</span><Pill state={state} hasMark>{words}</Pill></>}
    />
  )
}

function NextWords({ next }: { next: CheckInLine }) {
  const isRunning = next.status === 'running'
  return <>{isRunning ? 'Running now' : 'Next'}: <b>{next.title}</b>{!isRunning && <>, <Time at={next.startsAt} as="moment" className="whitespace-nowrap" /></>}, with {formatPlural(next.lines ?? 0, 'line')} on its agenda.</>
}

export function CheckInsScreen() {
  const { data } = useSuspenseQuery(checkInsQuery())
  const router = useRouter()
  const [isPlanning, setPlanning] = useState(false)
  const go = (id: string) => {
    const href = `/check-ins/${id}`
    if (isRoute(href)) router.push(href)
  }
  const plan = <Button look="primary" refusal={data.allowed.plan} onClick={() => setPlanning(true)}>Plan a check-in</Button>
  const isEmpty = data.coming.length + data.past.length === 0
  const now = useNow()
  const next = nextOf(data.coming, now) ?? data.coming[0]
  const last = data.past.find((one) => one.status === 'closed')
  return (
    <>
      <PageHead title="Check-ins" lead={next === undefined ? 'Nothing is planned.' : <NextWords next={next} />}>{!isEmpty && plan}</PageHead>
      {isEmpty ? (
        <Surface>
          <EmptyState title="No check-in yet" action={plan}>
            Three teams fall out of step when they do not talk. Plan a short, regular one: its agenda makes itself from what blocks, what is late and what changed, decisions and actions are taken in place, and the minutes enter the record.
          </EmptyState>
        </Surface>
      ) : (
        <div className="flex flex-col gap-4">
          <Surface aria-label="Coming">
            <SurfaceHead title="Coming" note={data.coming.length} />
            {data.coming.length === 0 ? <EmptyState title="Nothing is planned." action={plan} /> : <Rows>{data.coming.map((line) => <Line key={line.id} line={line} />)}</Rows>}
          </Surface>
          <Surface aria-label="Before">
            <SurfaceHead title="Held, cancelled and missed" note={data.past.length} />
            {data.past.length === 0 ? <p className="px-4 py-3 text-ink-2">None yet.</p> : <Rows>{data.past.map((line) => <Line key={line.id} line={line} />)}</Rows>}
          </Surface>
        </div>
      )}
      {isPlanning && (
        <PlanDialog
          releases={data.releases} teams={data.teams} earlier={data.past.filter((one) => one.status === 'closed').slice(0, 20)} onClose={() => setPlanning(false)} onDone={go}
          start={{ title: '', startsAt: nextHalfHour(), durationMinutes: 25, releaseIds: 'all', teams: data.teams.map((team) => team.id), previousId: last?.id ?? null }}
        />
      )}
    </>
  )
}

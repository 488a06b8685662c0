'use client'
/** Everything that is live, what needs eyes first: version, how it stands, review date and ninety days. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { RecordStrip } from '@/components/live/record'
import { ItemMarks, StandingPill } from '@/components/live/standing'
import { AppLink } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { liveListQuery } from '@/lib/client/live-versions'
import { formatPlural } from '@/lib/domain/format'
import type { LiveListView, LiveRow } from '@/lib/domain/live/view'

const HOW = { released: 'released by', adopted: 'adopted', 'rolled-back-to': 'back since the roll-back of' } as const

function Lead({ view }: { view: LiveListView }) {
  const count = (standing: LiveRow['standing']) => view.rows.filter((row) => row.standing === standing).length
  const risk = count('at-risk')
  const blind = count('unmeasured') + count('unwatched')
  const overdue = view.rows.filter((row) => row.isReviewOverdue).length
  if (view.rows.length === 0) return <>What runs after its release, and how it does.</>
  return (
    <>
      <b>{risk === 0 ? 'Nothing is at risk' : `${formatPlural(risk, 'version')} at risk`}</b> of {formatPlural(view.rows.length, 'live version')}
      {blind > 0 && `; ${blind} ${blind === 1 ? 'is' : 'are'} not measured`}{overdue > 0 && <>; <b>{formatPlural(overdue, 'review')} overdue</b></>}.
    </>
  )
}

export function LiveScreen() {
  const { data } = useSuspenseQuery(liveListQuery())
  return (
    <>
      <PageHead title="Live" lead={<Lead view={data} />} />
      <Surface aria-label="Live versions">
        {data.rows.length === 0 ? (
          <EmptyState title="Nothing is live yet" action={<ButtonLink href="/models">Open the models</ButtonLink>}>A version gets here when its release becomes stable, or when a lead records on its model what runs today. From then on it is watched: latency, errors, drift, resources.</EmptyState>
        ) : (
          <ul role="list" className="divide-y divide-line">{data.rows.map((row) => <Line key={row.id} row={row} />)}</ul>
        )}
      </Surface>
    </>
  )
}

function Line({ row }: { row: LiveRow }) {
  return (
    <li className="grid grid-cols-1 items-center gap-x-6 gap-y-2 px-4 py-3 xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_150px_minmax(180px,1fr)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <AppLink href={row.href} className="title-link break-words">{row.modelName}</AppLink>
          {row.label !== null && <span className="mono">{row.label}</span>}
          <span className="font-normal text-ink-2">in {row.environmentName}</span>
        </p>
        <p className="text-12 text-ink-2">
          {row.how !== null && <>{HOW[row.how]}{row.release && row.how !== 'adopted' && <> <AppLink href={`/releases/${row.release.code}`} className="text-link">{row.release.code}</AppLink></>}{row.since !== null && <>, live since <Time at={row.since} as="day" /></>}</>}
          {row.how === null && 'no stable version yet'}
          {row.rollingOut && <>; <AppLink href={`/releases/${row.rollingOut.code}`} className="text-link">{row.rollingOut.code}</AppLink> is rolling out</>}
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <StandingPill standing={row.standing} />
        {row.proposals > 0 && <Pill state="failed" hasMark>roll-back proposed</Pill>}
        <ItemMarks items={row.items} />
        {row.why !== '' && <p className="basis-full text-12 break-words text-ink-2">{row.why}</p>}
      </div>
      <div className="text-12 text-ink-2">
        {row.reviewAt === null ? row.standing === 'unwatched' ? <AppLink href={row.href} className="text-link">Choose what is watched</AppLink> : 'no review date'
          : row.isReviewOverdue ? <span className="font-medium text-failed">review overdue since <Time at={row.reviewAt} as="day" /></span> : <>review on <Time at={row.reviewAt} as="day" /></>}
        {row.lastTurn && <p>last turn <Time at={row.lastTurn.at} /></p>}
      </div>
      <RecordStrip record={row.record} />
    </li>
  )
}

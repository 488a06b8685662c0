'use client'
/** Where time goes over many releases: each number with its distribution, how many it counts, and a way to the releases behind it. */
import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { BehindList } from '@/components/flow/behind-list'
import { DotChart } from '@/components/flow/dot-chart'
import { ForecastRecordCard } from '@/components/flow/forecast-record'
import { ReworkCard, WaitingCard } from '@/components/flow/insights-tables'
import { NumberLink, type LinkTo } from '@/components/flow/number-link'
import { isRoute } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { EmptyState, FilterChip } from '@/components/ui/small'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { insightsQuery } from '@/lib/client/flow'
import { formatDuration, formatPercent, formatPlural } from '@/lib/domain/format'
import type { Measured } from '@/lib/domain/flow/insights'
import { filterOf, PERIODS, PERIOD_WORDS, searchOf, type InsightsView } from '@/lib/domain/flow/view'
import { valueWords } from '@/lib/domain/flow/words'

function Filters({ view }: { view: InsightsView }) {
  const router = useRouter()
  const { filter } = view
  const choose = (name: 'model' | 'environment' | 'risk', value: string) => {
    const href = `/insights${searchOf({ ...filter, [name]: value })}`
    if (isRoute(href)) router.replace(href, { scroll: false })
  }
  const select = (name: 'model' | 'environment' | 'risk', all: string, values: readonly string[]) => (
    <Select aria-label={name} value={filter[name]} onChange={(event) => choose(name, event.target.value)} className="h-7! w-auto! py-0! text-12">
      <option value="">{all}</option>
      {values.map((value) => <option key={value} value={value}>{value}</option>)}
    </Select>
  )
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2 print:hidden">
      {PERIODS.map((period) => <FilterChip key={period} href={`/insights${searchOf({ ...filter, period })}`} isOn={filter.period === period}>{PERIOD_WORDS[period]}</FilterChip>)}
      <span className="mx-1 hidden h-4 w-px bg-line sm:block" aria-hidden="true" />
      {select('model', 'All models', view.models)}
      {select('environment', 'All environments', view.environments)}
      {select('risk', 'Every risk', ['low', 'medium', 'high'])}
    </div>
  )
}

/** What may be said of a distribution: quarters and median, the median alone, or that there are too few. */
function Said({ measured, to }: { measured: Measured; to: LinkTo }) {
  const { distribution: d, unit, key } = measured
  if (d.n === 0) return <p className="text-ink-3">None in this period.</p>
  const words = (value: number | null) => (value === null ? '' : valueWords(value, unit))
  return (
    <p className="text-ink-2">
      {d.median === null ? <>Too few for a median: {words(d.least)}{d.n > 1 && <> to {words(d.most)}</>}</> : <><b className="text-20 font-medium text-ink">{words(d.median)}</b> median{d.quarter !== null && <>, half between {words(d.quarter)} and {words(d.threeQuarters)}</>}</>}
      {' · '}<NumberLink measure={key} to={to}>n = {d.n}</NumberLink>
    </p>
  )
}

function MeasureCard({ title, note, measured, view, to, children }: { title: string; note: string; measured: Measured; view: InsightsView; to: LinkTo; children?: ReactNode }) {
  return (
    <Surface aria-label={title} className="break-inside-avoid">
      <SurfaceHead title={title} note={<span className="text-12">{note}</span>} />
      <div className="flex flex-col gap-2 px-4 py-3">
        <Said measured={measured} to={to} />
        {measured.distribution.n > 0 && <DotChart measured={measured} title={title} from={view.from ?? view.to} to={view.to} />}
        {measured.distribution.median !== null && <p className="text-12 text-ink-3">Each ring is a release, at the day it finished. Dashed: the median; {measured.distribution.quarter !== null && 'the band: the half in the middle; '}heavy: the median of a month with five or more.</p>}
        {children}
      </div>
    </Surface>
  )
}

function ChangeFailure({ view, to }: { view: InsightsView; to: LinkTo }) {
  const { changeFailure: { failures, changes, interval }, restore } = view.report
  return (
    <Surface aria-label="Change failures" className="break-inside-avoid">
      <SurfaceHead title="Change failures" note={<span className="text-12">rolled back of those that went live</span>} />
      <div className="flex flex-col gap-2 px-4 py-3 text-ink-2">
        {changes === 0 ? <p className="text-ink-3">Nothing went live in this period.</p> : (
          <p>
            <b className="text-20 font-medium text-ink">{formatPercent(Math.round((failures / changes) * 1000) / 1000)}</b>: <NumberLink measure="rolled-back" to={to}>{failures}</NumberLink> of <NumberLink measure="changes" to={to}>{changes}</NumberLink>
            {interval && <>; with so many the true rate lies between {formatPercent(Math.round(interval[0] * 100) / 100)} and {formatPercent(Math.round(interval[1] * 100) / 100)} (90 %)</>}
          </p>
        )}
        <p>Time to restore: {restore.distribution.n === 0 ? 'nothing was rolled back.' : <>{restore.distribution.median === null ? restore.dots.map((dot) => formatDuration(dot.value)).join(', ') : `${formatDuration(restore.distribution.median)} median`} · <NumberLink measure="restore" to={to}>n = {restore.distribution.n}</NumberLink></>}</p>
        <p>Waived or not applicable: {view.report.waivers.total === 0 ? 'no line.' : <>{formatPlural(view.report.waivers.total, 'line')} in <NumberLink measure="waivers" to={to}>{formatPlural(view.report.waivers.distribution.n, 'release')}</NumberLink></>}</p>
      </div>
    </Surface>
  )
}

function Lead({ view, to }: { view: InsightsView; to: LinkTo }) {
  const { finished, outcomes } = view.report
  const kinds = [['stable', outcomes.stable, 'became stable'], ['rolled-back', outcomes.rolledBack, 'rolled back'], ['cancelled', outcomes.cancelled, 'cancelled'], ['superseded', outcomes.superseded, 'superseded']] as const
  if (finished === 0) return <>How long releases take, and whom they wait for.</>
  return <><NumberLink measure="finished" to={to}><b>{formatPlural(finished, 'release')}</b></NumberLink> finished{view.filter.period === 'all' ? '' : ` in ${PERIOD_WORDS[view.filter.period]}`}: {kinds.filter(([, count]) => count > 0).map(([key, count, words], i) => <span key={key}>{i > 0 && ', '}<NumberLink measure={key} to={to}>{count} {words}</NumberLink></span>)}.</>
}

export function InsightsScreen() {
  const search = useSearchParams()
  const asked = filterOf(new URLSearchParams(search.toString()))
  const { data: view } = useQuery(insightsQuery(searchOf(asked, asked.behind)))
  if (!view) return <PageHead title="Where time goes" lead="Reading…" />
  const { report } = view
  const to: LinkTo = (measure) => `/insights${searchOf(view.filter, measure)}#behind`
  return (
    <>
      <PageHead title="Where time goes" lead={<Lead view={view} to={to} />}>
        <span className="flex gap-2 print:hidden"><ButtonLink href={`/api/v1/insights.csv${searchOf(view.filter)}`} size="s" download prefetch={false}>CSV</ButtonLink></span>
      </PageHead>
      <Filters view={view} />
      {report.finished === 0 ? (
        <Surface><EmptyState title="Nothing has finished here yet" action={<ButtonLink href="/">Open the board</ButtonLink>}>A release counts from the moment it becomes stable, is rolled back, cancelled or superseded. Look at a longer period, or at all models; while a release moves, its own timeline shows whom it waits for.</EmptyState></Surface>
      ) : (
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          <MeasureCard title="Lead time" note="opened to stable; stable releases only" measured={report.leadTime} view={view} to={to} />
          <MeasureCard title="Time to go" note="opened to the go" measured={report.timeToGo} view={view} to={to} />
          <WaitingCard waiting={report.waiting} to={to} />
          <ReworkCard rework={report.rework} to={to} />
          <ChangeFailure view={view} to={to} />
          <ForecastRecordCard record={view.forecast} />
        </div>
      )}
      {report.finished === 0 && <div className="mt-4"><ForecastRecordCard record={view.forecast} /></div>}
      {view.behind && <BehindList behind={view.behind} close={`/insights${searchOf(view.filter)}`} />}
    </>
  )
}

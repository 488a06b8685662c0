'use client'
/** Where the time of one release went: the sentence, the lanes, the forecast of its go, the same as a table, and as files. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LanePicture } from '@/components/flow/lane-picture'
import { TimelineTabs } from '@/components/flow/timeline-tabs'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { useZone } from '@/components/ui/clock'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { showToast } from '@/components/shell/toasts'
import { lanesQuery, savePng, svgHref } from '@/lib/client/flow'
import { formatDuration, formatHours, formatPercent, formatPlural } from '@/lib/domain/format'
import { laneEntries, lanesSentence } from '@/lib/domain/flow/lane-words'
import type { LanesView } from '@/lib/domain/flow/view'

/** The theme that the page shows now. */
function themeNow(): 'light' | 'dark' {
  return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light'
}

function Exports({ code }: { code: string }) {
  const zone = useZone()
  const [isBusy, setBusy] = useState(false)
  const name = `${code.toLowerCase()}-where-time-went`
  const png = async () => {
    setBusy(true)
    await savePng(svgHref(code, themeNow(), zone), `${name}.png`).catch(() => showToast({ message: 'The picture could not be made.', isFailure: true }))
    setBusy(false)
  }
  return (
    <>
      <Button size="s" onClick={() => { Object.assign(document.createElement('a'), { href: svgHref(code, themeNow(), zone), download: `${name}.svg` }).click() }}>Save SVG</Button>
      <Button size="s" isBusy={isBusy} busyLabel="Drawing…" onClick={() => void png()}>Save PNG</Button>
    </>
  )
}

function ForecastCard({ view }: { view: LanesView }) {
  const { forecast, noForecast } = view
  if (!forecast && noForecast === null) return null
  return (
    <Surface aria-label="Forecast" className="mt-4">
      <SurfaceHead title="When the go may come" note={forecast ? `from ${formatPlural(forecast.n, 'finished release')}` : undefined} />
      <div className="px-4 py-3">
        {forecast ? (
          <>
            <p className="text-14">
              {forecast.intervals.map((one, i) => (
                <span key={one.coverage}>{i > 0 && '; '}<b className="font-medium">{formatPercent(one.coverage)}</b> {i === 0 ? 'of releases at this point had their go' : 'had it'} between <Time at={new Date(one.from).toISOString()} as="day" /> and <Time at={new Date(one.to).toISOString()} as="day" /></span>
              ))}. The middle is <Time at={new Date(forecast.median).toISOString()} as="moment" />.
            </p>
            <p className="mt-1 text-12 text-ink-2">
              {forecast.basis === 'same-point' ? 'They had passed the same share of their gates and stood there at least as long.' : 'They had passed the same share of their gates; too few stood there as long as this one.'}
              {forecast.isSameTemplate ? ' All by the same checklist.' : ' Of all checklists, because too few finished by this one.'} A forecast promises nothing and decides nothing. <AppLink href="/insights#forecast" className="text-link">How past forecasts did</AppLink>
            </p>
          </>
        ) : <p className="text-ink-2">{noForecast}</p>}
      </div>
    </Surface>
  )
}

export function LanesScreen({ code }: { code: string }) {
  const { data: view } = useSuspenseQuery(lanesQuery(code))
  const { lanes } = view
  const entries = laneEntries(lanes)
  return (
    <>
      <nav aria-label="Where you are" className="mb-3 flex gap-2 text-12 text-ink-2">
        <AppLink href="/" className="hover:text-ink">Board</AppLink><span aria-hidden="true">/</span><AppLink href={`/releases/${lanes.code}`} className="mono hover:text-ink">{lanes.code}</AppLink><span aria-hidden="true">/</span><span>Where time went</span>
      </nav>
      <PageHead title={`Where the time of ${lanes.code} went`} lead={<>{lanes.model} {lanes.version} to {lanes.environment}. {lanesSentence(lanes)}</>}><Exports code={lanes.code} /></PageHead>
      <TimelineTabs code={lanes.code} at="lanes" />
      <Surface aria-label="Lanes" className="mt-4 p-4"><LanePicture view={view} /></Surface>
      <ForecastCard view={view} />
      <details className="mt-4 rounded-surface border border-line bg-surface">
        <summary className="cursor-pointer px-4 py-3 text-14 font-medium">As a table <span className="font-normal text-ink-3">{formatPlural(entries.length, 'row')}</span></summary>
        <Table
          caption="What waited for whom, and what happened" rows={entries.map((entry, i) => ({ ...entry, key: String(i) }))} rowKey={(row) => row.key}
          columns={[
            { key: 'from', head: 'From', cell: (row) => <Time at={new Date(row.from).toISOString()} as="moment" className="whitespace-nowrap" /> },
            { key: 'what', head: 'What', cell: (row) => row.words },
            { key: 'team', head: 'Team', cell: (row) => row.team },
            { key: 'gate', head: 'Gate', cell: (row) => row.gate },
            { key: 'lasted', head: 'Elapsed', isNumber: true, cell: (row) => (row.to === null ? '' : formatDuration(row.to - row.from)) },
            { key: 'working', head: 'Working time', isNumber: true, cell: (row) => (row.workingMs === null ? '' : formatHours(row.workingMs)) },
          ]}
        />
      </details>
      <p className="mt-3 max-w-prose text-12 text-ink-3">A bar is the time in which the gate waited for that team. Working time is counted in the team’s own hours. What the follow-up takes after stable is not drawn.</p>
    </>
  )
}

'use client'
/** The timeline of a release: each entry with who, when and the hash under which it stands in the log. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PackButton } from '@/components/evidence-pack/pack-button'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { TimelineTabs } from '@/components/flow/timeline-tabs'
import { FilterToggle } from '@/components/board/filter-link'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { read } from '@/lib/client/api'
import { releaseQuery, timelineQuery } from '@/lib/client/queries'
import type { TimelineEntry } from '@/lib/domain/release/view'
import { useSearchParams } from 'next/navigation'

const PAGE = 100

export function Timeline({ code }: { code: string }) {
  const { data: view } = useSuspenseQuery(releaseQuery(code))
  const { data: first } = useSuspenseQuery(timelineQuery(code))
  const [older, setOlder] = useState<readonly TimelineEntry[]>([])
  const [isDone, setDone] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const asked = useSearchParams().get('gate')
  const all = [...first, ...older.filter((entry) => entry.seq < (first.at(-1)?.seq ?? 0))]
  const shown = asked === null ? all : all.filter((entry) => entry.gateId === asked)
  const more = async () => {
    setBusy(true)
    const last = all.at(-1)?.seq ?? 0
    const page = await read<readonly TimelineEntry[]>(`/releases/${encodeURIComponent(code)}/timeline?before=${last}`).catch(() => null)
    setBusy(false)
    if (!page) return
    setOlder((before) => [...before, ...page])
    setDone(page.length < PAGE)
  }
  return (
    <>
      <nav aria-label="Where you are" className="mb-3 flex gap-2 text-12 text-ink-2">
        <AppLink href="/" className="hover:text-ink">Board</AppLink><span aria-hidden="true">/</span><AppLink href={`/releases/${view.code}`} className="mono hover:text-ink">{view.code}</AppLink><span aria-hidden="true">/</span><span>Timeline</span>
      </nav>
      <PageHead title={`Timeline of ${view.code}`} lead={<>{view.model.name} {view.candidate.label} to {view.environment.name}. Nothing here is ever changed; each entry carries its hash in the chain.</>}><PackButton view={view} /></PageHead>
      <TimelineTabs code={view.code} at="entries" />
      <div className="my-3 flex flex-wrap gap-2">
        <FilterToggle href={`/releases/${view.code}/timeline`} isOn={asked === null}>Everything</FilterToggle>
        {view.gates.filter((gate) => all.some((entry) => entry.gateId === gate.id)).map((gate) => <FilterToggle key={gate.id} href={`/releases/${view.code}/timeline?gate=${encodeURIComponent(gate.id)}`} isOn={asked === gate.id} count={all.filter((entry) => entry.gateId === gate.id).length}>{gate.number} {gate.shortName}</FilterToggle>)}
      </div>
      <Surface>
        {shown.length === 0 ? <EmptyState title="Nothing here yet">What happens at this gate will stand here.</EmptyState> : (
          <Rows>
            {shown.map((entry) => {
              const gate = view.gates.find((one) => one.id === entry.gateId)
              return (
                <Row
                  key={entry.seq} title={entry.type === 'verdict-turned' ? <span className="font-normal">{entry.words.charAt(0).toUpperCase()}{entry.words.slice(1)}</span> : <>{entry.by} <span className="font-normal">{entry.words}</span></>}
                  detail={<><Time at={entry.at} as="moment" />{gate && <> · <AppLink className="text-link" href={`/releases/${view.code}?gate=${encodeURIComponent(gate.id)}`}>gate {gate.number}</AppLink></>}</>}
                  aside={<span className="mono text-ink-3" title={entry.hash}>#{entry.seq} {entry.hash.slice(0, 8)}</span>}
                />
              )
            })}
          </Rows>
        )}
      </Surface>
      {!isDone && first.length >= PAGE && <div className="mt-3"><Button isBusy={isBusy} busyLabel="Reading…" onClick={() => void more()}>Older entries</Button></div>}
    </>
  )
}

'use client'
/** All decisions with search and filter; the address holds both, so that a list can be shared. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useDeferredValue, useState } from 'react'
import { goToFilters } from '@/components/board/filter-link'
import { decisionKindName } from '@/components/decision/kind'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { read } from '@/lib/client/api'
import { decisionsQuery, type DecisionFilters } from '@/lib/client/queries'
import { modelsQuery } from '@/lib/client/scene'
import { formatPlural } from '@/lib/domain/format'
import { DECISION_KINDS } from '@/lib/domain/release/state'
import type { DecisionLine } from '@/lib/domain/release/work'

function addressOf(filters: DecisionFilters): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
  return query ? `/decisions?${query}` : '/decisions'
}

function kindWords(kind: string): string {
  const known = DECISION_KINDS.find((one) => one === kind)
  return known ? decisionKindName(known) : kind
}

export function DecisionList() {
  const params = useSearchParams()
  const filters: DecisionFilters = { q: params.get('q') ?? '', kind: params.get('kind') ?? '', model: params.get('model') ?? '' }
  const settled = useDeferredValue(addressOf(filters))
  const search = new URLSearchParams(settled.split('?')[1] ?? '')
  const { data } = useSuspenseQuery(decisionsQuery({ q: search.get('q') ?? '', kind: search.get('kind') ?? '', model: search.get('model') ?? '' }))
  const { data: models } = useSuspenseQuery(modelsQuery())
  const set = (change: Partial<DecisionFilters>) => goToFilters(addressOf({ ...filters, ...change }))
  const isFiltered = filters.q !== '' || filters.kind !== '' || filters.model !== ''
  return (
    <>
      <PageHead title="Decisions" lead="Numbered, with the gates, parts and metrics as they were when each was taken; superseded, and never edited."><ButtonLink href="/api/v1/decisions/export" download>Export as Markdown</ButtonLink></PageHead>
      <form role="search" aria-label="Decisions" className="mb-4 grid gap-3 sm:grid-cols-[minmax(0,1fr)_180px_200px]" onSubmit={(event) => event.preventDefault()}>
        <Field label="Search" isLabelHidden>{(control) => <TextInput {...control} type="search" placeholder="Words, D-number, release or person" maxLength={200} defaultValue={filters.q} onChange={(event) => set({ q: event.target.value })} />}</Field>
        <Field label="Kind" isLabelHidden>{(control) => <Select {...control} value={filters.kind} onChange={(event) => set({ kind: event.target.value })}><option value="">Every kind</option>{DECISION_KINDS.map((kind) => <option key={kind} value={kind}>{decisionKindName(kind)}</option>)}</Select>}</Field>
        <Field label="Model" isLabelHidden>{(control) => <Select {...control} value={filters.model} onChange={(event) => set({ model: event.target.value })}><option value="">Every model</option>{models.models.map((model) => <option key={model.id} value={model.id}>{model.name}</option>)}</Select>}</Field>
      </form>
      <Surface aria-busy={settled !== addressOf(filters)}>
        {data.lines.length === 0 ? (
          <EmptyState title={isFiltered ? 'No decision fits' : 'Nothing is decided yet'} action={isFiltered && <Button onClick={() => goToFilters('/decisions')}>Show all</Button>}>
            {isFiltered ? 'Try fewer words, or another kind.' : 'Choices, go and no-go, holds, roll-backs and exceptions of every release stand here once they are recorded.'}
          </EmptyState>
        ) : (
          <>
            <p className="sr-only" role="status">{formatPlural(data.lines.length, 'decision')}{data.next !== null && ' and more'}</p>
            <Lines key={settled} first={data.lines} next={data.next} query={settled.split('?')[1] ?? ''} />
          </>
        )}
      </Surface>
    </>
  )
}

function Lines({ first, next, query }: { first: readonly DecisionLine[]; next: number | null; query: string }) {
  const [older, setOlder] = useState<readonly DecisionLine[]>([])
  const [from, setFrom] = useState(next)
  const [isBusy, setBusy] = useState(false)
  const more = async () => {
    setBusy(true)
    const page = await read<{ readonly lines: readonly DecisionLine[]; readonly next: number | null }>(`/decisions?${query ? `${query}&` : ''}before=${from ?? ''}`).catch(() => null)
    setBusy(false)
    if (!page) return
    setOlder((before) => [...before, ...page.lines])
    setFrom(page.next)
  }
  return (
    <>
      <Rows>
        {[...first, ...older].map((line) => (
          <Row
            key={line.number}
            title={<AppLink href={`/releases/${line.code}/decisions/${line.number}`} className="hover:underline"><span className="mono font-normal text-ink-3">D-{line.number}</span> {line.title === kindWords(line.kind) ? line.title : `${kindWords(line.kind)}: ${line.title}`}</AppLink>}
            detail={<><span className="line-clamp-2 break-words">{line.reason}</span><span className="mono">{line.code}</span> · {line.modelName} {line.versionLabel} · {line.deciders.join(', ') || line.by}</>}
            aside={<>{line.supersededBy !== null && <Pill state="idle">now D-{line.supersededBy}</Pill>}<span className="text-12 text-ink-2"><Time at={line.at} as="day" /></span></>}
          />
        ))}
      </Rows>
      {from !== null && <div className="border-t border-line px-4 py-3"><Button isBusy={isBusy} busyLabel="Reading…" onClick={() => void more()}>Older decisions</Button></div>}
    </>
  )
}

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
import { EmptyState, FilterChip } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { read } from '@/lib/client/api'
import { peopleQuery } from '@/lib/client/people'
import { decisionsQuery, filtersOf, type DecisionFilters, type DecisionPage } from '@/lib/client/queries'
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
  const filters = filtersOf((name) => params.get(name))
  const settled = useDeferredValue(addressOf(filters))
  const search = new URLSearchParams(settled.split('?')[1] ?? '')
  const { data } = useSuspenseQuery(decisionsQuery(filtersOf((name) => search.get(name))))
  const { data: models } = useSuspenseQuery(modelsQuery())
  const { data: known } = useSuspenseQuery(peopleQuery())
  const set = (change: Partial<DecisionFilters>) => goToFilters(addressOf({ ...filters, ...change }))
  const isFiltered = Object.values(filters).some((value) => value !== '')
  return (
    <>
      <PageHead title="Decisions" lead="Numbered, with the gates, parts and metrics as they were when each was taken; superseded, and never edited."><ButtonLink href="/api/v1/decisions/export" download>Export as Markdown</ButtonLink></PageHead>
      <form role="search" aria-label="Decisions" className="mb-3 grid gap-3 sm:grid-cols-[minmax(0,1fr)_160px_180px_180px]" onSubmit={(event) => event.preventDefault()}>
        <Field label="Search" isLabelHidden>{(control) => <TextInput {...control} type="search" placeholder="Words, D-number, release or person" maxLength={200} defaultValue={filters.q} onChange={(event) => set({ q: event.target.value })} />}</Field>
        <Field label="Kind" isLabelHidden>{(control) => <Select {...control} value={filters.kind} onChange={(event) => set({ kind: event.target.value })}><option value="">Every kind</option>{DECISION_KINDS.map((kind) => <option key={kind} value={kind}>{decisionKindName(kind)}</option>)}</Select>}</Field>
        <Field label="Model" isLabelHidden>{(control) => <Select {...control} value={filters.model} onChange={(event) => set({ model: event.target.value })}><option value="">Every model</option>{models.models.map((model) => <option key={model.id} value={model.id}>{model.name}</option>)}</Select>}</Field>
        <Field label="Person" isLabelHidden>{(control) => <Select {...control} value={filters.person} onChange={(event) => set({ person: event.target.value })}><option value="">Everybody</option>{known.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
      </form>
      <nav aria-label="Which decisions" className="mb-4 flex flex-wrap gap-2">
        <FilterChip href={addressOf({ ...filters, confirmation: '', standing: '' })} isOn={filters.confirmation === '' && filters.standing === ''}>All</FilterChip>
        <FilterChip href={addressOf({ ...filters, confirmation: 'due', standing: '' })} isOn={filters.confirmation === 'due'} count={data.dueCount}>Due for confirmation</FilterChip>
        <FilterChip href={addressOf({ ...filters, confirmation: 'planned', standing: '' })} isOn={filters.confirmation === 'planned'}>Planned</FilterChip>
        <FilterChip href={addressOf({ ...filters, confirmation: '', standing: 'in-force' })} isOn={filters.standing === 'in-force'}>In force</FilterChip>
        <FilterChip href={addressOf({ ...filters, confirmation: '', standing: 'superseded' })} isOn={filters.standing === 'superseded'}>Superseded</FilterChip>
      </nav>
      <Surface aria-busy={settled !== addressOf(filters)}>
        {data.lines.length === 0 ? (
          <EmptyState title={isFiltered ? 'No decision fits' : 'Nothing is decided yet'} action={isFiltered && <Button onClick={() => goToFilters('/decisions')}>Show all</Button>}>
            {filters.confirmation === 'due' && data.dueCount === 0 ? 'Nobody has to say whether a decision held. Decisions that plan their confirmation show here on their day.' : isFiltered ? 'Try fewer words, or another kind.' : 'Choices, go and no-go, holds, roll-backs and exceptions of every release stand here once they are recorded.'}
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

function Confirmation({ line }: { line: DecisionLine }) {
  if (line.supersededBy !== null) return null
  if (line.confirmAt !== null) return <span className="inline-flex items-center gap-2 text-12 text-ink-2">{line.isDue ? <Pill state="stale">confirm</Pill> : 'to be confirmed'} <Time at={line.confirmAt} as="day" /></span>
  if (line.outcome === 'held') return <Pill state="passed">held</Pill>
  return line.outcome === 'not-held' ? <Pill state="failed">did not hold</Pill> : null
}

function Lines({ first, next, query }: { first: readonly DecisionLine[]; next: number | null; query: string }) {
  const [older, setOlder] = useState<readonly DecisionLine[]>([])
  const [from, setFrom] = useState(next)
  const [isBusy, setBusy] = useState(false)
  const more = async () => {
    setBusy(true)
    const page = await read<DecisionPage>(`/decisions?${query ? `${query}&` : ''}before=${from ?? ''}`).catch(() => null)
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
            aside={<>{line.supersededBy !== null && <Pill state="idle">now D-{line.supersededBy}</Pill>}<Confirmation line={line} /><span className="text-12 text-ink-2"><Time at={line.at} as="day" /></span></>}
          />
        ))}
      </Rows>
      {from !== null && <div className="border-t border-line px-4 py-3"><Button isBusy={isBusy} busyLabel="Reading…" onClick={() => void more()}>Older decisions</Button></div>}
    </>
  )
}
